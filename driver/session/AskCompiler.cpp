#include "driver/session/AskCompiler.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <cstdlib>

using namespace assay;
using llvm::Expected;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static constexpr unsigned SecondsToAnswer = 20;
static constexpr uint64_t LongestAnswer = 4u << 20;

static bool isPlainWord(StringRef Word) {
  return llvm::all_of(Word, [](char C) {
    return llvm::isAlnum(C) || C == '-' || C == '_' || C == '=' || C == '.' || C == '+' || C == ',';
  });
}

static bool isAskable(StringRef Word) {
  static constexpr StringRef Exact[] = {"-nostdinc",
                                        "-nostdinc++",
                                        "-undef",
                                        "-pthread",
                                        "-ffreestanding",
                                        "-fshort-enums",
                                        "-fno-short-enums",
                                        "-fshort-wchar",
                                        "-fsigned-char",
                                        "-funsigned-char",
                                        "-fshort-double",
                                        "-fpic",
                                        "-fPIC",
                                        "-fpie",
                                        "-fPIE",
                                        "-fno-pic",
                                        "-fno-PIC",
                                        "-fno-pie",
                                        "-fno-PIE",
                                        "-EB",
                                        "-EL",
                                        "-fno-exceptions",
                                        "-fno-rtti"};
  if (llvm::is_contained(Exact, Word))
    return true;
  // A word of -m may not name a file: AVR's compiler reads a specs file of that name.
  return (Word.starts_with("-m") || Word.starts_with("--target=") ||
          Word.starts_with("-stdlib=")) &&
         isPlainWord(Word) && !Word.contains("..");
}

/// "nano.specs" of `--specs=nano.specs`. A specs file can run programs: one of the compiler's own
/// is meant, never one of the project's.
static StringRef ownSpecs(StringRef Word) {
  if (!Word.consume_front("--specs=") && !Word.consume_front("-specs="))
    return "";
  return isPlainWord(Word) && !Word.contains("..") && !fs::exists(Word) ? Word : "";
}

std::vector<std::string> assay::askableWords(const CompilerCall &Call, StringRef Directory) {
  std::vector<std::string> Out;
  std::string Specs, Sysroot;
  for (size_t I = 0; I != Call.Raw.size(); ++I) {
    StringRef Word = Call.Raw[I];
    const bool HasNext = I + 1 != Call.Raw.size();
    if (isAskable(Word)) {
      Out.push_back(Word.str());
    } else if (Word.consume_front("--sysroot=")) {
      Sysroot = Word.str();
    } else if ((Word == "--sysroot" || Word == "-isysroot") && HasNext) {
      Sysroot = Call.Raw[++I];
    } else if (Word == "-target" && HasNext && isPlainWord(Call.Raw[I + 1])) {
      Out.insert(Out.end(), {"-target", Call.Raw[++I]});
    } else if (StringRef Name = ownSpecs(Word); !Name.empty()) {
      Specs = ("--specs=" + Name).str();
    }
  }
  if (!Sysroot.empty()) {
    llvm::SmallString<256> Absolute(Sysroot);
    fs::make_absolute(Directory, Absolute);
    Out.push_back(("--sysroot=" + Absolute).str());
  } else if (!Specs.empty()) {
    // Never both: with a sysroot of the project's the specs would be looked for in there.
    Out.push_back(Specs);
  }
  return Out;
}

std::string assay::programOf(const CompilerCall &Call, StringRef Directory) {
  llvm::SmallString<256> Program(Call.Driver);
  if (path::filename(Program) == Program) {
    const auto Found = llvm::sys::findProgramByName(Program);
    if (!Found || !path::is_absolute(*Found))
      return "";
    Program = *Found;
  }
  fs::make_absolute(Directory, Program);
  path::remove_dots(Program, /*remove_dot_dot=*/true);
  return fs::can_execute(Program) ? std::string(Program) : "";
}

static bool matchesGlob(StringRef Glob, StringRef Text) {
  while (!Glob.empty()) {
    if (Glob.front() == '*') {
      const bool Deep = Glob.consume_front("**");
      if (!Deep)
        Glob = Glob.drop_front();
      for (size_t I = 0;; ++I) {
        if (matchesGlob(Glob, Text.drop_front(I)))
          return true;
        if (I == Text.size() || (!Deep && Text[I] == '/'))
          return false;
      }
    }
    if (Text.empty() || (Glob.front() != '?' && Glob.front() != Text.front()) ||
        (Glob.front() == '?' && Text.front() == '/'))
      return false;
    Glob = Glob.drop_front();
    Text = Text.drop_front();
  }
  return Text.empty();
}

bool assay::matchesPath(llvm::ArrayRef<std::string> Globs, StringRef Program) {
  return llvm::any_of(Globs, [&](const std::string &G) { return matchesGlob(G, Program); });
}

