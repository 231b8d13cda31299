#include "analysis/extract/HostedParse.h"

#include "analysis/extract/ParseListeners.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Frontend/ChainedDiagnosticConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"

using namespace assay;
using namespace clang;

namespace {

/// A warning that the host's command makes an error has damaged nothing.
bool isDamage(DiagnosticsEngine::Level Level, unsigned Id) {
  return Level >= DiagnosticsEngine::Error && (!DiagnosticIDs::isBuiltinWarningOrExtension(Id) ||
                                               DiagnosticIDs::isDefaultMappingAsError(Id));
}

class HostedDiagnostics : public DiagnosticConsumer {
public:
  explicit HostedDiagnostics(std::shared_ptr<ParseFacts> Facts)
      : Facts(std::move(Facts)), Keeper(*this->Facts) {}
  void HandleDiagnostic(DiagnosticsEngine::Level Level, const clang::Diagnostic &Info) override {
    if (isDamage(Level, Info.getID()))
      Keeper.HandleDiagnostic(Level, Info);
  }

private:
  std::shared_ptr<ParseFacts> Facts;
  DiagnosticKeeper Keeper;
};

class HostedText : public InactiveText {
public:
  explicit HostedText(std::shared_ptr<ParseFacts> Facts)
      : InactiveText(*Facts), Facts(std::move(Facts)) {}

private:
  std::shared_ptr<ParseFacts> Facts;
};

} // namespace

HostedParse::HostedParse(CompilerInstance &Compiler)
    : Compiler(Compiler), Facts(std::make_shared<ParseFacts>()) {
  Compiler.getPreprocessor().addPPCallbacks(std::make_unique<HostedText>(Facts));
  DiagnosticsEngine &Diagnostics = Compiler.getDiagnostics();
  auto Mine = std::make_unique<HostedDiagnostics>(Facts);
  DiagnosticConsumer *Host = Diagnostics.getClient();
  std::unique_ptr<DiagnosticConsumer> Owned = Diagnostics.takeClient();
  Diagnostics.setClient(Owned ? new ChainedDiagnosticConsumer(std::move(Owned), std::move(Mine))
                              : new ChainedDiagnosticConsumer(Host, std::move(Mine)),
                        /*ShouldOwnClient=*/true);
}

std::vector<std::string> HostedParse::macros() const {
  std::vector<std::string> Names;
  for (const auto &[Text, IsUndefined] : Compiler.getPreprocessorOpts().Macros)
    if (!IsUndefined)
      Names.push_back(Text);
  llvm::sort(Names);
  return Names;
}

bool HostedParse::hadFatalError() const {
  return Compiler.getDiagnostics().hasFatalErrorOccurred();
}

WrittenUnit HostedParse::summary(ASTContext &Context, const PathForms &Paths, CommandRow Command,
                                 const std::string &Directory) const {
  ParseFacts Mine = *Facts;
  Mine.Command = std::move(Command);
  Mine.Command.Target = Context.getTargetInfo().getTriple().str();
  Mine.Command.Language = languageOf(Context.getLangOpts());
  Mine.Directory = Directory;
  return summarise(Context, Paths, std::move(Mine));
}
