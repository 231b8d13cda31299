#include "analysis/extract/HostedParse.h"

#include "analysis/extract/LineUses.h"
#include "analysis/extract/MainTokens.h"
#include "analysis/extract/ParseListeners.h"
#include "analysis/extract/StoredWords.h"
#include "analysis/model/Rows.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/ChainedDiagnosticConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"

#include <set>

using namespace assay;
using namespace clang;

/// What the preprocessor asked of files that it did not read as source.
struct HostedParse::Questions {
  std::string HasInclude; ///< each name with the answer
  bool Embeds = false;
  LineUses Lines;
};

namespace {

/// One listener for all: the preprocessor tells each of every token's macro and every file.
class HostedText : public InactiveText {
public:
  HostedText(std::shared_ptr<ParseFacts> Facts, std::string &HasInclude, bool &Embeds,
             LineUses &Lines, Preprocessor &PP, std::shared_ptr<void> Owner)
      : InactiveText(*Facts), Facts(std::move(Facts)), Answers(HasInclude), Embeds(Embeds),
        Lines(Lines), PP(PP), Owner(std::move(Owner)) {}
  void MacroExpands(const Token &Name, const MacroDefinition &Macro, SourceRange,
                    const MacroArgs *) override {
    const MacroInfo *Info = Macro.getMacroInfo();
    if (Info && Info->isBuiltinMacro() && Name.getIdentifierInfo()->isStr("__LINE__"))
      Lines.note(Name.getLocation(), PP);
  }
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
  std::shared_ptr<ParseFacts> Facts;
  std::string &Answers;
  bool &Embeds;
  LineUses &Lines;
  Preprocessor &PP;
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

} // namespace

HostedParse::HostedParse(CompilerInstance &Compiler)
    : Compiler(Compiler), Facts(std::make_shared<ParseFacts>()),
      Asked(std::make_shared<Questions>()) {
  Preprocessor &PP = Compiler.getPreprocessor();
  PP.addPPCallbacks(std::make_unique<HostedText>(Facts, Asked->HasInclude, Asked->Embeds,
                                                 Asked->Lines, PP, Asked));
  DiagnosticsEngine &Diagnostics = Compiler.getDiagnostics();
  auto Mine = std::make_unique<HostedDiagnostics>(Facts);
  DiagnosticConsumer *Host = Diagnostics.getClient();
  std::unique_ptr<DiagnosticConsumer> Owned = Diagnostics.takeClient();
  Diagnostics.setClient(Owned ? new ChainedDiagnosticConsumer(std::move(Owned), std::move(Mine))
                              : new ChainedDiagnosticConsumer(Host, std::move(Mine)),
                        /*ShouldOwnClient=*/true);
}

/// Clang's driver adds it to every command, by words that name no macro (-g).
static constexpr llvm::StringLiteral DriversMacro = "__GCC_HAVE_DWARF2_CFI_ASM=1";

std::vector<std::string> HostedParse::macros() const {
  std::vector<std::string> Names;
  for (const auto &[Text, IsUndefined] : Compiler.getPreprocessorOpts().Macros)
    if (!IsUndefined && Text != DriversMacro)
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

const std::vector<HostedParse::ReadText> &HostedParse::texts(ASTContext &Context) const {
  if (!Texts.empty())
    return Texts;
  const SourceManager &Sources = Context.getSourceManager();
  const auto Main = Sources.getFileEntryRefForID(Sources.getMainFileID());
  for (auto It = Sources.fileinfo_begin(); It != Sources.fileinfo_end(); ++It)
    if (const auto Text = It->second->getBufferIfLoaded()) {
      const FileEntry &File = It->first.getFileEntry();
      const auto Before = Known ? Known(File.tryGetRealPathName(), File) : std::nullopt;
      Texts.push_back(
          {It->first.getName(),
           Before ? *Before : llvm::BLAKE3::hash<32>(arrayRefFromStringRef(Text->getBuffer())),
           Main && It->first == *Main});
    }
  llvm::sort(Texts, [](const ReadText &A, const ReadText &B) {
    return std::tie(A.Name, A.Digest) < std::tie(B.Name, B.Digest);
  });
  return Texts;
}

std::vector<std::string> HostedParse::filesRead(ASTContext &Context) const {
  const SourceManager &Sources = Context.getSourceManager();
  std::vector<std::string> Paths;
  for (auto It = Sources.fileinfo_begin(); It != Sources.fileinfo_end(); ++It)
    if (It->second->getBufferIfLoaded())
      Paths.push_back(It->first.getFileEntry().tryGetRealPathName().str());
  llvm::sort(Paths);
  return Paths;
}

bool HostedParse::followsFromTexts(ASTContext &Context) const {
  return !Asked->Embeds && !Context.getExternalSource() &&
         !Compiler.getPreprocessor().SawDateOrTime();
}

/// `MainFile`: what stands for its text; none: the text itself.
HostedParse::TextDigest HostedParse::digestWith(ASTContext &Context,
                                                const std::optional<TextDigest> &MainFile) const {
  DigestMaker Out;
  Out.text(getClangFullVersion());
  for (const std::string &Word : Compiler.getInvocation().getCC1CommandLine())
    Out.text(Word);
  Out.text(Asked->HasInclude);
  for (const ReadText &Read : texts(Context)) {
    Out.text(Read.Name);
    Out.text(llvm::toStringRef(Read.IsMain && MainFile ? *MainFile : Read.Digest));
  }
  return Out.take();
}

std::optional<HostedParse::TextDigest> HostedParse::digest(ASTContext &Context) const {
  return followsFromTexts(Context) ? std::optional(digestWith(Context, std::nullopt))
                                   : std::nullopt;
}

std::optional<HostedParse::Tokens> HostedParse::tokens(ASTContext &Context) const {
  if (!followsFromTexts(Context) || Asked->Lines.matter(Context.getSourceManager()))
    return std::nullopt;
  MainTokens Main = mainTokens(Context.getSourceManager(), Context.getLangOpts());
  return Tokens{
      digestWith(Context, llvm::BLAKE3::hash<32>(llvm::arrayRefFromStringRef(Main.Words))),
      std::move(Main.Places)};
}

bool HostedParse::askedForHeaders() const {
  return !Asked->HasInclude.empty();
}

/// Of the macro that clang-tidy alone defines: the source asked for it, or took it away.
static bool knowsHost(Preprocessor &PP) {
  const MacroInfo *Mark = PP.getMacroInfo(PP.getIdentifierInfo("__clang_analyzer__"));
  return !Mark || Mark->isUsed();
}

bool HostedParse::isThatOf(ASTContext &Context, const TUSummary &Known,
                           const PathForms &Paths) const {
  std::vector<std::string> Macros;
  for (const std::string &Word : macros())
    Macros.push_back(withoutCheckout(Word, Paths));
  llvm::sort(Macros);
  const Command *C = Known.command();
  if (!C || textOf(C->target()) != Context.getTargetInfo().getTriple().str() ||
      textOf(C->language()) != languageOf(Context.getLangOpts()) || definedMacros(*C) != Macros ||
      knowsHost(Compiler.getPreprocessor()))
    return false;
  std::set<StringRef> Then;
  for (uint32_t I = 0; I != rowCount(Known.files()); ++I)
    Then.insert(llvm::toStringRef(rows(Known.files()->Get(I)->digest())));
  return llvm::all_of(texts(Context), [&](const ReadText &Read) {
    return Then.count(llvm::toStringRef(Read.Digest)) != 0;
  });
}

WrittenUnit HostedParse::summary(ASTContext &Context, const PathForms &Paths, CommandRow Command,
                                 const std::string &Directory) const {
  ParseFacts Mine = *Facts;
  Mine.Command = std::move(Command);
  Mine.Command.Target = Context.getTargetInfo().getTriple().str();
  Mine.Command.Language = languageOf(Context.getLangOpts());
  Mine.Directory = Directory;
  Mine.ForNow = true;
  return summarise(Context, Paths, std::move(Mine));
}