/// The compiler's own folder of stdarg.h and the like: ".../<version>/include".
static bool isBuiltinFolder(StringRef Folder) {
  const StringRef Name = path::filename(Folder);
  const StringRef Above = path::filename(path::parent_path(Folder));
  return (Name == "include" || Name == "include-fixed") && !Above.empty() &&
         llvm::isDigit(Above.front());
}

static void readVerbose(StringRef Text, CompilerAnswer &A) {
  bool InList = false;
  for (StringRef Line : llvm::split(Text, '\n')) {
    Line = Line.rtrim();
    if (Line.consume_front("Target: "))
      A.Target = Line.str();
    else if (Line.contains(" version ") && !Line.starts_with(" ") && A.Version.empty())
      A.Version = Line.str();
    else if (Line.starts_with("#include ") && Line.ends_with("search starts here:"))
      InList = true;
    else if (Line.starts_with("End of search list"))
      InList = false;
    else if (InList && Line.starts_with(" ")) {
      Line.consume_back(" (framework directory)");
      llvm::SmallString<256> Folder(Line.trim());
      path::remove_dots(Folder, /*remove_dot_dot=*/true);
      const std::string Kept =
          isBuiltinFolder(Folder) ? BuiltinIncludes.str() : std::string(Folder);
      if (!llvm::is_contained(A.Includes, Kept))
        A.Includes.push_back(Kept);
    }
  }
}

static void readMacros(StringRef Text, CompilerAnswer &A) {
  for (StringRef Line : llvm::split(Text, '\n')) {
    if (!Line.consume_front("#define "))
      continue;
    size_t End = Line.find_first_of(" (");
    if (End != StringRef::npos && Line[End] == '(')
      End = Line.find(')') + 1;
    A.Macros.emplace_back(Line.take_front(End).str(),
                          End == StringRef::npos ? "" : Line.drop_front(End).trim().str());
  }
  llvm::sort(A.Macros);
}

static Expected<std::string> answerIn(StringRef File) {
  uint64_t Size = 0;
  if (fs::file_size(File, Size) || Size > LongestAnswer)
    return llvm::createStringError("its answer is too long");
  auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/true, /*RequiresNullTerminator=*/false,
                                            /*IsVolatile=*/true);
  if (!Buffer)
    return llvm::createStringError(Buffer.getError(), "its answer cannot be read");
  return (*Buffer)->getBuffer().str();
}

static std::string variable(const char *Name, const char *Else) {
  const char *Value = std::getenv(Name);
  return std::string(Name) + "=" + (Value ? Value : Else);
}

static llvm::Error run(const std::string &Program, llvm::ArrayRef<StringRef> Words, StringRef Out,
                       StringRef Err) {
  const std::string Path = variable("PATH", "/usr/bin:/bin"), Temp = variable("TMPDIR", "/tmp");
  const StringRef Environment[] = {"LC_ALL=C", Path, Temp}; // its words are read in English
  const std::optional<StringRef> Streams[] = {StringRef("/dev/null"), Out, Err};
  std::string Why;
  const int Status = llvm::sys::ExecuteAndWait(Program, Words, llvm::ArrayRef(Environment), Streams,
                                               SecondsToAnswer, /*MemoryLimit=*/0, &Why);
  if (Status == 0)
    return llvm::Error::success();
  if (Why.empty() && Status > 0) {
    auto Text = answerIn(Err);
    Why = Text ? StringRef(*Text).trim().str() : "";
    Why = Why.substr(Why.rfind('\n') + 1);
    if (!Text)
      llvm::consumeError(Text.takeError());
  }
  return llvm::createStringError("it ended with status " + std::to_string(Status) +
                                 (Why.empty() ? "" : ": " + Why));
}

Expected<CompilerAnswer> assay::askCompiler(const std::string &Program, const std::string &Language,
                                            const std::vector<std::string> &Options) {
  llvm::SmallString<128> Out, Err;
  if (fs::createTemporaryFile("assay-ask", "out", Out) ||
      fs::createTemporaryFile("assay-ask", "err", Err))
    return llvm::createStringError("no temporary file for its answer");
  const auto Remove = llvm::make_scope_exit([&] {
    fs::remove(Out);
    fs::remove(Err);
  });
  std::vector<StringRef> Words = {Program};
  Words.insert(Words.end(), Options.begin(), Options.end());
  for (const char *Ours : {"-E", "-v", "-dM", "-x", Language.c_str(), "/dev/null"})
    Words.push_back(Ours);
  if (llvm::Error E = run(Program, Words, Out, Err))
    return std::move(E);
  auto Macros = answerIn(Out);
  if (!Macros)
    return Macros.takeError();
  auto Verbose = answerIn(Err);
  if (!Verbose)
    return Verbose.takeError();
  CompilerAnswer A;
  A.Driver = path::filename(Program).str();
  A.Path = Program;
  A.Language = Language;
  A.Options = Options;
  readVerbose(*Verbose, A);
  readMacros(*Macros, A);
  if (A.Macros.empty())
    return llvm::createStringError("it did not answer like GCC or Clang");
  return A;
}
