#include "analysis/extract/SummaryAction.h"

#include "analysis/extract/GuessedDeclarations.h"
#include "analysis/extract/GuessedMacros.h"
#include "analysis/extract/InstantiationFilter.h"
#include "analysis/extract/ParseListeners.h"
#include "analysis/extract/StandInTarget.h"

#include "clang/Basic/TargetInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaConsumer.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace assay;
using namespace clang;

namespace {

/// Templates of system headers are kept as tokens until somebody instantiates them: most are never.
/// The unit's own templates are parsed where they stand, with the names that are known there.
class SystemTemplateDelay : public PPCallbacks {
public:
  explicit SystemTemplateDelay(LangOptions &Lang) : Lang(Lang) {}

  void FileChanged(SourceLocation, FileChangeReason, SrcMgr::CharacteristicKind Kind,
                   FileID) override {
    Lang.DelayedTemplateParsing = SrcMgr::isSystem(Kind);
  }

private:
  LangOptions &Lang;
};

class SummaryConsumer : public SemaConsumer {
public:
  SummaryConsumer(const CompilerInstance &Compiler, const PathForms &Paths,
                  const WatchedFiles &Files, ParseFacts &Facts, ParsedUnit &Result)
      : Sources(Compiler.getSourceManager()), Filter(Sources), Paths(Paths), Files(Files),
        Facts(Facts), Result(Result) {}

  void InitializeSema(Sema &S) override {
    Semantics = &S;
    Guesses = new GuessedDeclarations(Facts);
    Guesses->InitializeSema(S);
    S.addExternalSource(Guesses.get());
  }
  void ForgetSema() override {
    Semantics = nullptr;
    Guesses->ForgetSema();
  }

  /// C: no system body matters. C++: bodies of templates instantiate what the unit's own types do.
  /// Clang itself keeps constexpr functions and those with a deduced type.
  bool shouldSkipFunctionBody(Decl *D) override {
    if (!Filter.isSystem(D))
      return false;
    const FunctionDecl *Function = D->getAsFunction();
    return Function && !Function->isTemplated() && !Function->isDependentContext();
  }

  /// Called right after the instantiation was put off to the end of the unit; one that leads
  /// nowhere is taken back.
  void HandleCXXImplicitFunctionInstantiation(FunctionDecl *Function) override {
    auto &Pending = Semantics->PendingInstantiations;
    if (!Pending.empty() && Pending.back().first == Function && !Filter.leadsToProject(Function))
      Pending.pop_back();
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    describe(Context);
    Facts.Opened = Files.opened();
    Facts.Missed = Files.missed();
    SummaryFigures Figures;
    Result.Written = summarise(Context, Paths, Facts, &Figures);
    Result.Outcome.Functions = Figures.Functions;
    Result.Outcome.LostFunctions = Figures.LostFunctions;
  }

private:
  void describe(ASTContext &Context) {
    Facts.Command.Target = Context.getTargetInfo().getTriple().str();
    if (Facts.Command.Language.empty()) // else it is no C, and there is nothing to see
      Facts.Command.Language = languageOf(Context.getLangOpts());
    for (const DiagnosticRow &Row : Facts.Diagnostics)
      if (Row.Level != DiagnosticLevel::Warning)
        return describeError(Row);
  }

  void describeError(const DiagnosticRow &Row) {
    Result.Outcome.Detail = Row.Text;
    const PresumedLoc At =
        Sources.getPresumedLoc(Sources.getFileLoc(Row.Where), /*UseLineDirectives=*/false);
    if (!At.isValid())
      return;
    llvm::SmallString<256> Path(At.getFilename());
    llvm::sys::fs::make_absolute(Facts.Directory, Path);
    Result.Outcome.DetailAt = {Paths.toStored(Path), At.getLine(), At.getColumn(), ""};
  }

  const SourceManager &Sources;
  InstantiationFilter Filter;
  const PathForms &Paths;
  const WatchedFiles &Files;
  ParseFacts &Facts;
  ParsedUnit &Result;
  Sema *Semantics = nullptr;
  llvm::IntrusiveRefCntPtr<GuessedDeclarations> Guesses;
};

} // namespace

bool SummaryAction::BeginInvocation(CompilerInstance &Compiler) {
  if (StandInLayout)
    replaceTarget(Compiler, StandInTriple, *StandInLayout);
  return true;
}

/// -idirafter puts a folder behind the system's, and its headers count as the system's. Host tools
/// of kernels and boot loaders find their own headers so: below the project's root they are its
/// own.
static void ownWhatComesAfter(CompilerInstance &Compiler, const PathForms &Paths,
                              StringRef Directory) {
  HeaderSearch &Search = Compiler.getPreprocessor().getHeaderSearchInfo();
  llvm::StringSet<> Own;
  for (const HeaderSearchOptions::Entry &E : Compiler.getHeaderSearchOpts().UserEntries) {
    llvm::SmallString<256> Path(E.Path);
    llvm::sys::fs::make_absolute(Directory, Path);
    if (E.Group == frontend::After && llvm::sys::path::is_relative(Paths.toStored(Path)))
      Own.insert(E.Path);
  }
  if (Own.empty())
    return;
  const HeaderSearch &Now = Search;
  std::vector<DirectoryLookup> Folders;
  for (const DirectoryLookup &D : Now.search_dir_range())
    if (const auto Folder = D.getDirRef(); Folder && Own.contains(D.getName()))
      Folders.emplace_back(*Folder, SrcMgr::C_User, /*isFramework=*/false);
    else
      Folders.push_back(D);
  const unsigned Angled = std::distance(Now.search_dir_begin(), Now.angled_dir_begin());
  const unsigned System = std::distance(Now.search_dir_begin(), Now.system_dir_begin());
  Search.SetSearchPaths(std::move(Folders), Angled, System, llvm::DenseMap<unsigned, unsigned>());
}

bool SummaryAction::BeginSourceFileAction(CompilerInstance &Compiler) {
  ownWhatComesAfter(Compiler, Paths, Facts.Directory);
  if (Compiler.getLangOpts().CPlusPlus && !Compiler.getLangOpts().DelayedTemplateParsing)
    Compiler.getPreprocessor().addPPCallbacks(
        std::make_unique<SystemTemplateDelay>(Compiler.getLangOpts()));
  Compiler.getPreprocessor().addPPCallbacks(std::make_unique<InactiveText>(Facts));
  Compiler.getPreprocessor().addPPCallbacks(
      std::make_unique<GuessedMacros>(Compiler.getPreprocessor(), Facts));
  return true;
}

std::unique_ptr<ASTConsumer> SummaryAction::CreateASTConsumer(CompilerInstance &Compiler,
                                                              StringRef) {
  return std::make_unique<SummaryConsumer>(Compiler, Paths, Files, Facts, Result);
}
