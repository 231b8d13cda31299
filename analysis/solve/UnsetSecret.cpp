#include "analysis/solve/UnsetSecret.h"

#include "analysis/solve/AnswerMeaning.h"
#include "analysis/solve/Verifications.h"

#include "llvm/ADT/StringSet.h"

using namespace assay;

namespace {

/// Where a body asks whether there is a secret: its answer of "no" is the success.
struct UnsetTest {
  HandedStatus Status;
  std::vector<std::string> Names; ///< of the secret, and of what it lies in
};

class UnsetJudge {
public:
  UnsetJudge(const ComparisonProperty &P, const Judging &J)
      : P(P), J(J), Called(J.Prog, J.Words, J.Roles), Telling(J, {}),
        Verified(P, J, Called, Telling) {
    findHashes();
  }

  void run() {
    for (BodyId B = 0; B != J.Prog.bodyCount(); ++B)
      if (J.Asked.here(B) && !J.Roles.isOutOfScope(B) && Verified.mayBeIn(B) && isInPlace(B))
        judgeBody(B);
  }

private:
  bool isInPlace(BodyId B) const {
    return inContext(P.Where, J, J.Words.function(B),
                     J.Words.at(B, *J.Prog.body(B).Data->loc()).File, {});
  }

  void judgeBody(BodyId Id) {
    const BodyView B(J.Prog, Id);
    std::vector<UnsetTest> Tests;
    for (uint32_t I = 0; I != B.Insts.size(); ++I)
      if (auto T = testAt(B, I))
        Tests.push_back(std::move(*T));
    if (Tests.empty()) // who verifies is dear to know
      return;
    std::vector<HandedStatus> All = Verified.in(Id).vec();
    for (auto It = Hashes.lower_bound({Id, 0}); It != Hashes.end() && It->first.Body == Id; ++It)
      All.push_back(It->second.Status);
    for (const UnsetTest &T : Tests)
      for (const HandedStatus &V : All)
        if (T.Status.Call < V.Call && isAbout(V, T) && letsIn(T, V))
          break;
  }

  /// crypt() with the stored hash for its salt begins a verification: what the body answers where
  /// it gives no text refuses.
  struct Hash {
    HandedStatus Status;
    Operand Stored;
  };

  void findHashes() {
    for (const std::string &R : P.Past)
      for (const RoleSite &S : J.Roles.sitesOf(R)) {
        if (!S.Call || S.Exempt)
          continue;
        const auto Stored = boundOperand(S, "salt", J);
        const auto Result = S.Call->Binds.find("result");
        if (!Stored || Result == S.Call->Binds.end() ||
            Result->second.Where != ArgRef::Kind::Return)
          continue;
        HandedStatus Of{S.At, {}, {}, true};
        setClasses(Of.Classes, 1);
        Hashes.insert({S.At, {std::move(Of), *Stored}});
      }
  }

  /// Of an answer that is `Yes` or not.
  static void setClasses(ResultClasses &C, int64_t Yes) {
    C.Values.Of[0] = Yes;
    C.Values.Of[1] = !Yes;
    C.Success = 1;
    C.Failure = 2;
  }

  bool verifies(InstRef Call) { return Hashes.count(Call) || Verified.mayBe(Call); }

  // ---- what asks whether there is a secret

  std::optional<UnsetTest> testAt(const BodyView &B, uint32_t I) const {
    const auto Nothing = nothingAt(B, I);
    if (!Nothing)
      return std::nullopt;
    UnsetTest Out{{{B.Id, I}, {}, {}, true}, {}};
    const Inst &In = B.Insts[I];
    const Operand Asked =
        In.op() == Op::Call ? Operand(B.argsOf(In).front()) : Operand(OperandKind::Temp, I);
    addNames(B, Asked, Out.Names);
    Called.namesOf(B.Id, Asked, Out.Names);
    if (Out.Names.empty() || !J.Lex.isNamed(Out.Names.front(), P.Named))
      return std::nullopt;
    setClasses(Out.Status.Classes, *Nothing);
    return Out;
  }

  /// it->second.hash, which lies in it->second, and that in it.
  void addNames(const BodyView &B, Operand O, std::vector<std::string> &Names) const {
    O = B.unconverted(O);
    const bool IsLoaded = O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Load;
    if (!IsLoaded && !O.is(OperandKind::AddressOf))
      return;
    const Place &P = B.Places[IsLoaded ? B.Insts[O.index()].a() : O.index()];
    for (int Steps = P.path_len(); Steps >= 0; --Steps)
      Names.push_back(
          Called.name(B.Id, Place(P.base(), P.path_start(), static_cast<uint16_t>(Steps), P.kind(),
                                  P.truncated())));
  }

