// literal: is a text or a constant array of the source itself a secret?
#include "analysis/solve/AccountRows.h"
#include "analysis/solve/BoundValues.h"
#include "analysis/solve/CallMeaning.h"
#include "analysis/solve/Judging.h"
#include "analysis/solve/LiteralTable.h"
#include "analysis/solve/NumberSecrets.h"
#include "analysis/solve/OperandNames.h"
#include "analysis/solve/Settings.h"
#include "analysis/solve/TakenAs.h"

#include "llvm/ADT/StringExtras.h"

#include <array>
#include <map>
#include <optional>
#include <set>

using namespace assay;

namespace {

class LiteralJudge {
public:
  LiteralJudge(const LiteralProperty &P, const Judging &J)
      : P(P), J(J), Chosen(P.Grade.ChosenBy, J), Taken(P, J),
        OfKeys(llvm::is_contained(P.Named, "key")) {
    // What a flow of the same page has found already is said there, with its way.
    for (const Finding &F : J.Out.Findings)
      for (const Location &At : F.Secrets)
        Told.insert(At);
  }

  void run() {
    for (const LiteralSpot &S : J.Literals.spots())
      if (J.Asked.here(S.At.Body))
        judgeSpot(S);
    if (P.In != LiteralProperty::Rows::Accounts && llvm::is_contained(P.Named, "password"))
      for (BodyId B = 0; B != J.Prog.bodyCount(); ++B)
        if (J.Asked.here(B) && !J.Roles.isOutOfScope(B) && !J.Literals.isOfSystem(B))
          for (const LiteralSpot &S : numberSecrets(B, J.Prog, J.Lex))
            if (isThere(S))
              report(S, J.Masks.describeNumber(S.Text), S.Holder);
  }

private:
  static constexpr llvm::StringLiteral SiteRole = "literal";

  const Constant &constant(const LiteralSpot &S) const {
    return *J.Prog.body(S.At.Body).Data->constants()->Get(S.Const);
  }
  Location at(const LiteralSpot &S) const { return J.Words.at(S.At.Body, constant(S).loc()); }

  void judgeSpot(const LiteralSpot &S) {
    if (S.Text.empty())
      return;
    if (!P.Shaped.empty())
      if (const TextShape *Shape = J.Lex.shapeOf(S.Text, P.Shaped); Shape && isThere(S))
        return report(S, Shape->What, S.Holder);
    if (P.Named.empty() || S.Compared || !S.Parts.empty())
      return;
    const std::string Name = nameOf(S);
    if (Name.empty() || !fitsRows(S, Name) || !fitsTexts(S, Name) || !isThere(S))
      return;
    if (const char *Why = innocence(S, Name))
      return site(S, Verdict::Pass, Why);
    report(S, J.Masks.describe(S.Text), Name);
  }

  bool isThere(const LiteralSpot &S) const {
    return inContext(P.Where, J, J.Words.function(S.At.Body), at(S).File, {S.Holder});
  }

  /// The name by which it is a secret: of the key before it, of what holds it, of its macro.
  std::string nameOf(const LiteralSpot &S) const {
    constexpr size_t LongestKey = 64;
    // In a row of accounts the text before it is whose password it is, not what it is.
    if (P.In != LiteralProperty::Rows::Accounts && !S.Key.empty() && S.Key.size() < LongestKey &&
        !llvm::StringRef(S.Key).contains(' ') && J.Lex.isNamed(S.Key, P.Named) && !isSecretKey(S))
      return S.Key;
    if (J.Lex.isNamed(S.Holder, P.Named) || isArrayOfKey(S) || isDrawnKey(S, S.Holder))
      return S.Holder;
    if (S.IsAnswer && isAnswering(S.At.Body))
      return ownName(J.Words.function(S.At.Body));
    if (P.In == LiteralProperty::Rows::Accounts && isWordOfPair(S, J))
      return J.Literals.rows()[S.Row].Table;
    for (const llvm::StringRef Macro : macrosOf(S))
      if (J.Lex.isNamed(Macro, P.Named) || isDrawnKey(S, Macro))
        return Macro.str();
    // A message is none, and there are many.
    return llvm::StringRef(S.Text).contains(' ') && !S.IsArray ? "" : Taken.of(S);
  }

  /// LORA_KEY[16]: as many bytes as a cipher's key has, and a name that says no more than "key".
  bool isArrayOfKey(const LiteralSpot &S) const {
    return OfKeys && S.IsArray && llvm::is_contained({16u, 24u, 32u}, S.Text.size()) &&
           J.Lex.isNamed(S.Holder, {"key-bytes"});
  }

