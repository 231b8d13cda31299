#include "analysis/extract/HostedParse.h"

#include "analysis/extract/ParseListeners.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/ChainedDiagnosticConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/BLAKE3.h"

using namespace assay;
using namespace clang;

/// What the preprocessor asked of files that it did not read as source.
struct HostedParse::Questions {
  std::string HasInclude; ///< each name with the answer
  bool Embeds = false;
};

namespace {

class HostedQuestions : public PPCallbacks {
public:
  HostedQuestions(std::string &HasInclude, bool &Embeds, std::shared_ptr<void> Owner)
      : Answers(HasInclude), Embeds(Embeds), Owner(std::move(Owner)) {}
  void HasInclude(SourceLocation, StringRef Name, bool, OptionalFileEntryRef File,
                  SrcMgr::CharacteristicKind) override {
    Answers += (Name + "\n" + (File ? File->getName() : StringRef()) + "\n").str();
  }
  void HasEmbed(SourceLocation, StringRef, bool, OptionalFileEntryRef) override { Embeds = true; }
  void EmbedDirective(SourceLocation, StringRef, bool, OptionalFileEntryRef,
                      const LexEmbedParametersResult &) override {
    Embeds = true;
  }

private:
  std::string &Answers;
  bool &Embeds;
  std::shared_ptr<void> Owner;
};

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
    : Compiler(Compiler), Facts(std::make_shared<ParseFacts>()),
      Asked(std::make_shared<Questions>()) {
  Compiler.getPreprocessor().addPPCallbacks(std::make_unique<HostedText>(Facts));
  Compiler.getPreprocessor().addPPCallbacks(
      std::make_unique<HostedQuestions>(Asked->HasInclude, Asked->Embeds, Asked));
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

namespace {

/// Texts and numbers, each so that no two lists of them give the same bytes.
class DigestMaker {
public:
  void text(StringRef Text) {
    const uint64_t Size = Text.size();
    Hash.update(llvm::ArrayRef(reinterpret_cast<const uint8_t *>(&Size), sizeof(Size)));
    Hash.update(Text);
  }
  std::array<uint8_t, 32> take() { return Hash.final<32>(); }

private:
  llvm::BLAKE3 Hash;
};

} // namespace

std::optional<std::array<uint8_t, 32>> HostedParse::digest(ASTContext &Context) const {
  if (Asked->Embeds || Context.getExternalSource() || Compiler.getPreprocessor().SawDateOrTime())
    return std::nullopt;
  DigestMaker Out;
  Out.text(getClangFullVersion());
  for (const std::string &Word : Compiler.getInvocation().getCC1CommandLine())
    Out.text(Word);
  Out.text(Asked->HasInclude);
  std::vector<std::pair<StringRef, StringRef>> Files;
  const SourceManager &Sources = Context.getSourceManager();
  for (auto It = Sources.fileinfo_begin(); It != Sources.fileinfo_end(); ++It)
    if (const auto Text = It->second->getBufferIfLoaded())
      Files.emplace_back(It->first.getName(), Text->getBuffer());
  llvm::sort(Files);
  for (const auto &[Name, Text] : Files) {
    Out.text(Name);
    Out.text(Text);
  }
  return Out.take();
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
