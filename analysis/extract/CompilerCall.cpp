#include "analysis/extract/CompilerCall.h"

#include "analysis/extract/ShellWords.h"

#include "clang/Driver/ToolChain.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

using namespace assay;
using llvm::StringRef;
using Words = std::vector<std::string>;
namespace path = llvm::sys::path;

namespace {

constexpr unsigned MaxUnwrapping = 8, MaxFileDepth = 10;
constexpr size_t MaxWords = 100000;

/// Rewrites the words of one command in place, from the outside to the inside.
class CallReader {
public:
  CallReader(const CompileCommand &Command, const CompilerTable &Table,
             llvm::vfs::FileSystem &Files)
      : Command(Command), Table(Table), Files(Files), All(Command.Arguments) {}
  CompilerCall read();

private:
  bool unwrapLauncher();
  Words wordsOfFile(const std::string &Name);
  void expandResponseFiles();
  void translate(Words In, unsigned Depth);
  bool apply(const FlagRule &Rule, StringRef Star, const Words &In, size_t &At, unsigned Depth);
  CompilerCall::Kind kind() const;

  const CompileCommand &Command;
  const CompilerTable &Table;
  llvm::vfs::FileSystem &Files;
  Words All;
  CompilerCall Call;
};

} // namespace

/// `-c`, `-lc`, `-ec`
static bool isDashC(StringRef Word) {
  return Word.starts_with("-") && !Word.starts_with("--") && Word.ends_with("c");
}

/// The text behind `sh -c`; launchers may stand in front of the shell. Empty: there is none.
static StringRef shellText(llvm::ArrayRef<std::string> All, const CompilerTable &Table) {
  size_t Shell = 0;
  const auto Named = [&](const std::vector<std::string> &Names) {
    return matchesStar(Names, driverName(All[Shell]));
  };
  if (Named(Table.Tools.Launchers))
    while (Shell + 1 < All.size() && !Table.familyOf(All[Shell]) && !Named(Table.Tools.Shells))
      ++Shell;
  if (!Named(Table.Tools.Shells))
    return "";
  for (size_t I = Shell + 1; I + 1 < All.size(); ++I)
    if (isDashC(All[I]))
      return All[I + 1];
  return "";
}

CompileCommand assay::withoutShell(const CompileCommand &Command, const CompilerTable &Table) {
  CompileCommand Out = Command;
  for (unsigned I = 0; I != MaxUnwrapping; ++I) {
    const StringRef Text = shellText(Out.Arguments, Table);
    if (Text.empty() && !needsShell(Out.Arguments))
      break;
    const Words All = Text.empty() ? Out.Arguments : splitWords(Text);
    std::vector<ShellCommand> Inner = shellCommands(All, Out.Directory);
    if (Inner.empty())
      break;
    const auto Known = llvm::find_if(Inner, [&](const ShellCommand &C) {
      const StringRef Name = driverName(C.Words.front());
      return Table.familyOf(Name) || matchesStar(Table.Tools.Launchers, Name) ||
             matchesStar(Table.Tools.Shells, Name) || matchesStar(Table.Tools.Assemblers, Name);
    });
    ShellCommand &Chosen = Known == Inner.end() ? Inner.front() : *Known;
    if (Chosen.Folder != Out.Directory)
      Out.File = absoluteFile(Out);
    Out.Directory = std::move(Chosen.Folder);
    Out.Arguments = std::move(Chosen.Words);
    if (!Chosen.NotFollowed.empty())
      Out.NotFollowed = std::move(Chosen.NotFollowed);
  }
  return Out;
}

/// `ccache gcc`, `env CC_ROOT=/opt nice -n 5 gcc`, `cmake -E env X=1 gcc`: the next word that is a
/// compiler, else the next that is no option of the launcher.
bool CallReader::unwrapLauncher() {
  if (!matchesStar(Table.Tools.Launchers, driverName(All.front())))
    return false;
  size_t Compiler = 0, Other = 0;
  for (size_t I = 1; I < All.size() && !Compiler; ++I) {
    const StringRef Word = All[I], Name = driverName(Word);
    const bool Option = Word.starts_with("-") || Word.contains('=');
    if (!Option && (Table.familyOf(Name) || matchesStar(Table.Tools.Launchers, Name) ||
                    matchesStar(Table.Tools.Shells, Name)))
      Compiler = I;
    else if (!Option && !Other && Word.find_first_not_of("0123456789.") != StringRef::npos)
      Other = I;
    // `ccache -c x.c`: the launcher stands for the compiler, whose name nobody says.
    if (Word == "-c" || Word == "-o")
      break;
  }
  const size_t First = Compiler ? Compiler : Other;
  if (!First)
    return false;
  All.erase(All.begin(), All.begin() + static_cast<ptrdiff_t>(First));
  return true;
}

