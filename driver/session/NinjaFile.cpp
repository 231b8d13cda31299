#include "driver/session/NinjaFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <map>

using namespace assay;
using llvm::StringRef;
namespace path = llvm::sys::path;

namespace {

constexpr uint64_t LongestFile = uint64_t(256) << 20;
constexpr size_t LongestText = size_t(8) << 20; ///< of one command
constexpr unsigned DeepestFile = 16, DeepestVariable = 32;

using Variables = std::map<std::string, std::string, std::less<>>;

/// Where a rule's variables are looked up.
struct Edge {
  std::string Rule;
  std::vector<std::string> Outputs, Inputs;
  Variables Own;
};

class NinjaReader {
public:
  explicit NinjaReader(llvm::function_ref<bool(StringRef)> Wanted) : Wanted(Wanted) {}
  void read(StringRef File, unsigned Depth);
  std::vector<std::string> Commands;

private:
  using Lookup = llvm::function_ref<std::string(StringRef Name, unsigned Depth)>;
  static std::string expand(StringRef Text, Lookup Find, unsigned Depth);
  std::string inFile(StringRef Text) const;
  std::string ofEdge(const Edge &E, StringRef Name, unsigned Depth) const;
  void build(StringRef Statement, llvm::ArrayRef<std::string> Bindings);
  void statement(StringRef Line, llvm::ArrayRef<std::string> Bindings, unsigned Depth);
  void rule(StringRef Name, llvm::ArrayRef<std::string> Bindings);

  llvm::function_ref<bool(StringRef)> Wanted;
  std::string Folder; ///< of the outermost file: names in it are relative to this
  Variables Globals;
  std::map<std::string, Variables, std::less<>> Rules;
};

} // namespace

static bool isNameChar(char C) {
  return llvm::isAlnum(C) || C == '_' || C == '-';
}

/// `$$`, `$ `, `$:` stand for the character; `$x` and `${x}` for a variable.
std::string NinjaReader::expand(StringRef Text, Lookup Find, unsigned Depth) {
  std::string Out;
  while (!Text.empty() && Out.size() < LongestText) {
    const size_t Dollar = Text.find('$');
    Out += Text.take_front(Dollar);
    if (Dollar == StringRef::npos || Dollar + 1 == Text.size())
      return Out;
    Text = Text.drop_front(Dollar + 1);
    StringRef Name;
    if (Text.consume_front("{")) {
      std::tie(Name, Text) = Text.split('}');
    } else {
      Name = Text.take_while(isNameChar);
      Text = Text.drop_front(Name.size());
    }
    if (!Name.empty()) {
      Out += Find(Name, Depth + 1);
    } else {
      Out += Text.front();
      Text = Text.drop_front();
    }
  }
  return Out;
}

std::string NinjaReader::inFile(StringRef Text) const {
  const auto Find = [&](StringRef Name, unsigned) {
    const auto It = Globals.find(Name);
    return It == Globals.end() ? std::string() : It->second;
  };
  return expand(Text, Find, 0);
}

static std::string quoted(llvm::ArrayRef<std::string> Paths) {
  std::string Out;
  for (const std::string &P : Paths) {
    const bool Plain = P.find_first_of(" \t'\"\\$;&|()<>*?") == std::string::npos;
    Out += (Out.empty() ? "" : " ") + (Plain ? P : "'" + P + "'");
  }
  return Out;
}

std::string NinjaReader::ofEdge(const Edge &E, StringRef Name, unsigned Depth) const {
  if (Depth > DeepestVariable)
    return "";
  if (Name == "in" || Name == "in_newline")
    return quoted(E.Inputs);
  if (Name == "out")
    return quoted(E.Outputs);
  if (const auto It = E.Own.find(Name); It != E.Own.end())
    return It->second;
  const auto Rule = Rules.find(E.Rule);
  if (Rule != Rules.end())
    if (const auto It = Rule->second.find(Name); It != Rule->second.end())
      return expand(
          It->second, [&](StringRef Inner, unsigned D) { return ofEdge(E, Inner, D); }, Depth);
  const auto It = Globals.find(Name);
  return It == Globals.end() ? "" : It->second;
}

static std::pair<StringRef, StringRef> binding(StringRef Line) {
  auto [Name, Text] = Line.split('=');
  return {Name.trim(), Text.ltrim()};
}

void NinjaReader::rule(StringRef Name, llvm::ArrayRef<std::string> Bindings) {
  Variables &Rule = Rules[Name.str()];
  for (const std::string &Line : Bindings) {
    const auto [Key, Text] = binding(Line);
    Rule[Key.str()] = Text.str(); // filled in by each build statement
  }
}

