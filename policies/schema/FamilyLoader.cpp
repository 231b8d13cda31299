#include "policies/schema/FamilyLoader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/Path.h"

namespace assay {

using llvm::Error;
using llvm::Expected;
namespace path = llvm::sys::path;

static Reader<std::string> starText() {
  Reader<std::string> R = text();
  return {R.Schema, [Read = R.Read](const TomlValue &V, std::string &Out) -> Error {
            if (Error E = Read(V, Out))
              return E;
            if (llvm::StringRef(Out).count('*') > 1)
              return errorAt(V.At, "{0} has more than one star: '{1}'", V.Name, Out);
            return Error::success();
          }};
}

static Reader<std::vector<std::string>> stars() {
  return listOf(starText());
}

/// Exactly one key says what becomes of the word.
static Error oneAction(const TomlValue &Row, FlagRule &R) {
  const bool To = Row.find("to"), Report = Row.find("report"), Do = Row.find("do");
  if (To + Report + Do != 1)
    return errorAt(Row.At, "{0} has {1} of 'do', 'to' and 'report'; expected one", Row.Name,
                   To + Report + Do);
  if (!Do)
    R.Do = To ? FlagRule::Action::To : FlagRule::Action::Report;
  return Error::success();
}

static Record<FlagRule> flagRecord() {
  Words<FlagRule::Action> Actions = {{"pass", FlagRule::Action::Pass},
                                     {"drop", FlagRule::Action::Drop},
                                     {"file", FlagRule::Action::File}};
  return Record<FlagRule>("What becomes of a word of the command")
      .key("match", Presence::Required, "the word, or several; one star stands for any text",
           &FlagRule::Match, oneOrMore(starText()))
      .key("next", Presence::Optional, "the word behind belongs to it", &FlagRule::TakesNext,
           boolean())
      .key(
          "do", Presence::Optional,
          "pass: to the allowlist as it is; drop: it cannot change what the source means; file: it "
          "names a file with more words",
          &FlagRule::Do, word(Actions))
      .key(
          "to", Presence::Optional,
          "words instead; {}: what the star matched, {lower}: in lower case, {next}: the next word",
          &FlagRule::To, listOf(text()))
      .key("report", Presence::Optional, "left out, and why that may change the meaning",
           &FlagRule::Why, text())
      .check(oneAction);
}

static Record<MachineLayout> layoutRecord() {
  const auto Bits = as<unsigned>(integer(8, 128));
  return Record<MachineLayout>("Sizes of a target that Clang lacks, in bits")
      .key("pointer", Presence::Optional, "of a pointer", &MachineLayout::Pointer, Bits)
      .key("int", Presence::Optional, "of int", &MachineLayout::Int, Bits)
      .key("long", Presence::Optional, "of long", &MachineLayout::Long, Bits)
      .key("double", Presence::Optional, "of double", &MachineLayout::Double, Bits)
      .key("long-double", Presence::Optional, "of long double", &MachineLayout::LongDouble, Bits)
      .key("max-align", Presence::Optional, "no type is aligned to more", &MachineLayout::MaxAlign,
           Bits)
      .key("wchar", Presence::Optional, "of wchar_t", &MachineLayout::WChar, Bits)
      .key("big-endian", Presence::Optional, "byte order", &MachineLayout::BigEndian, boolean())
      .key("char-signed", Presence::Optional, "of a plain char", &MachineLayout::CharSigned,
           boolean())
      .key("size-is-long", Presence::Optional, "size_t is unsigned long, not unsigned int",
           &MachineLayout::SizeIsLong, boolean())
      .key("int32-is-long", Presence::Optional, "int32_t is long, not int",
           &MachineLayout::Int32IsLong, boolean());
}

static Record<TargetRule> targetRecord() {
  return Record<TargetRule>("How a driver's name says the target")
      .key("drivers", Presence::Required, "globs over its name", &TargetRule::Drivers, stars())
      .key("triple", Presence::Required, "the target as Clang calls it", &TargetRule::Triple,
           text())
      .key("arguments", Presence::Optional, "given before the command's own",
           &TargetRule::Arguments, listOf(text()))
      .key("layout", Presence::Optional, "Clang lacks this target: parse with these sizes",
           &TargetRule::Layout, maybe(layoutRecord().reader()))
      .key("report", Presence::Optional, "what differs from the real target", &TargetRule::Why,
           text());
}

static Record<ImpliedArgument> impliedRecord() {
  return Record<ImpliedArgument>("Arguments that follow from a predefined macro")
      .key("macro", Presence::Required, "its name", &ImpliedArgument::Macro, text())
      .key("value", Presence::Optional, "only if it has this value", &ImpliedArgument::Value,
           text())
      .key("then", Presence::Optional, "arguments if so", &ImpliedArgument::Then, listOf(text()))
      .key("else", Presence::Optional, "arguments if not", &ImpliedArgument::Else, listOf(text()));
}

static Record<VirtualHeader> headerRecord() {
  return Record<VirtualHeader>("A header that only the vendor has")
      .key("name", Presence::Required, "as it is included", &VirtualHeader::Name,
           textLike("^[A-Za-z0-9_][A-Za-z0-9_/-]*(\\.[A-Za-z]+)?$", "a relative file name"))
      .key("text", Presence::Required, "what stands in it", &VirtualHeader::Text, anyText());
}

Record<CompilerFamily> familyRecord() {
  Words<bool> Syntax = {{"gnu", true}, {"own", false}};
  Record<CompilerFamily> R("A family of compilers: policies/toolchains/<name>.toml");
  R.key("name", Presence::Required, "the name of this file without .toml", &CompilerFamily::Name,
        text())
      .key("title", Presence::Required, "what it is, in one line", &CompilerFamily::Title, text())
      .key("drivers", Presence::Required, "globs over its programs' names",
           &CompilerFamily::Drivers, stars())
      .key("cxx-drivers", Presence::Optional, "those that compile C++ whatever the extension",
           &CompilerFamily::CxxDrivers, stars())
      .key("words", Presence::Required, "gnu: words that no rule names mean what GCC means; own",
           &CompilerFamily::GnuWords, word(Syntax))
      .key("arguments", Presence::Optional, "given before the command's own",
           &CompilerFamily::Arguments, listOf(text()))
      .key("target", Presence::Optional, "targets by driver", &CompilerFamily::Targets,
           listOf(targetRecord().reader()))
      .key("flag", Presence::Optional, "what becomes of words; the first match decides",
           &CompilerFamily::Flags, listOf(flagRecord().reader()))
      .key("quiet", Presence::Optional,
           "globs: words that Clang does not know and that cannot change what the source means",
           &CompilerFamily::Quiet, stars())
      .key("own-macros", Presence::Optional, "globs: macros that a profile never replaces",
           &CompilerFamily::OwnMacros, stars())
      .key("implied", Presence::Optional, "arguments that follow from a profile's macros",
           &CompilerFamily::Implied, listOf(impliedRecord().reader()))
      .key("prelude", Presence::Optional, "text in front of each unit", &CompilerFamily::Prelude,
           anyText())
      .key("header", Presence::Optional, "headers that only the vendor has",
           &CompilerFamily::Headers, listOf(headerRecord().reader()))
      .key("placement", Presence::Optional, "objects are placed by '@'", &CompilerFamily::Placement,
           boolean())
      .key("queryable", Presence::Optional, "it understands -E -v -dM", &CompilerFamily::Queryable,
           boolean());
  return R;
}

Record<ToolNames> toolNamesRecord() {
  return Record<ToolNames>("Programs of a compile command that are no compilers")
      .key("launchers", Presence::Required, "they start the compiler", &ToolNames::Launchers,
           stars())
      .key("shells", Presence::Required, "they run the text behind -c", &ToolNames::Shells, stars())
      .key("linkers", Presence::Required, "they make no unit, but a program", &ToolNames::Linkers,
           stars())
      .key("assemblers", Presence::Required, "they read no C", &ToolNames::Assemblers, stars())
      .key("others", Presence::Required, "they read neither C nor C++", &ToolNames::Others,
           stars());
}

static Error readFamily(PolicyTexts &Texts, const std::string &File, CompilerTable &Table) {
  Expected<std::string> Text = Texts.read(File, {});
  if (!Text)
    return Text.takeError();
  Expected<TomlValue> Value = parseToml(*Text, File);
  if (!Value)
    return Value.takeError();
  const std::string Digest =
      llvm::toHex(llvm::BLAKE3::hash<16>(llvm::arrayRefFromStringRef(*Text)), /*LowerCase=*/true);
  if (path::filename(File) == "tools.toml") {
    Table.Tools.Digest = Digest;
    return toolNamesRecord().read(*Value, Table.Tools);
  }
  CompilerFamily F;
  F.Digest = Digest;
  if (Error E = familyRecord().read(*Value, F))
    return E;
  if (F.Name != path::stem(File))
    return errorAt(Value->At, "this family's file is '{0}', so its name is not '{1}'",
                   path::filename(File), F.Name);
  Table.Families.push_back(std::move(F));
  return Error::success();
}

Expected<CompilerTable> loadFamilies(PolicyTexts &Texts, const std::string &Folder) {
  CompilerTable Table;
  std::error_code Missing; // a folder that is not there has no families
  Error All = Error::success();
  Texts.addFolder(Folder);
  for (const std::string &File : tomlFilesIn(Folder, Missing))
    All = joinErrors(std::move(All), readFamily(Texts, File, Table));
  if (All)
    return std::move(All);
  return Table;
}

} // namespace assay