void CallReader::expandResponseFiles() {
  llvm::BumpPtrAllocator Memory;
  llvm::cl::ExpansionContext Expansion(Memory, llvm::cl::TokenizeGNUCommandLine);
  Expansion.setVFS(&Files).setCurrentDir(Command.Directory);
  llvm::SmallVector<const char *, 64> Out;
  for (const std::string &Word : All)
    Out.push_back(Word.c_str());
  // What cannot be expanded stays as it is written and is dropped with the other unknown words.
  llvm::consumeError(Expansion.expandResponseFiles(Out));
  All = Words(Out.begin(), Out.end());
}

Words CallReader::wordsOfFile(const std::string &Name) {
  const auto Status = Files.status(Name);
  if (!Status || !Status->isRegularFile()) {
    Call.Reported.push_back(Name);
    return {};
  }
  const auto Buffer = Files.getBufferForFile(Name);
  return Buffer ? splitWords((*Buffer)->getBuffer()) : Words();
}

static std::string filledIn(StringRef Text, StringRef Star, StringRef Next) {
  std::string Out;
  while (true) {
    const size_t Open = Text.find('{');
    Out += Text.take_front(Open);
    if (Open == StringRef::npos)
      return Out;
    const size_t Close = Text.find('}', Open);
    const StringRef Name = Text.slice(Open + 1, Close);
    Out += Name == "next"         ? Next.str()
           : Name == "next-lower" ? Next.lower()
           : Name == "lower"      ? Star.lower()
                                  : Star.str();
    Text = Close == StringRef::npos ? "" : Text.drop_front(Close + 1);
  }
}

/// False when the rule wants a word behind and there is none.
bool CallReader::apply(const FlagRule &Rule, StringRef Star, const Words &In, size_t &At,
                       unsigned Depth) {
  if (Rule.TakesNext && At + 1 == In.size())
    return false;
  const std::string &Word = In[At];
  const std::string Next = Rule.TakesNext ? In[++At] : "";
  switch (Rule.Do) {
  case FlagRule::Action::Drop:
    return true;
  case FlagRule::Action::Pass:
    Call.Words.push_back(Word);
    if (Rule.TakesNext)
      Call.Words.push_back(Next);
    return true;
  case FlagRule::Action::Report:
    Call.Reported.push_back(Rule.TakesNext ? Word + " " + Next : Word);
    return true;
  case FlagRule::Action::To:
    for (const std::string &Text : Rule.To)
      Call.Words.push_back(filledIn(Text, Star, Next));
    return true;
  case FlagRule::Action::File:
    if (Depth < MaxFileDepth)
      translate(wordsOfFile(Rule.TakesNext ? Next : Star.str()), Depth + 1);
    return true;
  }
  return true;
}

static const FlagRule *ruleFor(const CompilerFamily &Family, StringRef Word, StringRef &Star) {
  for (const FlagRule &Rule : Family.Flags)
    for (const std::string &Glob : Rule.Match)
      if (auto Found = starOf(Glob, Word)) {
        Star = *Found;
        return &Rule;
      }
  return nullptr;
}

void CallReader::translate(Words In, unsigned Depth) {
  for (size_t At = 0; At < In.size() && Call.Words.size() < MaxWords; ++At) {
    const std::string &Word = In[At];
    StringRef Star;
    const FlagRule *Rule = ruleFor(*Call.Family, Word, Star);
    if (Rule && apply(*Rule, Star, In, At, Depth))
      continue;
    if (Call.Family->GnuWords)
      Call.Words.push_back(Word);
    else if (StringRef(Word).starts_with("-"))
      Call.Reported.push_back(Word);
  }
}

