// The plugin's work on one unit: it listens while clang-tidy parses, and at the end summarises the
// AST, joins it with the rest of the program, and hands the findings to clang-tidy.
//
// It hangs in Clang's own list of actions that run beside the main one, not among clang-tidy's
// matchers: these would walk the whole AST for nothing.
#include "analysis/extract/HostedParse.h"
#include "analysis/model/Rows.h"
#include "analysis/store/Digest.h"
#include "driver/session/CheckedFindings.h"
#include "driver/session/MovedFindings.h"
#include "driver/session/UnitSession.h"
#include "driver/tidy/CheckNames.h"
#include "driver/tidy/FindingWriter.h"
#include "driver/tidy/TidyHost.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/Path.h"

using namespace assay;
using namespace clang;

namespace {

/// Deep recursion in odd sources is cut by limits that assume this much.
constexpr unsigned StackBytes = 64u << 20;

std::vector<std::string>
textsOf(const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> *Rows) {
  std::vector<std::string> Out;
  for (uint32_t I = 0; Rows && I != Rows->size(); ++I)
    Out.push_back(Rows->Get(I)->str());
  return Out;
}

/// What the last run knew of the unit's command: clang-tidy does not tell it.
CommandRow commandOf(const Unit *Known) {
  CommandRow Row;
  const Command *C = Known ? Known->Summary->command() : nullptr;
  if (!C)
    return Row;
  Row.Directory = C->directory() ? C->directory()->str() : "";
  Row.File = C->file() ? C->file()->str() : "";
  Row.Arguments = textsOf(C->arguments());
  Row.Effective = textsOf(C->effective());
  Row.Dropped = textsOf(C->dropped());
  return Row;
}

class UnitConsumer : public ASTConsumer {
public:
  UnitConsumer(tidy::ClangTidyContext &Tidy, CompilerInstance &Compiler)
      : Tidy(Tidy), Parse(Compiler), File(Tidy.getCurrentFile().str()),
        Directory(Tidy.getCurrentBuildDirectory()) {
    llvm::SmallString<256> Absolute(File);
    llvm::sys::fs::make_absolute(Directory, Absolute);
    llvm::sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
    File = Absolute.str().str();
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    const TidyOptions Options = optionsOf(Tidy);
    TidyHost &Host = TidyHost::get();
    std::vector<Note> Notes;
    const auto Program = Host.programOf(File, Options, Notes);
    const PathForms Paths = Program ? Program->paths() : PathForms(rootOf(File), "");
    FindingWriter Out(Tidy, Context, Paths);
    UnitQuestion Q;
    Q.Rest = Program.get();
    Q.Mine = Program ? Program->unitOf(File, Directory, Parse.macros()) : 0;
    const std::string Folder = TidyHost::folderToKeepIn(Q.Rest, Options);
    FileDigests *Contents =
        Q.Rest ? &Q.Rest->files() : Host.digestsKeptIn(Folder, Paths.projectRoot());
    if (Contents)
      Parse.trust([&](StringRef Path, const FileEntry &File) {
        return isOthers(Path, Paths) ? Contents->digestOf(Path, seen(File)) : std::nullopt;
      });
    if (!Host.policyDigest(File, Options, Folder) && !hasPolicy(Options, Folder, Out))
      return;
    if (answerFromChecked(Context, Q, Paths, Options, Folder, Notes, Out))
      return;
    const std::optional<Digest> Parsed = Parse.digest(Context);
    if (Parsed && answerFromKept(Q, *Parsed, Paths, Options, Folder, Notes, Out))
      return;
    if (answerFromText(Context, Q, Paths, Options, Folder, Notes, Out))
      return;
    const auto Shape = summarise(Context, Q, Paths, Out);
    if (!Shape)
      return;
    if (answerFromFormer(Context, Q, *Shape, Parsed, Paths, Options, Folder, Notes, Out))
      return;
    if (!hasPolicy(Options, Folder, Out))
      return;
    const auto &Rules = Host.policyFor(File, Options, Folder);
    sayStanding(Q, Notes, Out);
    const auto &Policy = std::get<assay::Policy>(Rules);
    Q.FoundBefore = checksOf(checked(Q, Policy.Digest));
    const auto Found = judge(Policy, Q, Out);
    if (!Found)
      return;
    for (const UnitFinding &F : *Found)
      Out.write(F.What, F.Page);
    // What was judged beside a store that is not whole may be otherwise when it is.
    if (Q.Rest && !Q.Rest->isAsRecorded())
      return;
    keep(Context, Q, Parsed, Paths, Policy.Digest, Folder, *Found);
    UnitAnswers(Folder).keepLast(keyOf(Q, std::nullopt, Paths, Policy.Digest), {*Shape, *Found});
    if (Contents && !Q.Rest)
      remember(*Contents, Context, Paths);
  }

private:
  /// Headers of the system and its libraries: nobody edits them while he works on the project.
  static bool isOthers(StringRef Path, const PathForms &Paths) {
    return llvm::sys::path::is_absolute(Path) && !Path.starts_with(Paths.projectRoot()) &&
           (Paths.buildDir().empty() || !Path.starts_with(Paths.buildDir()));
  }
  static FileDigests::Seen seen(const FileEntry &File) {
    return {static_cast<uint64_t>(File.getSize()), File.getUniqueID().getFile(),
            File.getUniqueID().getDevice(), static_cast<int64_t>(File.getModificationTime())};
  }
  void remember(FileDigests &Contents, ASTContext &Context, const PathForms &Paths) const {
    for (const std::string &Path : Parse.filesRead(Context))
      if (isOthers(Path, Paths))
        Contents.digestOf(Path);
    if (Contents.filesRead())
      llvm::consumeError(Contents.save());
  }

