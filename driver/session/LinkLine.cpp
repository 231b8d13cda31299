#include "driver/session/LinkLine.h"

#include "driver/session/LinkerScript.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"

using namespace assay;
using llvm::StringRef;
namespace path = llvm::sys::path;

namespace {

/// What one of the linker's words with a value means.
enum class Meaning : uint8_t {
  Output,
  Script,
  Kept,
  Symbol,
  Wrap,
  VersionScript,
  ExportOnly,
  ExportList,
  Folder,
  Library,
  Other
};

struct ValuedWord {
  StringRef Name;
  Meaning Means;
  bool Glued; ///< -lname, -Lfolder
};

constexpr ValuedWord Valued[] = {
    {"-o", Meaning::Output, false},
    {"--output", Meaning::Output, false},
    {"-T", Meaning::Script, true},
    {"--script", Meaning::Script, false},
    {"-dT", Meaning::Script, false},
    {"-e", Meaning::Kept, false},
    {"--entry", Meaning::Kept, false},
    {"-entry", Meaning::Kept, false},
    {"-u", Meaning::Kept, true},
    {"--undefined", Meaning::Kept, false},
    {"--require-defined", Meaning::Kept, false},
    {"-init", Meaning::Kept, false},
    {"-fini", Meaning::Kept, false},
    {"--keep", Meaning::Kept, false},
    {"--defsym", Meaning::Symbol, false},
    {"-defsym", Meaning::Symbol, false},
    {"--wrap", Meaning::Wrap, false},
    {"-wrap", Meaning::Wrap, false},
    {"--version-script", Meaning::VersionScript, false},
    {"-version-script", Meaning::VersionScript, false},
    {"--dynamic-list", Meaning::ExportList, false},
    {"--export-dynamic-symbol", Meaning::ExportOnly, false},
    {"-L", Meaning::Folder, true},
    {"--library-path", Meaning::Folder, false},
    {"-l", Meaning::Library, true},
    {"--library", Meaning::Library, false},
    {"-Map", Meaning::Other, false},
    {"-soname", Meaning::Other, false},
    {"-h", Meaning::Other, false},
    {"-z", Meaning::Other, false},
    {"-m", Meaning::Other, false},
    {"-rpath", Meaning::Other, false},
};

class LinkReader {
public:
  explicit LinkReader(const ShellCommand &Command) : Folder(Command.Folder) {}
  std::optional<LinkLine> read(llvm::ArrayRef<std::string> Given);

private:
  void archive(llvm::ArrayRef<std::string> Words);
  void link(llvm::ArrayRef<std::string> Words);
  bool valued(llvm::ArrayRef<std::string> Words, size_t &At);
  void means(Meaning M, StringRef Value);
  void flag(StringRef Word);
  void finishScripts();
  std::string in(StringRef Name) const { return joinedPath(Folder, Name); }

  std::string Folder;
  bool Gcc = true; ///< a compiler links: -E is not the linker's
  bool Shared = false, ExportsAll = false, ExportsSome = false;
  std::vector<std::string> Scripts, Folders, Named;
  LinkLine Line;
};

} // namespace

std::string assay::joinedPath(StringRef Folder, StringRef Name) {
  llvm::SmallString<256> P(Name);
  if (!path::is_absolute(P)) {
    P = Folder;
    path::append(P, Name);
  }
  path::remove_dots(P, /*remove_dot_dot=*/true);
  return P.str().str();
}

static bool isInput(StringRef Word) {
  const std::string Extension = path::extension(Word).lower();
  return llvm::StringSwitch<bool>(Extension)
             .Cases(".o", ".obj", ".a", ".lib", ".so", ".lo", ".la", true)
             .Cases(".c", ".cc", ".cpp", ".cxx", ".s", true)
             .Default(false) ||
         Word.contains(".so.");
}

/// `-Wl,-u,main` and `-Xlinker -umain` are the linker's words as they are.
static std::vector<std::string> linkerWords(llvm::ArrayRef<std::string> Words) {
  std::vector<std::string> Out;
  for (size_t I = 0; I != Words.size(); ++I) {
    StringRef Word = Words[I];
    if (Word.consume_front("-Wl,")) {
      llvm::SmallVector<StringRef, 8> Parts;
      Word.split(Parts, ',');
      for (const StringRef Part : Parts)
        // A compiler's -E is no linker's; the linker's is said by its long name.
        Out.push_back(Part == "-E" ? "--export-dynamic" : Part.str());
    } else if (Word != "-Xlinker") {
      Out.push_back(Word.str());
    }
  }
  return Out;
}

void LinkReader::means(Meaning M, StringRef Value) {
  Image &Result = Line.Result;
  switch (M) {
  case Meaning::Output:
    Result.Path = in(Value);
    return;
  case Meaning::Script:
    Scripts.push_back(Value.str());
    return;
  case Meaning::Kept:
    Result.KeptSymbols.push_back(Value.str());
    return;
  case Meaning::Symbol: // alias=handler
    Result.KeptSymbols.push_back(Value.split('=').second.str());
    return;
  case Meaning::Wrap:
    Result.Wrapped.push_back(Value.str());
    return;
  case Meaning::VersionScript:
    readVersionScript(scriptText(in(Value)), Result);
    return;
  case Meaning::ExportOnly:
    ExportsSome = true;
    Result.Global.push_back(Value.str());
    return;
  case Meaning::ExportList:
    ExportsSome = true;
    readVersionScript(scriptText(in(Value)), Result);
    return;
  case Meaning::Folder:
    Folders.push_back(in(Value));
    return;
  case Meaning::Library:
    Named.push_back(Value.str());
    return;
  case Meaning::Other:
    return;
  }
}

