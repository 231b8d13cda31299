#include "analysis/extract/UnitParser.h"

#include "analysis/extract/Arguments.h"
#include "analysis/extract/ParseListeners.h"
#include "analysis/extract/SourceFilter.h"
#include "analysis/extract/StandInTarget.h"
#include "analysis/extract/StoredWords.h"
#include "analysis/extract/SummaryAction.h"
#include "analysis/extract/ToolchainFiles.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"

#include <cstdlib>

using namespace assay;
using namespace clang;

namespace {

/// One unit on its way through the parser.
class UnitParse {
public:
  UnitParse(const CompileCommand &Command, const PathForms &Paths)
      : Command(Command), Paths(Paths) {
    Facts.Directory = Command.Directory;
  }
  ParsedUnit run(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Overlay);

private:
  bool openDirectory(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Overlay);
  bool findFile();
  void rebuildCommand();
  void serveFiles();
  void describeCommand();
  bool dropDoubtfulArguments();
  void forgetAttempt();
  bool attempt();
  std::shared_ptr<CompilerInvocation> invocation(DiagnosticConsumer &Consumer);
  void restrict(CompilerInvocation &Invocation) const;
  void equip(CompilerInvocation &Invocation) const;
  const MachineLayout *layout() const {
    const TargetRule *Rule = Arguments.Call.Target;
    const bool Compiles = Arguments.Call.What == CompilerCall::Kind::Compile;
    return Compiles && Rule && Rule->Layout ? &*Rule->Layout : nullptr;
  }
  void fail(std::string Why) {
    Result.Outcome.State = UnitCoverage::State::Failed;
    Result.Outcome.Detail = std::move(Why);
    Result.Written = {};
  }

  const CompileCommand &Command;
  const PathForms &Paths;
  ParseFacts Facts;
  ParsedUnit Result;
  ParseArguments Arguments;
  // From the disk to what the parser sees.
  llvm::IntrusiveRefCntPtr<PlacementFiles> Placements;
  llvm::IntrusiveRefCntPtr<llvm::vfs::OverlayFileSystem> Layers;
  llvm::IntrusiveRefCntPtr<WatchedFiles> Files;
};

} // namespace

void assay::prepareParser() {
  llvm::InitializeAllTargetInfos();
  // What a unit is follows from its command and its files, not from who runs the analysis.
  for (const char *Name : {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "OBJC_INCLUDE_PATH",
                           "OBJCPLUS_INCLUDE_PATH", "SDKROOT"})
    ::unsetenv(Name);
  ::setenv("CLANG_NO_DEFAULT_CONFIG", "1", /*replace=*/1);
}

bool UnitParse::openDirectory(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Overlay) {
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Disk = llvm::vfs::createPhysicalFileSystem();
  if (Overlay) {
    auto Both = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(Disk);
    Both->pushOverlay(std::move(Overlay));
    Disk = std::move(Both);
  }
  Placements = llvm::makeIntrusiveRefCnt<PlacementFiles>(std::move(Disk), Facts.Originals);
  Layers = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(Placements);
  Files = llvm::makeIntrusiveRefCnt<WatchedFiles>(Layers);
  if (const std::error_code Error = Files->setCurrentWorkingDirectory(Command.Directory)) {
    fail("the folder '" + Paths.toStored(Command.Directory) +
         "' of its compile command: " + Error.message());
    return false;
  }
  return true;
}

bool UnitParse::findFile() {
  const auto Status = Files->status(Command.File);
  if (Status && !Status->isDirectory())
    return true;
  if (Status.getError() == std::errc::operation_not_supported)
    fail("it is a pipe or a device, not a file");
  else
    fail(Status ? "it is a folder" : "the file is not there: " + Status.getError().message());
  return false;
}

void UnitParse::rebuildCommand() {
  Arguments = rebuildArguments(Command, *Files);
  CommandRow &Row = Facts.Command;
  Row.Directory = Paths.toStored(Command.Directory);
  Row.File = Paths.toStored(absoluteFile(Command));
  if (Command.IsAssumed)
    return;
  for (const std::string &Word : Command.Arguments)
    Row.Arguments.push_back(withoutCheckout(Word, Paths));
}