  /// Else says why not.
  bool hasPolicy(const TidyOptions &Options, const std::string &Folder, FindingWriter &Out) {
    const auto &Rules = TidyHost::get().policyFor(File, Options, Folder);
    if (const auto *Trouble = std::get_if<TidyHost::Trouble>(&Rules))
      Out.trouble("Assay checks nothing: " + Trouble->front(),
                  llvm::ArrayRef(*Trouble).drop_front());
    return std::holds_alternative<Policy>(Rules);
  }

  /// All that the findings follow from; without `Parsed`, but for the unit itself.
  Digest keyOf(const UnitQuestion &Q, const std::optional<Digest> &Parsed, const PathForms &Paths,
               StringRef PolicyDigest) const {
    KeyMaker Key;
    if (Parsed)
      Key.digest(*Parsed);
    Key.number(Q.Rest != nullptr);
    if (Q.Rest)
      Key.digest(Q.Rest->digestAround(Q.Mine));
    Key.text(PolicyDigest);
    Key.text(Tidy.getOptions().Checks.value_or(""));
    for (StringRef Text :
         {Paths.projectRoot(), Paths.buildDir(), StringRef(File), StringRef(Directory)})
      Key.text(Text);
    return Key.take();
  }

  /// The last run of assay check saw the unit as it is now, and still holds for the rest.
  bool isAsChecked(ASTContext &Context, const UnitQuestion &Q, const PathForms &Paths) const {
    const auto &Own = Tidy.getOptions();
    const bool OtherWords = hasWordsForCompiler() || (Own.ExtraArgs && !Own.ExtraArgs->empty()) ||
                            (Own.ExtraArgsBefore && !Own.ExtraArgsBefore->empty());
    if (!Q.Rest || OtherWords || !Q.Rest->hasSameDatabase())
      return false;
    const Unit *Then = Q.Rest->recordedUnit(Q.Mine);
    return Then && Parse.isThatOf(Context, *Then->Summary, Paths) &&
           (!Parse.askedForHeaders() || Q.Rest->isSurelyFresh(Q.Mine));
  }

  bool answerFromChecked(ASTContext &Context, const UnitQuestion &Q, const PathForms &Paths,
                         const TidyOptions &Options, const std::string &Folder,
                         llvm::ArrayRef<Note> Notes, FindingWriter &Out) {
    const std::optional<std::string> Policy = TidyHost::get().policyDigest(File, Options, Folder);
    if (!Policy || !isAsChecked(Context, Q, Paths))
      return false;
    const auto Found = CheckedFindings(Q.Rest->storeDir())
                           .recall(Q.Rest->digest(), *Policy, filesOf(*Q.Rest->unit(Q.Mine)));
    if (!answer(Found, Q, Notes, Out))
      return false;
    // To find these words by their digest, they would have to be read each time.
    const Digest Key = keyOfText(keyOf(Q, std::nullopt, Paths, *Policy), Q.Rest->digest());
    if (const UnitAnswers Kept(Folder); !Kept.hasText(Key))
      if (const auto &Now = words(Context))
        Kept.keepText(Key, {*Now, *Found});
    return true;
  }

