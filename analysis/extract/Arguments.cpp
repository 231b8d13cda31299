#include "analysis/extract/Arguments.h"

#include "analysis/extract/AllowedOptions.h"
#include "analysis/extract/ToolchainFiles.h"

#include "clang/Driver/Driver.h"
#include "clang/Driver/Options.h"
#include "clang/Driver/ToolChain.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/Arg.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/Path.h"

using namespace assay;
using namespace clang::driver;
using llvm::StringRef;
using llvm::opt::Arg;
using llvm::opt::Option;

namespace {

/// The words of one command while they are sorted.
class ArgumentSorter {
public:
  ArgumentSorter(ParseArguments &Result, const CompilerFamily *Family)
      : Result(Result), Family(Family) {}
  void sort(llvm::ArrayRef<std::string> Words);

private:
  void sortOne(const Arg &A, const llvm::opt::ArgList &All);
  void sortPreprocessorWords(const Arg &A);
  void sortFrontendWord(StringRef Word);
  void includeSourceOf(StringRef Precompiled);
  void keep(const Arg &A, const llvm::opt::ArgList &All);
  void drop(const std::string &Text, bool Unknown);

  ParseArguments &Result;
  const CompilerFamily *Family;
  std::string Pending; ///< -include or -include-pch of -Xclang, whose value is still to come
};

} // namespace