/// The family's own headers, and sources made readable.
void UnitParse::serveFiles() {
  const CompilerCall &Call = Arguments.Call;
  if (Call.What != CompilerCall::Kind::Compile) {
    Facts.Command.Language = languageOf(Call, Command.File);
    Arguments.Effective = {"clang", "-xc", "-nostdinc", "-resource-dir", ASSAY_RESOURCE_DIR};
    Arguments.Dropped.clear();
    Layers->pushOverlay(emptyFile(*Layers, absoluteFile(Command), Facts.Originals));
    return;
  }
  const CompilerFamily *Family = Call.FamilyKnown ? Call.Family : nullptr;
  Placements->enable(Family && Family->Placement);
  if (!Command.Toolchain)
    return;
  if (auto More = toolchainFiles(*Command.Toolchain, Family))
    Layers->pushOverlay(std::move(More));
}

void UnitParse::describeCommand() {
  CommandRow &Row = Facts.Command;
  Row.Effective.clear();
  Row.Dropped.clear();
  for (const std::string &Word : Arguments.Effective)
    Row.Effective.push_back(withoutCheckout(Word, Paths));
  for (const std::string &Word : Arguments.Dropped)
    Row.Dropped.push_back(withoutCheckout(Word, Paths));
}

/// A second lock behind the allowlist: no output, no plugin, no option of LLVM itself.
void UnitParse::restrict(CompilerInvocation &Invocation) const {
  FrontendOptions &Frontend = Invocation.getFrontendOpts();
  Frontend.ProgramAction = frontend::ParseSyntaxOnly;
  Frontend.SkipFunctionBodies = true;
  Frontend.DisableFree = false;
  Frontend.Plugins.clear();
  Frontend.AddPluginActions.clear();
  Frontend.LLVMArgs.clear();
  Frontend.OutputFile.clear();
  Frontend.StatsFile.clear();
  Invocation.getDependencyOutputOpts() = DependencyOutputOptions();
  DiagnosticOptions &Diagnostics = Invocation.getDiagnosticOpts();
  Diagnostics.IgnoreWarnings = true;
  Diagnostics.ErrorLimit = 0;
  Diagnostics.ShowCarets = false;
  Diagnostics.DiagnosticLogFile.clear();
  Diagnostics.DiagnosticSerializationFile.clear();
  Invocation.getLangOpts().SpellChecking = false;
  Invocation.getHeaderSearchOpts().ModuleCachePath.clear();
  // __DATE__ and __TIME__ would differ from run to run.
  Invocation.getPreprocessorOpts().SourceDateEpoch = 0;
}

/// What the unit's own compiler has built in. Before the command's macros, which may undefine it.
void UnitParse::equip(CompilerInvocation &Invocation) const {
  if (Arguments.Call.What != CompilerCall::Kind::Compile)
    return;
  if (layout())
    standIn(Invocation.getTargetOpts());
  if (!Command.Toolchain || !Arguments.Call.Family)
    return;
  std::vector<std::pair<std::string, bool>> Macros;
  for (const auto &[Name, Text] : macrosOf(*Command.Toolchain, *Arguments.Call.Family))
    Macros.emplace_back(Name + "=" + Text, /*IsUndef=*/false);
  auto &All = Invocation.getPreprocessorOpts().Macros;
  All.insert(All.begin(), Macros.begin(), Macros.end());
}

std::shared_ptr<CompilerInvocation> UnitParse::invocation(DiagnosticConsumer &Consumer) {
  std::vector<std::string> Texts = Arguments.Effective;
  // __FILE__ must not depend on where the project was checked out.
  for (StringRef Root : {Paths.buildDir(), Paths.projectRoot()})
    if (Root.size() > 1)
      Texts.push_back(("-fmacro-prefix-map=" + Root + "/=").str());
  Texts.push_back("--");
  Texts.push_back(Command.File);
  std::vector<const char *> Words;
  for (const std::string &Text : Texts)
    Words.push_back(Text.c_str());
  CreateInvocationOptions Options;
  Options.Diags = CompilerInstance::createDiagnostics(new DiagnosticOptions, &Consumer,
                                                      /*ShouldOwnClient=*/false);
  Options.VFS = Files;
  Options.RecoverOnError = true;
  Files->watch(false);
  std::shared_ptr<CompilerInvocation> Invocation = createInvocation(Words, Options);
  Files->watch(true);
  if (Invocation) {
    restrict(*Invocation);
    equip(*Invocation);
  }
  return Invocation;
}