  bool answerFromKept(const UnitQuestion &Q, const Digest &Parsed, const PathForms &Paths,
                      const TidyOptions &Options, const std::string &Folder,
                      llvm::ArrayRef<Note> Notes, FindingWriter &Out) {
    const std::optional<std::string> Policy = TidyHost::get().policyDigest(File, Options, Folder);
    return Policy &&
           answer(UnitAnswers(Folder).recall(keyOf(Q, Parsed, Paths, *Policy)), Q, Notes, Out);
  }

  /// False: it is not known.
  static bool answer(const std::optional<std::vector<UnitFinding>> &Known, const UnitQuestion &Q,
                     llvm::ArrayRef<Note> Notes, FindingWriter &Out) {
    if (!Known)
      return false;
    Q.Rest ? sayStale(*Q.Rest, Q.Mine, Out) : sayNoStore(Notes, Out);
    for (const UnitFinding &F : *Known)
      Out.write(F.What, F.Page);
    return true;
  }

  void keep(ASTContext &Context, const UnitQuestion &Q, const std::optional<Digest> &Parsed,
            const PathForms &Paths, StringRef PolicyDigest, const std::string &Folder,
            const std::vector<UnitFinding> &Found) const {
    if (Parsed)
      UnitAnswers(Folder).keep(keyOf(Q, Parsed, Paths, PolicyDigest), Found);
    if (const auto &Now = words(Context))
      UnitAnswers(Folder).keepText(
          keyOfText(keyOf(Q, std::nullopt, Paths, PolicyDigest), Now->Content), {*Now, Found});
  }

  /// The main file's tokens; none where they do not say all.
  const std::optional<UnitShape> &words(ASTContext &Context) const {
    if (!Words) {
      Words.emplace();
      if (auto Tokens = Parse.tokens(Context))
        Words->emplace(UnitShape{Tokens->All, std::move(Tokens->Places)});
    }
    return *Words;
  }
  /// Several states of a unit are kept: those that were judged, and that which assay check saw.
  static Digest keyOfText(const Digest &Around, const Digest &State) {
    KeyMaker Key;
    Key.digest(Around);
    Key.digest(State);
    return Key.take();
  }

  /// The same words as before, elsewhere.
  bool answerFromText(ASTContext &Context, const UnitQuestion &Q, const PathForms &Paths,
                      const TidyOptions &Options, const std::string &Folder,
                      llvm::ArrayRef<Note> Notes, FindingWriter &Out) {
    const std::optional<std::string> Policy = TidyHost::get().policyDigest(File, Options, Folder);
    if (!Policy)
      return false;
    const UnitAnswers Kept(Folder);
    const auto &Now = words(Context);
    if (!Now)
      return false;
    const Digest Around = keyOf(Q, std::nullopt, Paths, *Policy);
    auto Then = Kept.recallText(keyOfText(Around, Now->Content));
    if (!Then && Q.Rest)
      Then = Kept.recallText(keyOfText(Around, Q.Rest->digest()));
    return Then && answer(movedTo(*Now, std::move(*Then), Paths.toStored(File)), Q, Notes, Out);
  }

  /// The state that the last run of assay check saw, and all that it found there.
  static std::optional<JudgedUnit> checked(const UnitQuestion &Q, const std::string &Policy) {
    const Unit *Then = Q.Rest ? Q.Rest->recordedUnit(Q.Mine) : nullptr;
    if (!Then)
      return std::nullopt;
    auto Found =
        CheckedFindings(Q.Rest->storeDir()).recall(Q.Rest->digest(), Policy, filesOf(*Then));
    if (!Found)
      return std::nullopt;
    return JudgedUnit{shapeOf(*Then->Summary), std::move(*Found)};
  }

  static std::optional<std::set<std::string>> checksOf(const std::optional<JudgedUnit> &Then) {
    if (!Then)
      return std::nullopt;
    std::set<std::string> Checks;
    for (const UnitFinding &F : Then->Found)
      Checks.insert(F.What.Check);
    return Checks;
  }

  /// An edit that moved places and changed nothing else: what was found before is found again.
  bool answerFromFormer(ASTContext &Context, const UnitQuestion &Q, const UnitShape &Shape,
                        const std::optional<Digest> &Parsed, const PathForms &Paths,
                        const TidyOptions &Options, const std::string &Folder,
                        llvm::ArrayRef<Note> Notes, FindingWriter &Out) {
    const std::optional<std::string> Policy = TidyHost::get().policyDigest(File, Options, Folder);
    if (!Policy)
      return false;
    const Digest Key = keyOf(Q, std::nullopt, Paths, *Policy);
    const auto Try = [&](std::optional<JudgedUnit> Then) {
      const auto Moved =
          Then ? movedTo(Shape, std::move(*Then), Paths.toStored(File)) : std::nullopt;
      if (!answer(Moved, Q, Notes, Out))
        return false;
      keep(Context, Q, Parsed, Paths, *Policy, Folder, *Moved);
      return true;
    };
    return Try(checked(Q, *Policy)) || Try(UnitAnswers(Folder).recallLast(Key));
  }