bool assay::isCompilersOwnFolder(StringRef Folder) {
  llvm::SmallString<128> Clean(Folder);
  llvm::sys::path::remove_dots(Clean, /*remove_dot_dot=*/true);
  llvm::SmallVector<StringRef, 16> Parts;
  StringRef(Clean).split(Parts, '/', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  const size_t N = Parts.size();
  const bool Named = N > 3 && (Parts[N - 1] == "include" || Parts[N - 1] == "include-fixed") &&
                     llvm::isDigit(Parts[N - 2].front());
  return Named && (Parts[N - 3] == "clang" || (N > 4 && Parts[N - 4].starts_with("gcc")));
}

void ArgumentSorter::keep(const Arg &A, const llvm::opt::ArgList &All) {
  // Builds that want no header of the system name the compiler's own folder (-nostdinc -isystem).
  if (A.getOption().matches(options::OPT_isystem) || A.getOption().matches(options::OPT_I))
    if (isCompilersOwnFolder(A.getValue())) {
      Result.Effective.insert(Result.Effective.end(), {"-isystem", ASSAY_RESOURCE_DIR "/include"});
      return;
    }
  llvm::opt::ArgStringList Rendered;
  A.render(All, Rendered);
  for (const char *Word : Rendered)
    Result.Effective.push_back(Word);
}

void ArgumentSorter::drop(const std::string &Text, bool Unknown) {
  // GCC knows more warnings than Clang; a warning never changes the meaning.
  if (StringRef(Text).starts_with("-W") || (Unknown && Family && matchesStar(Family->Quiet, Text)))
    return;
  Result.Dropped.push_back(Text);
}

/// `-Wp,-DX,-MD,file`: macros and include folders count, outputs do not.
void ArgumentSorter::sortPreprocessorWords(const Arg &A) {
  for (StringRef Word : A.getValues())
    if (Word.starts_with("-D") || Word.starts_with("-U") || Word.starts_with("-I"))
      Result.Effective.push_back(Word.str());
}

/// A precompiled header is the compiler's own; what it was made of says the same.
void ArgumentSorter::includeSourceOf(StringRef Precompiled) {
  for (StringRef Suffix : {".pch", ".gch"})
    if (Precompiled.consume_back(Suffix)) {
      Result.Effective.insert(Result.Effective.end(), {"-include", Precompiled.str()});
      return;
    }
  Result.Dropped.push_back("-include-pch " + Precompiled.str());
}

/// CMake gives its precompiled header as `-Xclang -include -Xclang FILE`.
void ArgumentSorter::sortFrontendWord(StringRef Word) {
  if (Pending == "-include")
    Result.Effective.insert(Result.Effective.end(), {"-include", Word.str()});
  else if (Pending == "-include-pch")
    includeSourceOf(Word);
  else if (Word == "-include" || Word == "-include-pch") {
    Pending = Word;
    return;
  } else
    Result.Dropped.push_back(("-Xclang " + Word).str());
  Pending.clear();
}

void ArgumentSorter::sortOne(const Arg &A, const llvm::opt::ArgList &All) {
  const Option &O = A.getOption();
  if (O.matches(options::OPT_Wp_COMMA))
    return sortPreprocessorWords(A);
  if (O.matches(options::OPT_Xclang))
    return sortFrontendWord(A.getValue());
  if (O.matches(options::OPT_include_pch))
    return includeSourceOf(A.getValue());
  switch (fateOf(O.getUnaliasedOption())) {
  case OptionFate::Keep:
    return keep(A, All);
  case OptionFate::Drop:
    return drop(A.getAsString(All), O.getID() == options::OPT_UNKNOWN);
  case OptionFate::DropSilently:
    return;
  }
}

void ArgumentSorter::sort(llvm::ArrayRef<std::string> Words) {
  std::vector<const char *> Pointers;
  for (const std::string &Word : Words)
    Pointers.push_back(Word.c_str());
  unsigned MissingIndex = 0, MissingCount = 0;
  const llvm::opt::InputArgList Args = getDriverOptTable().ParseArgs(
      Pointers, MissingIndex, MissingCount, llvm::opt::Visibility(options::ClangOption));
  for (const Arg *A : Args)
    sortOne(*A, Args);
}

/// What Clang refuses unless told otherwise and GCC 12 only warns of: the device was built with it.
static constexpr const char *AcceptedByGcc[] = {"-Wno-implicit-function-declaration",
                                                "-Wno-implicit-int",
                                                "-Wno-int-conversion",
                                                "-Wno-incompatible-function-pointer-types",
                                                "-Wno-return-type",
                                                "-Wno-c++11-narrowing",
                                                "-Wno-register",
                                                "-Wno-dynamic-exception-spec",
                                                "-Wno-reserved-user-defined-literal"};

static void add(std::vector<std::string> &To, const std::vector<std::string> &More) {
  To.insert(To.end(), More.begin(), More.end());
}

static void addTarget(const CompilerCall &Call, std::vector<std::string> &Effective) {
  const ParsedClangName Name = ToolChain::getTargetAndModeFromProgramName(driverName(Call.Driver));
  if (Call.Cxx || (Name.DriverMode && StringRef(Name.DriverMode) == "--driver-mode=g++"))
    Effective.push_back("--driver-mode=g++");
  if (Call.Target && !Call.Target->Layout)
    Effective.push_back("--target=" + Call.Target->Triple);
  else if (!Call.Target && Name.TargetIsValid)
    Effective.push_back("--target=" + Name.TargetPrefix);
}

/// What no target of Clang's can say of itself.
static void addLayout(const MachineLayout &Layout, std::vector<std::string> &Effective) {
  Effective.push_back(Layout.CharSigned ? "-fsigned-char" : "-funsigned-char");
  if (Layout.Int32IsLong)
    add(Effective, {"-D__INT32_TYPE__=long int", "-D__UINT32_TYPE__=long unsigned int"});
}

/// Sizes and macros of the compiler itself: what it answered, where it was asked.
static void addImplied(const CompilerCall &Call, const CompilerAnswer &Answer,
                       std::vector<std::string> &Effective) {
  for (const ImpliedArgument &Implied : Call.Family->Implied) {
    const auto Found = llvm::find_if(
        Answer.Macros, [&](const auto &Macro) { return Macro.first == Implied.Macro; });
    const bool Holds =
        Found != Answer.Macros.end() && (Implied.Value.empty() || Found->second == Implied.Value);
    add(Effective, Holds ? Implied.Then : Implied.Else);
  }
}

/// The answer's folders take the place of all that Clang would look into by itself. A compiler's
/// own headers (stdarg.h, intrinsics) are ours: its builtins are not Clang's.
static void addIncludes(const CompilerAnswer &Answer, bool FromProfile,
                        std::vector<std::string> &Effective) {
  Effective.insert(Effective.end(), {"-nostdinc", "-nostdinc++"});
  for (const std::string &Folder : Answer.Includes) {
    Effective.push_back("-isystem");
    if (Folder == BuiltinIncludes)
      Effective.push_back(ASSAY_RESOURCE_DIR "/include");
    else
      Effective.push_back(FromProfile ? (ToolchainRoot + Folder).str() : Folder);
  }
}

ParseArguments assay::rebuildArguments(const CompileCommand &Command,
                                       llvm::vfs::FileSystem &Files) {
  ParseArguments Result;
  Result.Call = readCall(Command, Files);
  const CompilerCall &Call = Result.Call;
  const UnitToolchain *Toolchain = Command.Toolchain.get();
  const CompilerAnswer *Answer =
      Toolchain && Toolchain->Answer && Call.Family ? &*Toolchain->Answer : nullptr;
  std::vector<std::string> &Effective = Result.Effective;
  Result.Dropped = Call.Reported;
  Effective.push_back("clang");
  addTarget(Call, Effective);
  if (Call.FamilyKnown)
    add(Effective, Call.Family->Arguments);
  if (Call.Target)
    add(Effective, Call.Target->Arguments);
  if (Call.Target && Call.Target->Layout)
    addLayout(*Call.Target->Layout, Effective);
  if (Answer)
    addImplied(Call, *Answer, Effective);
  if (Call.FamilyKnown && !Call.Family->Prelude.empty())
    add(Effective, {"-include", (ToolchainRoot + PreludeName).str()});
  ArgumentSorter(Result, Call.Family).sort(Call.Words);
  if (Answer)
    addIncludes(*Answer, Toolchain->Headers != nullptr, Effective);
  else if (Call.Target && Call.Target->Layout)
    Effective.push_back("-nostdlibinc"); // this machine's headers are for another one
  if (Call.FamilyKnown && !Call.Family->Headers.empty())
    add(Effective, {"-idirafter", (ToolchainRoot + HeadersName).str()});
  for (const char *Ours :
       {"-w", "-fno-spell-checking", "-fsyntax-only", "-resource-dir", ASSAY_RESOURCE_DIR})
    Effective.push_back(Ours);
  for (const char *Accepted : AcceptedByGcc)
    Effective.push_back(Accepted);
  return Result;
}

std::vector<std::pair<std::string, std::string>> assay::macrosOf(const UnitToolchain &Toolchain,
                                                                 const CompilerFamily &Family) {
  std::vector<std::pair<std::string, std::string>> Macros;
  if (!Toolchain.Answer)
    return Macros;
  for (const auto &Macro : Toolchain.Answer->Macros)
    if (!matchesStar(Family.OwnMacros, StringRef(Macro.first).split('(').first))
      Macros.push_back(Macro);
  return Macros;
}
