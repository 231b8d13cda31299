#include "analysis/extract/SummaryAction.h"

#include "analysis/extract/InstantiationFilter.h"
#include "analysis/extract/ParseListeners.h"
#include "analysis/extract/StandInTarget.h"

#include "clang/Basic/TargetInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaConsumer.h"
#include "llvm/Support/FileSystem.h"

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

  void InitializeSema(Sema &S) override { Semantics = &S; }
  void ForgetSema() override { Semantics = nullptr; }

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
};

} // namespace

bool SummaryAction::BeginInvocation(CompilerInstance &Compiler) {
  if (StandInLayout)
    replaceTarget(Compiler, StandInTriple, *StandInLayout);
  return true;
}

bool SummaryAction::BeginSourceFileAction(CompilerInstance &Compiler) {
  if (Compiler.getLangOpts().CPlusPlus && !Compiler.getLangOpts().DelayedTemplateParsing)
    Compiler.getPreprocessor().addPPCallbacks(
        std::make_unique<SystemTemplateDelay>(Compiler.getLangOpts()));
  Compiler.getPreprocessor().addPPCallbacks(std::make_unique<InactiveText>(Facts));
  return true;
}

std::unique_ptr<ASTConsumer> SummaryAction::CreateASTConsumer(CompilerInstance &Compiler,
                                                              StringRef) {
  return std::make_unique<SummaryConsumer>(Compiler, Paths, Files, Facts, Result);
}