  /// internetKey = "AQ7Ynq23JYCtyHWATwS9"
  bool isDrawnKey(const LiteralSpot &S, llvm::StringRef Name) const {
    return OfKeys && !S.IsArray && looksDrawn(S.Text) && J.Lex.isNamed(Name, {"key-bytes"});
  }

  /// The function is handed to one that will ask it for such a secret.
  bool isAnswering(BodyId Id) const {
    if (!Answering) {
      Answering.emplace();
      for (const std::string &R : P.Answers)
        for (const RoleSite &S : J.Roles.sitesOf(R))
          addAnswering(S, J.Roles.role(R)->Enters);
    }
    return Answering->count(Id) != 0;
  }

  void addAnswering(const RoleSite &S, const std::map<std::string, EntryWay> &Binds) const {
    J.Values.begin();
    for (const auto &[Bind, Way] : Binds)
      for (const Value &V : boundValues(S, Bind, J).value_or(ValueSet()))
        if (V.K == Value::Kind::Function)
          for (BodyId Body : J.Prog.bodiesOf(V.Entity))
            Answering->insert(Body);
  }

  /// connect("pump", "OldPassword", "ward"): the text before it is itself given as a secret, and
  /// names nothing.
  bool isSecretKey(const LiteralSpot &S) const {
    return S.KeySpot != NoId && (J.Lex.isNamed(J.Literals.spots()[S.KeySpot].Holder, P.Named) ||
                                 J.Literals.isListOfNames(S) || areOfOneFamily(S.Key, S.Text));
  }

  /// "OpenConnect.Password", "OpenConnect.Cookie"
  static bool areOfOneFamily(llvm::StringRef Key, llvm::StringRef Text) {
    return Key.contains('.') && Key.split('.').first == Text.split('.').first;
  }

  std::array<llvm::StringRef, 2> macrosOf(const LiteralSpot &S) const {
    const IndexTables &In = J.Prog.tablesOf(S.At.Body);
    const Constant &C = constant(S);
    return {In.string(C.inner_macro()), In.string(C.loc().macro())};
  }

  /// Why such a literal is no secret; null: nothing says so.
  const char *innocence(const LiteralSpot &S, const std::string &Name) {
    if (S.IsArray)
      return looksRandom(S.Text) ? nullptr : "the array is a pattern or a table";
    if (S.Text.size() < Shortest)
      return "too short for a secret";
    if (J.Lex.isPlain(S.Text) && !isDefaultOfAccount(S) && !isDefaultPhrase(S))
      return "a label, a path, a placeholder or a keyword";
    if (Name != S.Holder && !isChosen(S, Name) &&
        llvm::none_of(macrosOf(S), [&](auto &Macro) { return Macro == Name; }))
      return "a word after a name, which may be anything";
    if (isShown(S, Name))
      return "a label: it is shown to somebody";
    if (!isInAccountRow(S, J) && !J.Lex.isNamed(Name, {"password"}) && repeatsName(S.Text, Name))
      return "a name: its own name says the same";
    if (isSeveralWords(S.Text))
      return "several words: the name of something";
    if (J.Literals.isOfNamingFunction(S))
      return "one of the names that its function gives things";
    if (J.Literals.isListOfLabels(S) || J.Literals.isInTableOfLabels(S))
      return "one of a list of labels";
    if (J.Literals.isInTableOfNames(S))
      return "a name in a table of names";
    // {"root", "password"}, DEFAULT_PASSWORD "password": there even this is a password.
    const bool Known = Name != S.Key && J.Lex.isListed(S.Text, "default-password") &&
                       (isInAccountRow(S, J) || isDefault(S));
    if (looksLikeName(S.Text) && J.Lex.isNamed(S.Text, P.Named) && !Known)
      return "the name of a secret, not a secret";
    if (looksLikeName(S.Text) && llvm::StringRef(S.Text).starts_with(Name + "_"))
      return "the name of a part of it"; // "pw_uid" beside pw
    if (isInScopeOfNames(S))
      return "the name of a setting, in a scope of such names";
    if (J.Literals.isOverwritten(S))
      return "filled before it is used";
    if (isLabelOf(S, Name))
      return "a label: what it names is called so itself";
    if (isBesideAnonymous(S))
      return "the password of an anonymous account, which is none";
    return nullptr;
  }

  static constexpr size_t Shortest = 3;

