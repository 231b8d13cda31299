// verdict: a function that is handed over to a library is told of a failure; does it answer with
// success?
//
// The verdict is walked from the function's entry to its returns as one number that means success
// and one for each failure, as a result is (Lanes.h).
#include "analysis/solve/Forward.h"

using namespace assay;

namespace {

class CallbackWalk : public WalkClient {
public:
  CallbackWalk(const VerdictProperty &P, const Judging &J, const RoleSite &At, BodyId Body)
      : P(P), J(J), At(At), Told(*At.Call->Verdict), Body(Body), Walk(J, *this) {}

  struct Answer {
    bool Failed = false;
    std::string Unproven;
  };

  Answer run() {
    WalkMemory Known;
    WalkPlace Verdict{BaseKind::Param, Told.Arg, {}};
    if (Told.Pointer)
      Verdict.Path.push_back({StepKind::Deref, 0});
    Known[Verdict] = numbers();
    findOwnDecisions();
    Walk.runBody(Body, Success | Failure, std::move(Known));
    return {Failed, Unproven};
  }

  bool onCall(WalkState &, InstRef Call) override {
    if (!OwnDecisions.count(Call))
      return true;
    notProven(J.Words.function(Body) + "() decides by " + J.Words.callee(Call) + " itself");
    return false;
  }
  bool wantsInto(EntityId) override { return false; }
  bool doubtsUnresolved() const override { return false; }
  bool onBlock(WalkState &) override { return true; }
  void onSplit(WalkState &, InstRef, LaneSet) override {}
  bool keepsConstants() const override { return true; }
  bool tellsWay() const override { return true; }

  bool onReturn(WalkState &S, const Lanes *Result) override {
    const LaneSet Refused = S.Alive & Failure;
    const Lanes *Answer = Result;
    if (Told.Pointer) {
      auto It = S.Memory.find({BaseKind::Param, Told.Arg, {{StepKind::Deref, 0}}});
      Answer = It == S.Memory.end() ? nullptr : &It->second;
    }
    for (unsigned L = 0; L != MostLanes; ++L) {
      if (!(Refused & (1u << L)))
        continue;
      // A result beside the verdict that is not zero stops the handshake.
      if (Told.Pointer && Result && Result->Of[L].value_or(0) != 0)
        continue;
      if (!Answer || !Answer->Of[L] || (Told.Pointer && !Result))
        notProven("what " + J.Words.function(Body) +
                  "() answers does not only depend on what it "
                  "is told");
      else if (Told.Success.holds(*Answer->Of[L]))
        accept(S);
    }
    return false;
  }

  void onEnd(WalkState &, WayEnd How) override {
    if (How == WayEnd::OutOfEffort)
      notProven("there are too many ways to follow them all");
  }

private:
  /// Lane 0 is success; the failures of a word of bits are one for each of its low bits.
  Lanes numbers() {
    Lanes Out;
    Out.OfResult = true;
    unsigned Next = 0;
    auto Add = [&](int64_t X, LaneSet &To) {
      if (Next == MostLanes)
        return;
      Out.Of[Next] = X;
      To |= static_cast<LaneSet>(1u << Next++);
    };
    Add(Told.Success.holds(1) ? 1 : 0, Success);
    for (int64_t X : {int64_t(0), int64_t(1), int64_t(2), int64_t(4), int64_t(8), int64_t(16),
                      int64_t(32), int64_t(64)})
      if (!Told.Success.holds(X))
        Add(X, Failure);
    return Out;
  }

  void findOwnDecisions() {
    for (const std::string &R : P.Unless)
      for (const RoleSite &S : J.Roles.sitesOf(R))
        OwnDecisions.insert(S.At);
  }

  void notProven(const std::string &Why) {
    if (Unproven.empty())
      Unproven = Why;
  }

