#include "policies/schema/ToolchainFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/Base64.h"
#include "llvm/Support/ConvertUTF.h"

#include <algorithm>

namespace assay {

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

namespace {

/// A header as the file has it: as text where TOML can hold it, else in Base64.
struct HeaderRow {
  Located<std::string> Path;
  std::optional<std::string> Text, Base64;
};

} // namespace

static Error oneText(const TomlValue &Row, HeaderRow &R) {
  if (R.Text.has_value() == R.Base64.has_value())
    return errorAt(Row.At, "{0} has {1}; expected one of them", Row.Name,
                   R.Text ? "both 'text' and 'base64'" : "neither 'text' nor 'base64'");
  if (!R.Base64)
    return Error::success();
  std::vector<char> Bytes;
  if (Error E = llvm::decodeBase64(*R.Base64, Bytes)) {
    llvm::consumeError(std::move(E));
    return errorAt(Row.At, "the 'base64' of {0} is malformed", *R.Path);
  }
  R.Text = std::string(Bytes.begin(), Bytes.end());
  return Error::success();
}

static Record<HeaderRow> headerRecord() {
  return Record<HeaderRow>("A header of the compiler's library")
      .key("path", Presence::Required, "where it lay", &HeaderRow::Path,
           located(textLike("^/", "an absolute path")))
      .key("text", Presence::Optional, "what stands in it", &HeaderRow::Text, maybe(anyText()))
      .key("base64", Presence::Optional, "the same, where TOML cannot hold it", &HeaderRow::Base64,
           maybe(anyText()))
      .check(oneText);
}

static Reader<std::vector<std::pair<std::string, std::string>>> macros() {
  Reader<std::map<std::string, std::string>> R =
      mapOf(anyText(), "^[A-Za-z_][A-Za-z0-9_]*([(][^)]*[)])?$", "a macro with its parameters");
  return {R.Schema, [Read = R.Read](const TomlValue &V, auto &Out) -> Error {
            std::map<std::string, std::string> ByName;
            if (Error E = Read(V, ByName))
              return E;
            Out.assign(ByName.begin(), ByName.end());
            return Error::success();
          }};
}

static Record<CompilerAnswer> answerRecord() {
  return Record<CompilerAnswer>("What one compiler says of itself, for one set of options")
      .key("driver", Presence::Required, "its file name", &CompilerAnswer::Driver, text())
      .key("path", Presence::Optional, "where it was asked", &CompilerAnswer::Path, text())
      .key("version", Presence::Optional, "as it calls itself", &CompilerAnswer::Version, text())
      .key("target", Presence::Optional, "its target", &CompilerAnswer::Target, text())
      .key("language", Presence::Required, "c or c++", &CompilerAnswer::Language,
           word(Words<std::string>{{"c", "c"}, {"c++", "c++"}}))
      .key("options", Presence::Optional, "with which it was asked", &CompilerAnswer::Options,
           listOf(text()))
      .key("includes", Presence::Optional,
           "its include folders in order; <builtin> where its own headers stand",
           &CompilerAnswer::Includes, listOf(text()))
      .key("macros", Presence::Optional, "its predefined macros", &CompilerAnswer::Macros,
           macros());
}

Record<ToolchainProfile> toolchainProfileRecord() {
  return Record<ToolchainProfile>("A toolchain profile")
      .key("compiler", Presence::Required, "what one compiler says", &ToolchainProfile::Answers,
           listOf(answerRecord().reader()))
      .key("header", Presence::Optional, "headers, for machines without the compiler",
           &ToolchainProfile::Headers,
           Reader<std::vector<VirtualHeader>>{
               listSchema(headerRecord().schema()),
               [Read = listOf(headerRecord().reader()).Read](const TomlValue &V, auto &Out) {
                 std::vector<HeaderRow> Rows;
                 Error E = Read(V, Rows);
                 for (HeaderRow &R : Rows)
                   Out.push_back({*R.Path, R.Text.value_or("")});
                 return E;
               }});
}

static std::string digestOf(const ToolchainProfile &Profile) {
  llvm::BLAKE3 Hash;
  for (const VirtualHeader &Header : Profile.Headers) {
    Hash.update(StringRef(Header.Name.c_str(), Header.Name.size() + 1));
    Hash.update(StringRef(Header.Text.c_str(), Header.Text.size() + 1));
  }
  return llvm::toHex(Hash.final<16>(), /*LowerCase=*/true);
}

Expected<ToolchainProfile> loadToolchainProfile(PolicyTexts &Texts, const std::string &Path,
                                                const SourcePosition &NamedAt) {
  Expected<TomlValue> File = parseTomlFile(Texts, Path, NamedAt);
  if (!File)
    return File.takeError();
  ToolchainProfile Profile;
  if (Error E = toolchainProfileRecord().read(*File, Profile))
    return std::move(E);
  Profile.File = Path;
  Profile.Digest = digestOf(Profile);
  return Profile;
}

static std::string quoted(StringRef Text) {
  std::string Out = "\"";
  for (const char C : Text) {
    if (C == '"' || C == '\\')
      Out += '\\';
    if (static_cast<unsigned char>(C) < 0x20 || C == 0x7f)
      Out += llvm::formatv("\\u{0:X-4}", static_cast<unsigned>(C)).str();
    else
      Out += C;
  }
  return Out + "\"";
}

static std::string list(llvm::ArrayRef<std::string> Texts, StringRef Between) {
  std::string Out = "[";
  for (const std::string &Text : Texts)
    Out += (Out.size() == 1 ? "" : Between.str()) + quoted(Text);
  return Out + "]";
}

/// Whether the text may stand between ''' and '''.
static bool isPlain(StringRef Text) {
  const auto *Begin = reinterpret_cast<const llvm::UTF8 *>(Text.bytes_begin());
  return !Text.contains("'''") && !Text.ends_with("'") && llvm::none_of(Text, [](unsigned char C) {
    return (C < 0x20 && C != '\n' && C != '\t') || C == 0x7f;
  }) && llvm::isLegalUTF8String(&Begin, Begin + Text.size());
}

static std::string textOf(const CompilerAnswer &A) {
  std::string Out = "\n[[compiler]]\ndriver   = " + quoted(A.Driver) + "\n";
  for (const auto &[Key, Value] :
       {std::pair("path    ", &A.Path), {"version ", &A.Version}, {"target  ", &A.Target}})
    if (!Value->empty())
      Out += Key + std::string(" = ") + quoted(*Value) + "\n";
  Out += "language = " + quoted(A.Language) + "\n";
  Out += "options  = " + list(A.Options, ", ") + "\n";
  Out += "includes = " + list(A.Includes, ",\n            ") + "\n";
  Out += "[compiler.macros]\n";
  for (const auto &[Name, Text] : A.Macros)
    Out += quoted(Name) + " = " + quoted(Text) + "\n";
  return Out;
}

std::string toolchainProfileText(const ToolchainProfile &Profile) {
  std::string Out = "# A toolchain profile of Assay: what these compilers say of themselves, and "
                    "the headers that the project\n# includes from them. Written by `assay "
                    "toolchain save`; docs/cross-compilers.md says how it is used.\n";
  for (const CompilerAnswer &A : Profile.Answers)
    Out += textOf(A);
  for (const VirtualHeader &H : Profile.Headers) {
    Out += "\n[[header]]\npath = " + quoted(H.Name) + "\n";
    Out += isPlain(H.Text) ? "text = '''\n" + H.Text + "'''\n"
                           : "base64 = \"" + llvm::encodeBase64(H.Text) + "\"\n";
  }
  return Out;
}

} // namespace assay