  /// #define L_PASSWORD "Kennwort", handed to whoever shows it: no other name says what it is.
  bool isShown(const LiteralSpot &S, const std::string &Name) const {
    return Name != S.Holder && Name != S.Key && !isDefault(S) && !isInAccountRow(S, J) &&
           isLabelByLetters(S.Text) && isAmongLabels(S);
  }

  static bool isLabelByLetters(llvm::StringRef Text) {
    return isHeading(Text) || isShownWord(Text);
  }

  std::optional<EntityId> calleeOf(const LiteralSpot &S) const {
    if (J.Prog.inst(S.At).op() != Op::Call)
      return std::nullopt;
    const auto Targets = J.Prog.calleesOf(S.At).Targets;
    return Targets.empty() ? std::nullopt : std::optional(Targets.front());
  }

  /// The function that it is handed to is handed another such word, too.
  bool isAmongLabels(const LiteralSpot &S) const {
    if (!Labels) {
      Labels.emplace();
      for (const LiteralSpot &O : J.Literals.spots())
        if (isLabelByLetters(O.Text))
          if (const auto Callee = calleeOf(O))
            (*Labels)[*Callee].insert(O.Text);
    }
    const auto Callee = calleeOf(S);
    return !Callee || (*Labels)[*Callee].size() > 1;
  }

  /// storage_key = "freq_offset"; somebody may choose "openSesame" as a password.
  bool isSeveralWords(llvm::StringRef Text) const {
    return P.Of == LiteralProperty::Texts::Words && looksLikeName(Text) &&
           nameWords(Text).size() > 1 && !Text.contains('-') &&
           (Text.contains('_') || !llvm::is_contained(P.Named, "password"));
  }

  /// namespace keys { const char ApiKey[] = "tsKey"; }: letters that end as its own name does.
  bool isInScopeOfNames(const LiteralSpot &S) const {
    const std::string Whole = J.Words.function(S.At.Body);
    const size_t End = Whole.rfind("::");
    const std::vector<std::string> Word = nameWords(S.Text), Own = nameWords(S.Holder);
    if (Word.empty() || Own.empty() || Word.back() != Own.back() ||
        llvm::any_of(S.Text, llvm::isDigit))
      return false;
    return J.Prog.body(S.At.Body).Data->kind() == BodyKind::Initialiser && End != Whole.npos &&
           J.Lex.isNamed(ownName(Whole.substr(0, End)), {"scope-of-names"});
  }

  /// Pin toolsetterPin("Toolsetter"): a word with a capital letter that is the front of the name,
  /// given to an object that is no text. adminPassword = "Admin" is none.
  bool isLabelOf(const LiteralSpot &S, llvm::StringRef Name) const {
    const llvm::StringRef Text = S.Text;
    const std::vector<std::string> Word = nameWords(Text), All = nameWords(Name);
    return makesNoText(S.At) && Word.size() == 1 && All.size() > 1 && All.front() == Word.front() &&
           llvm::isUpper(Text.front()) && llvm::all_of(Text.drop_front(), llvm::isLower);
  }

  bool makesNoText(InstRef At) const {
    if (!BodyView::isCall(J.Prog.inst(At), CallKind::Constructor))
      return false;
    const auto Targets = J.Prog.calleesOf(At).Targets;
    return !Targets.empty() && llvm::none_of(Targets, [&](EntityId Made) {
      return meaningOf(Made, J.Roles).ToThis ||
             J.Lex.isNamed(ownName(J.Prog.entity(Made).Qualified.str()), {"text-type"});
    });
  }

  /// Its name says that it stands there until somebody sets another.
  bool isDefault(const LiteralSpot &S) const {
    const auto IsDefault = [&](llvm::StringRef N) { return J.Lex.isNamed(N, {"default"}); };
    return IsDefault(S.Holder) || llvm::any_of(macrosOf(S), IsDefault);
  }

  /// ... or that of the function: load_defaults().
  bool isInDefaults(const LiteralSpot &S) const {
    return J.Lex.isNamed(ownName(J.Words.function(S.At.Body)), {"sets-defaults"});
  }

  /// DEFAULT_USER_PASSWORD "user": the word is no keyword there, but an account's own name.
  bool isDefaultOfAccount(const LiteralSpot &S) const {
    return J.Lex.isListed(S.Text, "account") && isDefault(S);
  }

