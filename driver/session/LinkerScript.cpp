#include "driver/session/LinkerScript.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace assay;
using llvm::StringRef;
using Tokens = std::vector<std::string>;

namespace {

constexpr uint64_t LongestScript = uint64_t(8) << 20;
constexpr unsigned DeepestInclude = 8;

class ScriptReader {
public:
  ScriptReader(llvm::ArrayRef<std::string> Folders, Image &Into) : Folders(Folders), Into(Into) {}
  void read(StringRef Text, unsigned Depth);

private:
  void names(const Tokens &All, size_t &At, std::vector<std::string> &To);
  void keep(const Tokens &All, size_t &At);
  void assignment(const Tokens &All, size_t &At);
  void include(StringRef Name, unsigned Depth);

  llvm::ArrayRef<std::string> Folders;
  Image &Into;
};

} // namespace

std::string assay::scriptText(StringRef File) {
  uint64_t Size = 0;
  if (!llvm::sys::fs::is_regular_file(File) || llvm::sys::fs::file_size(File, Size) ||
      Size > LongestScript)
    return "";
  const auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
  return Buffer ? (*Buffer)->getBuffer().str() : "";
}

/// Comments, and lines of the preprocessor in scripts that go through it, become blanks.
static std::string withoutComments(StringRef Text) {
  std::string Out;
  while (!Text.empty()) {
    if (Text.starts_with("/*")) {
      const size_t End = Text.find("*/", 2);
      Text = End == StringRef::npos ? "" : Text.drop_front(End + 2);
      Out += ' ';
    } else if (Text.starts_with("#") && (Out.empty() || Out.back() == '\n')) {
      Text = Text.drop_while([](char C) { return C != '\n'; });
    } else {
      Out += Text.front();
      Text = Text.drop_front();
    }
  }
  return Out;
}

/// Names are whatever stands between blanks and these.
static Tokens tokensOf(StringRef Given, StringRef Single) {
  const std::string Clean = withoutComments(Given);
  Tokens Out;
  for (StringRef Text = StringRef(Clean).ltrim(); !Text.empty(); Text = Text.ltrim()) {
    size_t Length = 1;
    if (Text.front() == '"') {
      Length = std::min(Text.find('"', 1), Text.size() - 1) + 1;
      Out.push_back(Text.take_front(Length).trim('"').str());
    } else {
      if (!Single.contains(Text.front()))
        Length = Text.find_first_of((Single + " \t\r\n\"").str());
      Out.push_back(Text.take_front(Length).str());
    }
    Text = Text.drop_front(std::min(Length, Text.size()));
  }
  return Out;
}

static bool isSymbol(StringRef Word) {
  return !Word.empty() && Word != "." && !llvm::isDigit(Word.front()) &&
         llvm::all_of(Word,
                      [](char C) { return llvm::isAlnum(C) || C == '_' || C == '$' || C == '.'; });
}

/// "( a b, c )"
void ScriptReader::names(const Tokens &All, size_t &At, std::vector<std::string> &To) {
  for (At += 2; At < All.size() && All[At] != ")"; ++At)
    if (All[At] != ",")
      To.push_back(All[At]);
}

/// `KEEP (*(SORT(.init.*) .vectors))`: files at the first depth, sections below, but for the files
/// of EXCLUDE_FILE.
void ScriptReader::keep(const Tokens &All, size_t &At) {
  unsigned Depth = 0, Excluded = 0;
  for (++At; At < All.size(); ++At) {
    if (All[At] == "(") {
      ++Depth;
      if (All[At - 1] == "EXCLUDE_FILE")
        Excluded = Depth;
    } else if (All[At] == ")") {
      if (Excluded == Depth)
        Excluded = 0;
      if (--Depth == 0)
        return;
    } else if (Depth >= 2 && !Excluded && At + 1 < All.size() && All[At + 1] != "(") {
      Into.KeptSections.push_back(All[At]);
    }
  }
}

/// `alias = handler;`, `PROVIDE(alias = handler)`: whoever uses the alias reaches the handler.
void ScriptReader::assignment(const Tokens &All, size_t &At) {
  for (++At; At < All.size() && All[At] != ";" && All[At] != "}"; ++At)
    if (isSymbol(All[At]) && (At + 1 == All.size() || All[At + 1] != "("))
      Into.KeptSymbols.push_back(All[At]);
}

void ScriptReader::include(StringRef Name, unsigned Depth) {
  for (const std::string &Folder : Folders) {
    llvm::SmallString<256> File(Folder);
    llvm::sys::path::append(File, Name);
    if (const std::string Text = scriptText(llvm::sys::path::is_absolute(Name) ? Name : File.str());
        !Text.empty())
      return read(Text, Depth + 1);
  }
}

void ScriptReader::read(StringRef Text, unsigned Depth) {
  if (Depth > DeepestInclude)
    return;
  const Tokens All = tokensOf(Text, "(){};,=");
  for (size_t At = 0; At < All.size(); ++At) {
    const bool Opens = At + 1 < All.size() && All[At + 1] == "(";
    if ((All[At] == "ENTRY" || All[At] == "EXTERN") && Opens)
      names(All, At, Into.KeptSymbols);
    else if (All[At] == "KEEP" && Opens)
      keep(All, At);
    else if (All[At] == "INCLUDE" && At + 1 < All.size())
      include(All[++At], Depth);
    else if (All[At] == "=" && At && isSymbol(All[At - 1]))
      assignment(All, At);
  }
}

void assay::readLinkerScript(StringRef Text, llvm::ArrayRef<std::string> Folders, Image &Into) {
  ScriptReader(Folders, Into).read(Text, 0);
}

void assay::readVersionScript(StringRef Text, Image &Into) {
  bool Local = false, Cxx = false;
  unsigned Depth = 0, CxxDepth = 0;
  const Tokens All = tokensOf(Text, "{};");
  for (size_t I = 0; I != All.size(); ++I) {
    StringRef Word = All[I];
    if (Word == "{") {
      Local &= Depth != 0; // a new version begins with what is global
      ++Depth;
    } else if (Word == "}") {
      Depth -= Depth != 0;
      Cxx &= Depth >= CxxDepth;
      if (!Depth) // "} PARENT;"
        while (I + 1 != All.size() && All[I + 1] != ";" && All[I + 1] != "{")
          ++I;
    } else if (Word == "extern" && I + 1 != All.size()) {
      Cxx = All[++I] == "C++";
      CxxDepth = Depth + 1;
    } else if (Depth && Word != ";") {
      while (Word.consume_front("global:") || Word.consume_front("local:"))
        Local = StringRef(All[I]).starts_with("local:");
      if ((Word == "global" || Word == "local") && I + 1 != All.size() && All[I + 1] == ":") {
        Local = Word == "local";
        ++I;
      } else if (!Word.empty()) {
        (Local ? Into.Local
         : Cxx ? Into.GlobalCxx
               : Into.Global)
            .push_back(Cxx ? Word.split('(').first.str() : Word.str());
      }
    }
  }
}
