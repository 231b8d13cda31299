#include "analysis/solve/BypassedCheck.h"

#include "analysis/solve/AnswerMeaning.h"
#include "analysis/solve/FlowTables.h"
#include "analysis/solve/Verifications.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

namespace {

/// A comparison of a login name with the source, as a body asks for it: in place, or by a call.
struct NameTest {
  HandedStatus Status;
  RoleSite Compared;
  Value Text;
  std::string Name; ///< of what is compared
};

class BypassJudge {
public:
  BypassJudge(const ComparisonProperty &P, const Judging &J)
      : P(P), J(J), Called(J.Prog, J.Words, J.Roles), Telling(J, {}),
        Verified(P, J, Called, Telling) {}

  void run() {
    for (const std::string &R : P.At)
      for (const RoleSite &S : J.Roles.sitesOf(R))
        if (S.Call && S.Call->Success && !S.Exempt && J.Asked.mayTakeFromHere(S.At.Body, J.Page.Id))
          judgeSite(S);
  }

private:
  static constexpr size_t ShortestName = 2;
  static constexpr uint32_t SmallBody = 48; ///< instructions of a function that compares for others

  /// What is found there stands in a file that is asked about, and somebody may be verified.
  bool mayTellOf(BodyId Id) const { return J.Asked.here(Id) && Verified.mayBeIn(Id); }

  /// Of most programs that ask for a name nobody verifies it near by.
  bool isVerifiedNear(const HandedStatus &At) {
    return mayTellOf(At.Call.Body) && !Verified.in(At.Call.Body).empty();
  }

  /// In the body or one that leads to it: who its answer comes to is dear to know.
  bool mayBeVerifiedAbove(BodyId Id) {
    std::vector<BodyId> All{Id};
    std::set<BodyId> Met{Id};
    for (size_t N = 0; N != All.size(); ++N) {
      // Near is dear to know of all bodies of a program, and cheap of those of a file.
      if (mayTellOf(All[N]) && (J.Asked.isAll() || Verified.mayBeNear(All[N])))
        return true;
      for (InstRef C : J.Prog.callersOf(J.Prog.body(All[N]).Entity))
        if (J.Asked.callable(C.Body) && Met.insert(C.Body).second)
          All.push_back(C.Body);
    }
    return false;
  }

  /// The nearest name counts: pw, out of get_user_password().
  std::optional<std::string> loginName(BodyId In, Operand O) const {
    std::vector<std::string> Names;
    Called.namesOf(In, O, Names);
    if (Names.empty() || !J.Lex.isNamed(Names.front(), P.Named))
      return std::nullopt;
    return Names.front();
  }

  bool isName(const Value &V) const {
    if (V.K != Value::Kind::Text || V.Const == NoId)
      return false;
    const llvm::StringRef Text = textOf(V);
    return Text.size() >= ShortestName && llvm::all_of(Text, llvm::isPrint) &&
           !J.Lex.isPlaceholder(Text) && !J.Lex.isNamed(Text, P.NotNamed);
  }
  llvm::StringRef textOf(const Value &V) const {
    return J.Prog.tablesOf(V.Body).string(
        J.Prog.body(V.Body).Data->constants()->Get(V.Const)->text());
  }

  /// The texts of the source that an operand may be, if it is nothing else.
  std::vector<Value> textsBehind(BodyId In, Operand O, uint32_t At) {
    J.Values.begin();
    std::vector<Value> Out;
    for (const Value &V : J.Values.bytesBehind(J.Values.root(In), O, At))
      if (V.isUnknown() || V.K == Value::Kind::Fresh || V.K == Value::Kind::Result)
        return {};
      else if (isName(V))
        Out.push_back(V);
    return Out;
  }

  void judgeSite(const RoleSite &S) {
    const auto L = boundOperand(S, "left", J), R = boundOperand(S, "right", J);
    if (!L || !R)
      return;
    const BodyView B(J.Prog, S.At.Body);
    const bool InPlace = B.isTextInPlace(*L) || B.isTextInPlace(*R);
    bool IsNamed = false;
    for (const auto &[Mine, Other] : {std::pair(*L, *R), std::pair(*R, *L)})
      if (const auto Name = loginName(S.At.Body, Other); Name && !B.isTextInPlace(Other)) {
        IsNamed = true;
        judgeNamed(S, Mine, *Name);
      }
    if (!InPlace && !IsNamed && B.Insts.size() <= SmallBody)
      judgeCallers(S);
  }

  /// strcmp(user, "service"), here or in a function that others ask.
  void judgeNamed(const RoleSite &S, Operand Mine, const std::string &Name) {
    if (!inContext(P.Where, J, J.Words.function(S.At.Body), J.Words.at(S.At).File, {}))
      return;
    if (!mayBeVerifiedAbove(S.At.Body))
      return;
    const HandedStatus Here = statusAt(S, J);
    std::vector<HandedStatus> Asked = callsHandedOn(J, Telling, S.At, Here.Classes).Calls;
    Asked.insert(Asked.begin(), Here);
    llvm::erase_if(Asked, [&](const HandedStatus &At) { return !isVerifiedNear(At); });
    if (Asked.empty())
      return;
    for (const Value &V : textsBehind(S.At.Body, Mine, S.At.Inst))
      for (const HandedStatus &At : Asked)
        judgeTest({At, S, V, Name});
  }