  /// What the instruction gives where the secret is empty; nothing: it does not ask for that.
  std::optional<int64_t> nothingAt(const BodyView &B, uint32_t I) const {
    const Inst &In = B.Insts[I];
    if (In.op() == Op::Load)
      return isLetter(B, In) ? std::optional<int64_t>(0) : std::nullopt;
    if (In.op() != Op::Call || In.c() != 1)
      return std::nullopt;
    for (EntityId Callee : J.Prog.calleesOf({B.Id, I}).Targets) {
      const std::string Name = ownName(J.Words.name(Callee));
      if (J.Lex.isNamed(Name, {"emptiness"}))
        return 1;
      if (J.Lex.isNamed(Name, {"text-length"}))
        return 0;
    }
    return std::nullopt;
  }

  static bool isLetter(const BodyView &B, const Inst &Load) {
    static const llvm::StringSet<> Letters = {"char",       "signed char",         "unsigned char",
                                              "const char", "const unsigned char", "wchar_t"};
    const auto Path = B.pathOf(B.Places[Load.a()]);
    return !Path.empty() && Letters.contains(B.Of.string(Load.type())) &&
           (Path.back().kind() == StepKind::Deref ||
            (Path.back().kind() == StepKind::Index && Path.back().value() == 0));
  }

  // ---- what comes of it

  /// The call is handed what is asked for, or what that lies in.
  bool isAbout(const HandedStatus &V, const UnsetTest &T) const {
    std::vector<std::string> Given;
    if (const auto Hash = Hashes.find(V.Call); Hash != Hashes.end())
      Called.namesOf(V.Call.Body, Hash->second.Stored, Given);
    else
      Called.namesOfArguments(V.Call, Given);
    return llvm::any_of(
        T.Names, [&](const std::string &N) { return !N.empty() && llvm::is_contained(Given, N); });
  }

  /// The verification is told of once.
  bool letsIn(const UnsetTest &T, const HandedStatus &V) {
    const auto EndsAt = [&](InstRef Call) { return verifies(Call); };
    const auto Nowhere = [](InstRef) { return false; };
    if (!waysAfter(J, onlyFailure(T.Status), Nowhere).Met.count(V.Call.Inst))
      return false;
    const WaysAfter Unset = waysAfter(J, onlySuccess(T.Status), EndsAt);
    if (!Unset.Complete || Unset.Met.count(V.Call.Inst))
      return false;
    const AnswerMeaning Answers(J, V, T.Status, Telling);
    const Meaning M = Answers.of(Unset, EndsAt);
    if (M != Meaning::Granted && M != Meaning::Alike)
      return pass(T);
    // What lets in anyway has nothing to do with the secret.
    const Meaning Else = Answers.of(waysAfter(J, onlyFailure(T.Status), EndsAt), EndsAt);
    if (Else == Meaning::Granted || Else == Meaning::Alike)
      return pass(T);
    report(T, V, M);
    return true;
  }

  bool pass(const UnsetTest &T) {
    J.addSite(P.Past.front(), T.Status.Call, Verdict::Pass,
              "whose secret is empty is let in by no way past a check");
    return false;
  }

  void report(const UnsetTest &T, const HandedStatus &V, Meaning M) {
    const InstRef At = T.Status.Call;
    const std::string Name = "'" + T.Names.front() + "'", Callee = J.Words.callee(V.Call);
    if (!Reported.insert({At.Body, Name}).second)
      return;
    Finding F = J.findingAt(At);
    F.Alone = M != Meaning::Granted;
    F.Message = fillIn(P.Message, {{"value", "\"\""}, {"name", Name}, {"callee", Callee}});
    F.Path.push_back(J.restsOn(V.Call, "who has a secret is verified here, and answered so"));
    F.Path.push_back({J.Words.at(At), J.Words.function(At.Body),
                      Name + " is asked for here, and is empty", PathStepKind::Site});
    F.SiteKey = P.Past.front() + "|" + Callee + "|" + Name;
    J.addFault(P.Past.front(), At, std::move(F));
  }

  const ComparisonProperty &P;
  const Judging &J;
  const OperandNames Called;
  IdleDetours Telling;
  Verifications Verified;
  std::map<InstRef, Hash> Hashes;
  std::set<std::pair<BodyId, std::string>> Reported;
};

} // namespace

void assay::judgeUnsetSecret(const ComparisonProperty &P, const Judging &J) {
  UnsetJudge(P, J).run();
}