  void sayStanding(const UnitQuestion &Q, llvm::ArrayRef<Note> Notes, FindingWriter &Out) {
    using Lack = TidyHost::Lack;
    if (!Q.Rest)
      return sayNoStore(Notes, Out);
    if (const std::string Text = Q.Rest->missing(Q.Mine); !Text.empty())
      return say(Lack::Missing,
                 Text + ": what is found is what this file proves by itself; run assay check",
                 Q.Rest->notes(), Out);
    sayStale(*Q.Rest, Q.Mine, Out);
  }

  static void sayNoStore(llvm::ArrayRef<Note> Notes, FindingWriter &Out) {
    const std::string What = Notes.empty() ? "no store of Assay has this file"
                                           : "the store of Assay cannot be used for this file";
    say(TidyHost::Lack::NoStore,
        What + ": what is found is what it proves by itself; run assay check for the rest", Notes,
        Out);
  }

  static void sayStale(const StoredProgram &Program, size_t Mine, FindingWriter &Out) {
    if (const std::string Text = Program.stale(Mine); !Text.empty())
      say(TidyHost::Lack::Stale, Text + ": what is found rests on that; run assay check", {}, Out);
  }

  static void say(TidyHost::Lack Lack, std::string Text, llvm::ArrayRef<Note> Notes,
                  FindingWriter &Out) {
    if (!Notes.empty())
      Text += " (" + Notes.front().Text + ")";
    if (TidyHost::get().saysFirst(Lack))
      Out.remark(Text);
  }

  /// With a stack of its own. False: it crashed, and was said to.
  static bool survives(FindingWriter &Out, llvm::function_ref<void()> Work) {
    llvm::CrashRecoveryContext::Enable();
    llvm::CrashRecoveryContext Guard;
    const bool Survived = Guard.RunSafelyOnThread(Work, StackBytes);
    llvm::CrashRecoveryContext::Disable();
    if (!Survived)
      Out.trouble("Assay could not judge this file: it crashed", {});
    return Survived;
  }

  /// Makes Q.Parsed.
  std::optional<UnitShape> summarise(ASTContext &Context, UnitQuestion &Q, const PathForms &Paths,
                                     FindingWriter &Out) {
    UnitShape Shape;
    if (!survives(Out, [&] {
          Q.Parsed = Parse.summary(Context, Paths,
                                   commandOf(Q.Rest ? Q.Rest->unit(Q.Mine) : nullptr), Directory);
          Shape = shapeOf(*GetTUSummary(Q.Parsed.Summary.data()));
        }))
      return std::nullopt;
    return Shape;
  }

  std::optional<std::vector<UnitFinding>> judge(const Policy &Rules, const UnitQuestion &Q,
                                                FindingWriter &Out) {
    std::optional<llvm::Expected<std::vector<Finding>>> Found;
    if (!survives(Out, [&] {
          Found = judgeUnit(Q, Rules, [&](const CheckPage &Page) {
            return Tidy.isCheckEnabled(checkNameOf(Page.Id));
          });
        }))
      return std::nullopt;
    if (!*Found) {
      Out.trouble("Assay could not judge this file: " + llvm::toString(Found->takeError()), {});
      return std::nullopt;
    }
    std::vector<UnitFinding> Mine;
    for (Finding &F : **Found)
      Mine.push_back({std::move(F), ""});
    for (UnitFinding &F : Mine)
      F.Page = pageFileOf(F.What.Check, Rules);
    return Mine;
  }

  tidy::ClangTidyContext &Tidy;
  HostedParse Parse;
  std::string File, Directory; ///< absolute
  mutable std::optional<std::optional<UnitShape>> Words;
};

class UnitAction : public PluginASTAction {
protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler, StringRef) override {
    if (tidy::ClangTidyContext *Tidy = TidyCheck::takeContext())
      return std::make_unique<UnitConsumer>(*Tidy, Compiler);
    return std::make_unique<ASTConsumer>();
  }
  bool ParseArgs(const CompilerInstance &, const std::vector<std::string> &) override {
    return true;
  }
  ActionType getActionType() override { return AddAfterMainAction; }
};

FrontendPluginRegistry::Add<UnitAction> Registered("assay", "Judges the unit by Assay's checks.");

} // namespace