/// The options that say what the target is: of those Clang's table knows the name, not each value.
static bool isDoubtful(StringRef Word) {
  const bool Width = llvm::is_contained({"-m16", "-m32", "-m64", "-mx32"}, Word);
  return (Word.starts_with("-m") && !Width) || Word.starts_with("-std=");
}

/// Of options and values that Clang does not know for the target (`-ffixed-r9`, `-mcpu=` of a newer
/// GCC) the option goes, not the unit: that one if an error quotes it, else all that say what the
/// target is.
bool UnitParse::dropDoubtfulArguments() {
  const auto IsQuoted = [&](StringRef Text) {
    return llvm::any_of(Facts.Diagnostics, [&](const DiagnosticRow &Row) {
      return StringRef(Row.Text).contains(("'" + Text + "'").str());
    });
  };
  const auto Quoted = [&](StringRef Word) {
    const StringRef Value = Word.split('=').second;
    return (Word.starts_with("-") && IsQuoted(Word)) ||
           (isDoubtful(Word) && !Value.empty() && IsQuoted(Value));
  };
  const bool AnyQuoted = llvm::any_of(Arguments.Effective, Quoted);
  std::vector<std::string> Kept;
  for (std::string &Word : Arguments.Effective)
    if (AnyQuoted ? Quoted(Word) : isDoubtful(Word))
      Arguments.Dropped.push_back(std::move(Word));
    else
      Kept.push_back(std::move(Word));
  const bool Any = Kept.size() != Arguments.Effective.size();
  Arguments.Effective = std::move(Kept);
  return Any;
}

void UnitParse::forgetAttempt() {
  Facts.Diagnostics.clear();
  Facts.ErrorPlaces.clear();
  Facts.MissingHeaders.clear();
  Facts.Errors = Facts.Warnings = 0;
  Result = ParsedUnit();
}

/// False when it was the command, not the source, that was at fault.
bool UnitParse::attempt() {
  describeCommand();
  DiagnosticKeeper Keeper(Facts);
  const std::shared_ptr<CompilerInvocation> Invocation = invocation(Keeper);
  if (!Invocation)
    return false;
  const InputKind Kind = Invocation->getFrontendOpts().DashX;
  if (Kind.getLanguage() == Language::Asm || Kind.getLanguage() == Language::LLVM_IR) {
    fail("it is neither C nor C++");
    return true;
  }
  const bool CommandHolds = Facts.Errors == 0;
  CompilerInstance Compiler;
  Compiler.setInvocation(Invocation);
  Compiler.createDiagnostics(&Keeper, /*ShouldOwnClient=*/false);
  // A header that is missing is no reason to stop instantiating templates.
  Compiler.getDiagnostics().setFatalsAsError(true);
  Compiler.createFileManager(Files);
  SummaryAction Action(Paths, *Files, Facts, Result);
  if (const MachineLayout *Layout = layout())
    Action.standInFor(Arguments.Call.Target->Triple, *Layout);
  Compiler.ExecuteAction(Action);
  return CommandHolds && !Result.Written.Summary.empty();
}

ParsedUnit UnitParse::run(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Overlay) {
  if (!openDirectory(std::move(Overlay)))
    return std::move(Result);
  rebuildCommand();
  serveFiles();
  if (!findFile())
    return std::move(Result);
  // One refused value hides the next.
  for (unsigned Left = 4; !attempt() && Left && dropDoubtfulArguments(); --Left)
    forgetAttempt();
  Result.Outcome.Errors = Facts.Errors;
  if (Result.Outcome.State == UnitCoverage::State::Failed)
    return std::move(Result);
  if (Result.Written.Summary.empty())
    fail(Facts.Diagnostics.empty()
             ? "it could not be parsed"
             : "its compile command is not understood: " + Facts.Diagnostics.front().Text);
  else if (Facts.Errors)
    Result.Outcome.State = UnitCoverage::State::WithErrors;
  return std::move(Result);
}

ParsedUnit assay::parseUnit(const CompileCommand &Command, const PathForms &Paths,
                            llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Overlay) {
  return UnitParse(Command, Paths).run(std::move(Overlay));
}