CompilerCall::Kind CallReader::kind() const {
  using Kind = CompilerCall::Kind;
  const StringRef Name = driverName(Call.Driver);
  if (matchesStar(Table.Tools.Linkers, Name))
    return Kind::Link;
  if (matchesStar(Table.Tools.Assemblers, Name))
    return Kind::Assemble;
  if (matchesStar(Table.Tools.Others, Name))
    return Kind::Other;
  bool Language = false, Compiles = false;
  for (const std::string &Word : Call.Words) {
    Language |= StringRef(Word).starts_with("-x") && !StringRef(Word).contains("assembler");
    Compiles |= Word == "-c" || Word == "-S" || Word == "-E" || Word == "-fsyntax-only";
  }
  if (Language)
    return Kind::Compile;
  const std::string Extension = path::extension(Command.File).lower();
  const auto Is = [&](std::initializer_list<StringRef> Names) {
    return llvm::is_contained(Names, StringRef(Extension));
  };
  if (Is({".s", ".sx", ".asm", ".s79", ".s43", ".nasm"}))
    return Kind::Assemble;
  if (Is({".h", ".hh", ".hpp", ".hxx", ".h++", ".hp", ".inl", ".ipp", ".tcc"}))
    return Kind::Header;
  if (Is({".rc", ".f", ".for", ".f77", ".f90", ".f95", ".f03", ".f08", ".cu", ".swift", ".rs",
          ".go", ".ispc", ".d", ".adb", ".cl", ".m4"}))
    return Kind::Other;
  if (!Compiles && (Extension.empty() || Is({".o", ".obj", ".a", ".lib", ".so", ".elf", ".axf",
                                             ".out", ".exe", ".ko", ".dll"})))
    return Kind::Link;
  return Kind::Compile;
}

CompilerCall CallReader::read() {
  for (unsigned I = 0; I != MaxUnwrapping && unwrapLauncher(); ++I) {
  }
  if (!Command.NotFollowed.empty())
    Call.Reported.push_back(Command.NotFollowed);
  Call.Driver = All.front();
  const StringRef Name = driverName(Call.Driver);
  Call.Family = Table.familyOf(Name);
  Call.FamilyKnown = Call.Family != nullptr;
  if (!Call.Family)
    Call.Family = Table.familyNamed("gcc");
  expandResponseFiles();
  All.erase(All.begin());
  Call.Raw = All;
  if (!Call.Family) {
    Call.Words = std::move(All);
  } else {
    translate(std::move(All), 0);
    Call.Cxx = matchesStar(Call.Family->CxxDrivers, Name);
    for (const TargetRule &Rule : Call.Family->Targets)
      if (!Call.Target && matchesStar(Rule.Drivers, Name))
        Call.Target = &Rule;
  }
  Call.What = kind();
  return std::move(Call);
}

CompilerCall assay::readCall(const CompileCommand &Command, llvm::vfs::FileSystem &Files) {
  static const CompilerTable None;
  const bool Given = Command.Toolchain && Command.Toolchain->Table;
  return CallReader(Command, Given ? *Command.Toolchain->Table : None, Files).read();
}

std::string assay::languageOf(const CompilerCall &Call, StringRef File) {
  using Kind = CompilerCall::Kind;
  if (Call.What != Kind::Compile)
    return Call.What == Kind::Link       ? "link"
           : Call.What == Kind::Assemble ? "assembler"
           : Call.What == Kind::Header   ? "header"
                                         : "other";
  std::string Said;
  for (size_t I = 0; I != Call.Words.size(); ++I) {
    StringRef Word = Call.Words[I];
    if (Word.consume_front("-x"))
      Said = Word.empty() && I + 1 != Call.Words.size() ? Call.Words[I + 1] : Word.str();
  }
  if (!Said.empty())
    return StringRef(Said).starts_with("c++") ? "c++" : "c";
  // An extension in capitals (.C) is C++ as well.
  const bool Plain = llvm::is_contained({".c", ".i", ".m"}, path::extension(File));
  return Call.Cxx || !Plain ? "c++" : "c";
}

bool assay::hasUnknownTarget(const CompilerCall &Call) {
  const StringRef Name = driverName(Call.Driver);
  const size_t Dash = Name.rfind('-');
  if (Call.Target || Dash == StringRef::npos || !Call.FamilyKnown)
    return false;
  return !clang::driver::ToolChain::getTargetAndModeFromProgramName(Name).TargetIsValid;
}

std::string assay::reasonFor(const CompilerFamily *Family, StringRef Word) {
  StringRef Star;
  const FlagRule *Rule = Family ? ruleFor(*Family, Word.split(' ').first, Star) : nullptr;
  return Rule ? Rule->Why : "";
}