  /// same(user, "service"): the function that compares knows neither.
  void judgeCallers(const RoleSite &S) {
    const EntityId Function = J.Prog.body(S.At.Body).Entity;
    if (llvm::none_of(J.Prog.callersOf(Function), [&](InstRef C) { return textHandedIn(C); }))
      return;
    for (const HandedStatus &At : callsHandedOn(J, Telling, S.At, statusAt(S, J).Classes).Calls)
      if (const auto In = textHandedIn(At.Call))
        judgeTest({At, S, In->first, In->second});
  }

  /// The text and the name of what else is handed in, where that is a login name.
  std::optional<std::pair<Value, std::string>> textHandedIn(InstRef Call) {
    if (!mayTellOf(Call.Body))
      return std::nullopt;
    const BodyView B(J.Prog, Call.Body);
    std::optional<Operand> Text;
    std::optional<std::string> Name;
    for (uint32_t Raw : B.argsOf(J.Prog.inst(Call)))
      if (B.isTextInPlace(Operand(Raw)))
        Text = Operand(Raw);
      else if (!Name)
        Name = loginName(Call.Body, Operand(Raw));
    if (!Text || !Name)
      return std::nullopt;
    const std::vector<Value> Texts = textsBehind(Call.Body, *Text, Call.Inst);
    if (Texts.size() != 1)
      return std::nullopt;
    return std::pair(Texts.front(), *Name);
  }

  // ---- one test in one body

  void judgeTest(const NameTest &T) {
    const BodyId In = T.Status.Call.Body;
    if (!mayTellOf(In) || J.Roles.isOutOfScope(In) || isExcluded(P.Where, T.Status.Call, J))
      return;
    const auto EndsAt = [&](InstRef Call) { return Verified.mayBe(Call); };
    std::optional<WaysAfter> Equal; // the same, whatever is verified for others
    for (const HandedStatus &V : Verified.in(In)) {
      if (V.Call == T.Status.Call || !isAlternative(T, V))
        continue;
      if (!Equal)
        Equal = waysAfter(J, onlySuccess(T.Status), EndsAt);
      if (!Equal->Complete)
        break;
      const Meaning M = AnswerMeaning(J, V, T.Status, Telling).of(*Equal, EndsAt);
      if (M == Meaning::Granted || M == Meaning::Alike)
        return report(T, V, M);
    }
    J.addSite(T.Compared.role(), T.Status.Call, Verdict::Pass,
              "who has this name is let in by no way past a check");
  }

  /// Who has another name, or was refused as it is, comes to the one from the other.
  bool isAlternative(const NameTest &T, const HandedStatus &V) {
    const auto Nowhere = [](InstRef) { return false; };
    const auto Verifies = [&](InstRef Call) { return Verified.mayBe(Call); };
    if (waysAfter(J, onlyFailure(V), Nowhere).Met.count(T.Status.Call.Inst))
      return true;
    return waysAfter(J, onlyFailure(T.Status), Nowhere).Met.count(V.Call.Inst) &&
           waysInto(J, T.Status.Call.Body, Verifies).Met.count(T.Status.Call.Inst);
  }

  void report(const NameTest &T, const HandedStatus &V, Meaning M) {
    const InstRef At = T.Status.Call;
    const std::string Name = "'" + T.Name + "'", Callee = J.Words.callee(V.Call);
    if (!Reported.insert({At, textOf(T.Text).str()}).second)
      return;
    Finding F = J.findingAt(At);
    F.Alone = M != Meaning::Granted;
    F.Message =
        fillIn(P.Message,
               {{"value", J.Masks.describe(textOf(T.Text))}, {"name", Name}, {"callee", Callee}});
    F.Path = J.Words.way(T.Text);
    F.Secrets.push_back(J.Words.at(
        T.Text.Body, J.Prog.body(T.Text.Body).Data->constants()->Get(T.Text.Const)->loc()));
    F.Path.push_back(J.restsOn(V.Call, "who has another name is verified here, and answered so"));
    F.Path.push_back(
        {J.Words.at(At), J.Words.function(At.Body), "compared with " + Name, PathStepKind::Site});
    F.SiteKey = T.Compared.role() + "|" + Callee + "|" + Name;
    J.addFault(T.Compared.role(), At, std::move(F));
  }

  const ComparisonProperty &P;
  const Judging &J;
  const OperandNames Called;
  IdleDetours Telling;
  Verifications Verified;
  std::set<std::pair<InstRef, std::string>> Reported;
};

} // namespace

void assay::judgeBypass(const ComparisonProperty &P, const Judging &J) {
  BypassJudge(P, J).run();
}
