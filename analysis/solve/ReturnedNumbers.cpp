#include "analysis/solve/ReturnedNumbers.h"

#include "analysis/solve/KnownBefore.h"

using namespace assay;

namespace {

class ReturnWalk : public WalkClient {
public:
  ReturnWalk(const Judging &J, InstRef Call, const ResultClasses &Result)
      : J(J), Call(Call), Result(Result), View(J.Prog, Call.Body), Facts(View.Data),
        Walk(J, *this) {}

  ReturnedNumbers run(const WalkMemory &Left) {
    WalkMemory Known = knownBefore(View, Facts, Call.Inst);
    if (Walk.addLeft(Call, Left, Result.all(), Known))
      Walk.run(Call, Result, std::move(Known));
    else
      Found.Known = Found.Complete = false;
    for (const auto &[What, At] : FailureCalls)
      if (!isOfSuccess(What))
        Found.ByFailure.push_back(At);
    return std::move(Found);
  }

  /// Round a loop the same call gives its next result, and is walked from there.
  bool onCall(WalkState &S, InstRef At) override {
    if (At == Call && S.Callers.empty())
      return false;
    if (!S.Callers.empty())
      return true;
    Walk.note(S, At, "", PathStepKind::Call);
    // A success that is not known as a number stays with the failure, whatever is tested.
    if (S.Alive & Result.Failure && !endsProgram(At))
      FailureCalls.try_emplace(described(At), At);
    return true;
  }
  bool wantsInto(EntityId) override { return false; }
  bool doubtsUnresolved() const override { return false; }
  bool keepsConstants() const override { return true; }
  bool asksWhoTests() const override { return false; }
  bool onBlock(WalkState &) override { return true; }
  void onSplit(WalkState &, InstRef, LaneSet) override {}
  void onEnd(WalkState &, WayEnd How) override {
    Found.Known &= How != WayEnd::OutOfEffort;
    Found.Complete &= How != WayEnd::OutOfEffort;
  }

  bool onReturn(WalkState &S, const Lanes *Value) override {
    for (unsigned L = 0; L != MostLanes; ++L) {
      const auto Lane = static_cast<LaneSet>(1u << L);
      if (!(S.Alive & Lane))
        continue;
      const bool Good = Result.Success & Lane;
      if (!Value || !Value->Of[L])
        Found.Known = false;
      else
        (Good ? Found.AfterSuccess : Found.AfterFailure).insert(*Value->Of[L]);
      (Good ? Found.Successes : Found.Failures).insert(outcomeOf(S, Value, L));
      if (Good)
        noteCalls(S, SuccessCalls[Value ? Value->Of[L] : std::nullopt]);
    }
    return false; // callers have results of their own
  }

private:
  /// Who is called, and with what.
  using CallWords = std::vector<int64_t>;

  CallWords described(InstRef At) const {
    const Inst &In = View.Insts[At.Inst];
    CallWords Out = {In.sub(), In.a()};
    for (uint32_t Raw : View.argsOf(In))
      describe(View.unconverted(Operand(Raw)), Out);
    return Out;
  }

  /// Of two constants that are equal each has a row of its own; of places it is one row.
  void describe(Operand O, CallWords &To) const {
    const bool IsLoad = O.is(OperandKind::Temp) && View.Insts[O.index()].op() == Op::Load;
    const bool IsText =
        O.is(OperandKind::AddressOf) && View.Places[O.index()].kind() == BaseKind::Literal;
    To.push_back(static_cast<int64_t>(O.kind()));
    if (!IsText && !O.is(OperandKind::Const))
      return To.push_back(IsLoad ? View.Insts[O.index()].a() : O.index());
    const Constant &C = View.Constants[IsText ? View.Places[O.index()].base() : O.index()];
    To.insert(To.end(), {static_cast<int64_t>(C.kind()), C.value(), C.text()});
  }

  /// Whatever is returned. Who answers as after a failure has met another one.
  bool isOfSuccess(const CallWords &What) const {
    return llvm::all_of(SuccessCalls, [&](const auto &Way) {
      return (Way.first && Found.AfterFailure.count(*Way.first)) || Way.second.count(What);
    });
  }

  void noteCalls(const WalkState &S, std::set<CallWords> &Into) const {
    for (const WalkStep *W = S.Way; W; W = W->Before)
      if (W->Kind == PathStepKind::Call && W->At.Body == Call.Body)
        Into.insert(described(W->At));
  }

  bool endsProgram(InstRef At) const {
    return llvm::any_of(J.Prog.calleesOf(At).Targets,
                        [&](EntityId T) { return J.Reaches.neverReturns(T); });
  }

  const Judging &J;
  const InstRef Call;
  const ResultClasses &Result;
  const BodyView View;
  const BodyFacts Facts;
  ForwardWalk Walk;
  ReturnedNumbers Found;
  /// Noted where they are met: of two ways that come together only one is told.
  std::map<CallWords, InstRef> FailureCalls;
  std::map<LaneValue, std::set<CallWords>> SuccessCalls; ///< by what is returned then
};

} // namespace

Outcome assay::outcomeOf(const WalkState &S, const Lanes *Value, unsigned Lane) {
  Outcome Out;
  if (Value)
    Out.Number = Value->Of[Lane];
  for (const auto &[Place, Held] : S.Memory)
    if (Place.outlivesBody())
      Out.Left[Place] = Held.Of[Lane];
  return Out;
}

ReturnedNumbers assay::returnedAfter(const Judging &J, InstRef Call, const ResultClasses &Result,
                                     const WalkMemory &Left) {
  return ReturnWalk(J, Call, Result).run(Left);
}