  void accept(WalkState &S) {
    if (std::exchange(Failed, true))
      return;
    const BodyView &B = Walk.view(Body);
    InstRef Where{Body, S.Next == 0 ? 0 : S.Next - 1};
    if (Where.Inst >= B.Insts.size() || B.Insts[Where.Inst].op() != Op::Return)
      Where = At.At;
    Finding F = J.findingAt(Where);
    F.Message = fillIn(P.Message, {{"callee", J.Words.function(Body) + "()"},
                                   {"how", "answers with success on this way"}});
    F.Path.push_back({J.Words.at(At.At), J.Words.function(At.At.Body),
                      "handed to " + J.Words.callee(At.At) + " here", PathStepKind::Call});
    llvm::append_range(F.Path, Walk.steps(S, [](InstRef) { return false; }));
    F.Path.push_back(
        {F.At, F.Function, "a refused certificate leaves here as a good one", PathStepKind::Site});
    F.SiteKey = At.role() + "|" + J.Words.function(Body);
    J.Out.Findings.push_back(std::move(F));
  }

  const VerdictProperty &P;
  const Judging &J;
  const RoleSite &At;
  const HandedVerdict &Told;
  BodyId Body;
  ForwardWalk Walk;
  LaneSet Success = 0, Failure = 0;
  std::set<InstRef> OwnDecisions;
  std::string Unproven;
  bool Failed = false;
};

class VerdictJudge {
public:
  VerdictJudge(const VerdictProperty &P, const Judging &J) : P(P), J(J) {}

  void judgeSite(const RoleSite &S) {
    if (!S.Call || !S.Call->Verdict || !isJudged(S, P.Where, J))
      return;
    const ArgRef &Ref = S.Call->Binds.at(S.Call->Verdict->Bind);
    const ValueSet Handed =
        J.Values.operand(J.Values.root(S.At.Body), J.Values.argument(S.At, Ref.Index), S.At.Inst);
    judgeValues(S, Handed);
  }

private:
  void judgeValues(const RoleSite &S, const ValueSet &Handed) {
    std::string Unproven;
    bool Failed = false, Any = false;
    for (const Value &V : Handed) {
      if (V.K == Value::Kind::Null || (V.K == Value::Kind::Int && V.Int == 0))
        continue;
      Any = true;
      llvm::ArrayRef<BodyId> Bodies;
      if (V.K == Value::Kind::Function)
        Bodies = J.Prog.bodiesOf(V.Entity);
      if (Bodies.empty() && Unproven.empty())
        Unproven = V.K == Value::Kind::Function
                       ? J.Words.name(V.Entity) + "() is not in the program"
                       : "which function is handed over is not known";
      for (BodyId B : Bodies) {
        CallbackWalk Walk(P, J, S, B);
        const auto Answer = judged(Walk, B);
        Failed |= Answer.Failed;
        if (Unproven.empty())
          Unproven = Answer.Unproven;
      }
    }
    if (Failed)
      return J.addSite(S.role(), S.At, Verdict::Fail, "a refused certificate is accepted");
    if (!Any)
      return J.addSite(S.role(), S.At, Verdict::NotApplicable, "no function is handed over");
    J.addSite(S.role(), S.At, Unproven.empty() ? Verdict::Pass : Verdict::Unproven,
              Unproven.empty() ? "what is refused stays refused on every way" : Unproven);
    if (Unproven.empty() && S.Call)
      J.site().Rests.push_back(J.restsOn(S.At, J.Words.callee(S.At) + " is " + saidBy(*S.Call)));
  }

  /// A function that is handed over twice is walked once.
  CallbackWalk::Answer judged(CallbackWalk &Walk, BodyId B) {
    auto [It, New] = Answers.try_emplace(B);
    if (New)
      It->second = Walk.run();
    return It->second;
  }

  const VerdictProperty &P;
  const Judging &J;
  std::map<BodyId, CallbackWalk::Answer> Answers;
};

} // namespace

void assay::judge(const VerdictProperty &P, const Judging &J) {
  VerdictJudge Judge(P, J);
  for (const std::string &R : P.At)
    for (const RoleSite &S : J.Roles.sitesOf(R))
      Judge.judgeSite(S);
}