/// Paths up to a colon or the end, with `$ ` and `$:` inside. A bar ends the explicit ones.
static std::vector<std::string> pathsOf(StringRef &Rest,
                                        llvm::function_ref<std::string(StringRef)> Fill) {
  std::vector<std::string> Out;
  bool Explicit = true;
  while (!(Rest = Rest.ltrim()).empty() && !Rest.starts_with(":")) {
    size_t End = 0;
    while (End < Rest.size() && Rest[End] != ' ' && Rest[End] != ':')
      End += Rest[End] == '$' ? 2 : 1;
    const StringRef Word = Rest.take_front(End);
    Explicit &= !Word.starts_with("|");
    if (Explicit)
      Out.push_back(Fill(Word));
    Rest = Rest.drop_front(std::min(End, Rest.size()));
  }
  Rest.consume_front(":");
  return Out;
}

void NinjaReader::build(StringRef Statement, llvm::ArrayRef<std::string> Bindings) {
  const auto Fill = [&](StringRef Text) { return inFile(Text); };
  Edge E;
  E.Outputs = pathsOf(Statement, Fill);
  std::tie(E.Rule, Statement) = [&] {
    const auto [Rule, Rest] = Statement.ltrim().split(' ');
    return std::pair(Rule.str(), Rest);
  }();
  E.Inputs = pathsOf(Statement, Fill);
  if (E.Outputs.empty() || !Wanted(E.Outputs.front()))
    return;
  for (const std::string &Line : Bindings) {
    const auto [Key, Text] = binding(Line);
    E.Own[Key.str()] = inFile(Text);
  }
  std::string Command = ofEdge(E, "command", 0);
  const std::string Response = ofEdge(E, "rspfile", 0);
  const size_t At = Response.empty() ? std::string::npos : Command.find("@" + Response);
  if (At != std::string::npos)
    Command.replace(At, Response.size() + 1, ofEdge(E, "rspfile_content", 0));
  if (!Command.empty())
    Commands.push_back(std::move(Command));
}

void NinjaReader::statement(StringRef Line, llvm::ArrayRef<std::string> Bindings, unsigned Depth) {
  if (Line.consume_front("build "))
    return build(Line, Bindings);
  if (Line.consume_front("rule "))
    return rule(Line.trim(), Bindings);
  if (Line.consume_front("include ") || Line.consume_front("subninja ")) {
    llvm::SmallString<256> File(inFile(Line.trim()));
    if (!path::is_absolute(File)) {
      llvm::SmallString<256> Beside(Folder);
      path::append(Beside, File);
      File = Beside;
    }
    return read(File, Depth + 1);
  }
  if (Line.starts_with("default ") || Line.starts_with("pool "))
    return;
  if (const auto [Name, Text] = binding(Line); Line.contains('='))
    Globals[Name.str()] = inFile(Text);
}

/// One statement's lines are gathered first: those that `$` continues, and the indented ones.
void NinjaReader::read(StringRef File, unsigned Depth) {
  uint64_t Size = 0;
  if (Depth > DeepestFile || !llvm::sys::fs::is_regular_file(File) ||
      llvm::sys::fs::file_size(File, Size) || Size > LongestFile)
    return;
  const auto Text = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
  if (!Text)
    return;
  if (Depth == 0)
    Folder = path::parent_path(File).str();
  std::string Head;
  std::vector<std::string> Bindings;
  const auto End = [&] {
    if (!Head.empty())
      statement(Head, Bindings, Depth);
    Head.clear();
    Bindings.clear();
  };
  for (StringRef Rest = (*Text)->getBuffer(), Line; !Rest.empty();) {
    std::tie(Line, Rest) = Rest.split('\n');
    std::string Whole = Line.rtrim('\r').str();
    const auto Continues = [&] {
      const size_t Dollars = Whole.size() - StringRef(Whole).rtrim('$').size();
      return Dollars % 2 == 1;
    };
    while (Continues() && !Rest.empty()) {
      Whole.pop_back();
      std::tie(Line, Rest) = Rest.split('\n');
      Whole += Line.rtrim('\r').ltrim(' ');
    }
    const StringRef Content = StringRef(Whole).ltrim(' ');
    if (Content.empty() || Content.starts_with("#"))
      continue;
    if (Content.size() != Whole.size()) {
      Bindings.push_back(Content.str());
      continue;
    }
    End();
    Head = std::move(Whole);
  }
  End();
}

std::vector<std::string> assay::ninjaCommands(StringRef File,
                                              llvm::function_ref<bool(StringRef)> Wanted) {
  NinjaReader Reader(Wanted);
  Reader.read(File, 0);
  return std::move(Reader.Commands);
}
