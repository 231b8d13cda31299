#include "analysis/solve/WaysAfter.h"

#include "analysis/solve/KnownBefore.h"

using namespace assay;

namespace {

class AnswerWalk : public WalkClient {
public:
  AnswerWalk(const Judging &J, llvm::function_ref<bool(InstRef)> EndsAt,
             std::optional<PinnedCall> Pinned)
      : J(J), EndsAt(EndsAt), Pinned(Pinned), Walk(J, *this) {}

  WaysAfter after(const HandedStatus &Of) {
    const BodyView B(J.Prog, Of.Call.Body);
    Start = Of.Call;
    WalkMemory Known = knownBefore(B, J.Flows.Bodies[B.Id], Start->Inst);
    Found.Complete = Walk.addLeft(Of.Call, Of.Left, Of.Classes.all(), Known);
    if (Found.Complete)
      Walk.run(Of.Call, Of.Classes, std::move(Known));
    return std::move(Found);
  }
  WaysAfter into(BodyId Body) {
    Walk.runBody(Body, 1, {});
    return std::move(Found);
  }

  bool onCall(WalkState &S, InstRef At) override {
    if (!S.Callers.empty())
      return true;
    if (At == Start)
      return false;
    Found.Met.insert(At.Inst);
    if (Pinned && Pinned->first == At)
      S.Memory[{BaseKind::Temp, At.Inst, {}}] = Lanes::all(Pinned->second);
    return !EndsAt(At);
  }
  bool wantsInto(EntityId) override { return false; }
  bool doubtsUnresolved() const override { return false; }
  bool keepsConstants() const override { return true; }
  bool asksWhoTests() const override { return false; }
  bool onBlock(WalkState &) override { return true; }
  void onSplit(WalkState &, InstRef, LaneSet) override {}
  void onEnd(WalkState &, WayEnd How) override { Found.Complete &= How != WayEnd::OutOfEffort; }

  bool onReturn(WalkState &S, const Lanes *Value) override {
    for (unsigned L = 0; L != MostLanes; ++L)
      if (S.Alive >> L & 1)
        Found.Ends.insert(outcomeOf(S, Value, L));
    return false;
  }

private:
  const Judging &J;
  const llvm::function_ref<bool(InstRef)> EndsAt;
  const std::optional<PinnedCall> Pinned;
  ForwardWalk Walk;
  std::optional<InstRef> Start;
  WaysAfter Found;
};

} // namespace

WaysAfter assay::waysAfter(const Judging &J, const HandedStatus &Of,
                           llvm::function_ref<bool(InstRef)> EndsAt,
                           std::optional<PinnedCall> Pinned) {
  return AnswerWalk(J, EndsAt, Pinned).after(Of);
}

WaysAfter assay::waysInto(const Judging &J, BodyId Body, llvm::function_ref<bool(InstRef)> EndsAt) {
  return AnswerWalk(J, EndsAt, std::nullopt).into(Body);
}