  /// DEFAULT_PASSPHRASE "two words": with blanks it is no message there, if it is none without.
  bool isDefaultPhrase(const LiteralSpot &S) const {
    std::string Joined = S.Text;
    std::erase(Joined, ' ');
    return Joined != S.Text && isDefault(S) && !J.Lex.isPlain(Joined);
  }

  /// The same function says who logs in so: "anonymous", whose password is anything.
  bool isBesideAnonymous(const LiteralSpot &S) {
    if (!AnonymousKnown) {
      AnonymousKnown = true;
      for (const LiteralSpot &O : J.Literals.spots())
        if (llvm::StringRef(O.Text).starts_with_insensitive("anonymous"))
          Anonymous.insert(O.At.Body);
    }
    return Anonymous.count(S.At.Body) != 0;
  }

  /// Of key length, without a pattern: not a ramp, not mostly one byte.
  static bool looksRandom(llvm::StringRef Bytes) {
    constexpr size_t Shortest = 8, Longest = 64;
    if (Bytes.size() < Shortest || Bytes.size() > Longest)
      return false;
    std::set<char> Distinct(Bytes.begin(), Bytes.end());
    std::set<int> Steps;
    for (size_t I = 1; I != Bytes.size(); ++I)
      Steps.insert(static_cast<unsigned char>(Bytes[I] - Bytes[I - 1]));
    return Distinct.size() > Bytes.size() / 3 && Steps.size() > 3;
  }

  bool fitsTexts(const LiteralSpot &S, const std::string &Name) const {
    return P.Of == LiteralProperty::Texts::Any ||
           isChosen(S, Name) == (P.Of == LiteralProperty::Texts::Chosen);
  }

  /// More than a word beside a name: by its letters, as one that people choose, or since its place
  /// is that of what the device is delivered with.
  bool isChosen(const LiteralSpot &S, const std::string &Name) const {
    if (S.IsArray || looksChosen(S.Text) || isDefault(S) || isInDefaults(S))
      return true;
    return Name == S.Holder &&
           (J.Lex.isListed(S.Text, "default-password") || J.Lex.isListed(S.Text, "account"));
  }

  /// {"admin_password", "word"}: whatever the fields are called, the text before it is its key.
  bool fitsRows(const LiteralSpot &S, const std::string &Name) const {
    return P.In == LiteralProperty::Rows::Any ||
           (P.In == LiteralProperty::Rows::Others && Name == S.Key) ||
           isInAccountRow(S, J) == (P.In == LiteralProperty::Rows::Accounts);
  }

  void site(const LiteralSpot &S, Verdict V, std::string Reason) {
    J.Out.Sites.push_back(
        {J.Page.Id, SiteRole.str(), at(S), J.Words.function(S.At.Body), V, std::move(Reason)});
  }

  void report(const LiteralSpot &S, const std::string &What, const std::string &Name) {
    const Location At = at(S);
    if (!Told.insert(At).second)
      return;
    Finding F = J.findingAt(S.At);
    F.At = At;
    if (J.Prog.body(S.At.Body).Data->kind() == BodyKind::Initialiser)
      F.Function.clear();
    const std::string Named = Name.empty() ? J.Words.function(S.At.Body) : Name;
    F.Message = fillIn(P.Message, {{"value", What}, {"what", What}, {"name", "'" + Named + "'"}});
    F.Path.push_back({At, F.Function, "written here, for '" + Named + "'", PathStepKind::Site});
    F.Secrets.push_back(At);
    for (uint32_t Part : S.Parts)
      F.Secrets.push_back(
          J.Words.at(S.At.Body, J.Prog.body(S.At.Body).Data->constants()->Get(Part)->loc()));
    F.SiteKey = SiteRole.str() + "|" + Named;
    if (auto Setting = Chosen.before({S.At}))
      tellSetting(F, *Setting);
    J.Out.Findings.push_back(std::move(F));
    site(S, Verdict::Fail, J.Out.Findings.back().Message);
  }

  const LiteralProperty &P;
  const Judging &J;
  Settings Chosen;
  const TakenAs Taken;
  const bool OfKeys;
  std::set<Location> Told;
  mutable std::optional<std::set<BodyId>>
      Answering; ///< bodies of functions that P.Answers hand over
  mutable std::optional<std::map<EntityId, std::set<std::string>>> Labels; ///< by callee
  std::set<BodyId> Anonymous; ///< functions that name such an account
  bool AnonymousKnown = false;
};

} // namespace

void assay::judge(const LiteralProperty &P, const Judging &J) {
  LiteralJudge(P, J).run();
}