/// `-T x.ld`, `-Tx.ld`, `--script x.ld`, `--script=x.ld`; -Ttext and its like give addresses.
bool LinkReader::valued(llvm::ArrayRef<std::string> Words, size_t &At) {
  const StringRef Word = Words[At];
  if (Word.starts_with("-Ttext") || Word.starts_with("-Tdata") || Word.starts_with("-Tbss"))
    return At += !Word.contains('='), true;
  const bool Last = At + 1 == Words.size();
  for (const ValuedWord &V : Valued) {
    StringRef Rest = Word;
    if (!Rest.consume_front(V.Name))
      continue;
    if (Rest.empty() && !Last)
      return means(V.Means, Words[++At]), true;
    if (V.Name.size() > 2 && Rest.consume_front("="))
      return means(V.Means, Rest), true;
    if (V.Glued && !Rest.empty())
      return means(V.Means, Rest), true;
  }
  return false;
}

void LinkReader::flag(StringRef Word) {
  Shared |= Word == "-shared" || Word == "--shared" || Word == "-Bshareable";
  ExportsAll |= Word == "-rdynamic" || Word == "--export-dynamic" || Word == "-export-dynamic" ||
                Word == "--export-all-symbols" || (Word == "-E" && !Gcc);
  if (Word == "-r" || Word == "-relocatable" || Word == "--relocatable" || Word == "-i")
    Line.What = LinkLine::Kind::Partial;
}

void LinkReader::link(llvm::ArrayRef<std::string> Given) {
  const std::vector<std::string> Words = linkerWords(Given);
  for (size_t I = 0; I != Words.size(); ++I) {
    const StringRef Word = Words[I];
    if (valued(Words, I))
      continue;
    if (Word.starts_with("-"))
      flag(Word);
    else if (isInput(Word))
      Line.Inputs.push_back(in(Word));
    else if (llvm::is_contained({".ld", ".lds", ".ldscript"}, path::extension(Word)))
      Scripts.push_back(Word.str());
  }
}

/// `ar qc libx.a a.o b.o`
void LinkReader::archive(llvm::ArrayRef<std::string> Words) {
  Line.What = LinkLine::Kind::Archive;
  Line.Result.Exports = Line.Result.ShowsHidden = true;
  for (const StringRef Word : Words)
    if (Line.Result.Path.empty() &&
        (path::extension(Word) == ".a" || path::extension(Word) == ".lib"))
      Line.Result.Path = in(Word);
    else if (isInput(Word) && !Word.starts_with("-"))
      Line.Inputs.push_back(in(Word));
}

/// A script is looked for where the command runs, then in the folders of -L.
void LinkReader::finishScripts() {
  std::vector<std::string> Places = {Folder};
  Places.insert(Places.end(), Folders.begin(), Folders.end());
  for (const std::string &Script : Scripts)
    for (const std::string &Place : Places) {
      const std::string File = joinedPath(Place, Script);
      const std::string Text = scriptText(File);
      if (Text.empty())
        continue;
      std::vector<std::string> Included = Places;
      Included.push_back(path::parent_path(File).str());
      readLinkerScript(Text, Included, Line.Result);
      break;
    }
}

/// -lx: libx.so before libx.a, folder by folder.
static std::vector<std::string> filesOfLibrary(StringRef Name,
                                               llvm::ArrayRef<std::string> Folders) {
  std::vector<std::string> Out;
  for (const std::string &Folder : Folders)
    if (Name.starts_with(":"))
      Out.push_back(joinedPath(Folder, Name.drop_front()));
    else
      for (const StringRef Extension : {".so", ".a"})
        Out.push_back(joinedPath(Folder, ("lib" + Name + Extension).str()));
  return Out;
}

/// `@objects1.rsp`, as CMake writes for long lines; one inside another is left alone.
static std::vector<std::string> withFiles(llvm::ArrayRef<std::string> Words, StringRef Folder) {
  std::vector<std::string> Out;
  for (const StringRef Word : Words) {
    const std::string Text =
        Word.starts_with("@") ? scriptText(joinedPath(Folder, Word.drop_front())) : "";
    if (Text.empty())
      Out.push_back(Word.str());
    else
      llvm::append_range(Out, splitWords(Text));
  }
  return Out;
}

std::optional<LinkLine> LinkReader::read(llvm::ArrayRef<std::string> Given) {
  const std::vector<std::string> All = withFiles(Given, Folder);
  const llvm::ArrayRef<std::string> Words = All;
  const StringRef Tool = path::stem(Words.front());
  Gcc = Tool != "ld" && !Tool.ends_with("-ld") && !Tool.starts_with("ld.");
  if (Tool == "ar" || Tool.ends_with("-ar") || Tool == "armar" || Tool == "tiarmar")
    archive(Words.drop_front());
  else
    link(Words.drop_front());
  if (Line.Result.Path.empty() || (Line.Inputs.empty() && Named.empty()))
    return std::nullopt;
  finishScripts();
  for (const std::string &Name : Named)
    Line.Libraries.push_back(filesOfLibrary(Name, Folders));
  if (Line.What != LinkLine::Kind::Archive)
    Line.Result.Exports = Shared || ExportsAll || ExportsSome;
  Line.ShownToLoaded = Line.What == LinkLine::Kind::Program && ExportsAll && !Shared;
  // A list adds to what a program exports otherwise: nothing.
  if (ExportsSome && !Shared && !ExportsAll)
    Line.Result.Local.push_back("*");
  return std::move(Line);
}

std::optional<LinkLine> assay::readLinkLine(const ShellCommand &Command) {
  // A compiler's -c makes an object, whose command is in the database.
  if (Command.Words.size() < 3 || llvm::is_contained(Command.Words, "-c"))
    return std::nullopt;
  return LinkReader(Command).read(Command.Words);
}
