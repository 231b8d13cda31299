// Forward walk: the way of an exception, to the handlers of those who wait and of the callers.
//
// A call within a try has its handlers as further successors; which of them takes the exception
// is not known, so each may. What the exception destroys on its way to them is in the graph; where
// there are none around the call it is not, and the client says whether that matters.
#include "analysis/solve/Forward.h"

using namespace assay;

/// False: it leaves the program's outermost function that is seen.
bool ForwardWalk::throwFrom(WalkState &S) {
  if (!Client.followsThrows())
    return false;
  if (!Client.mayUnwind(S, S.Body))
    doubt(S, "what the exception destroys in " + J.Words.function(S.Body) + "() is not followed");
  while (!S.Callers.empty()) {
    Waiting To = std::move(S.Callers.back());
    S.Callers.pop_back();
    S.Memory = std::move(To.Memory);
    S.Object = std::move(To.Object);
    if (handle(S, To.Call.Body, To.Call))
      return true;
    if (!Client.mayUnwind(S, To.Call.Body))
      doubt(S, "what the exception destroys in " + J.Words.function(To.Call.Body) +
                   "() is not followed");
  }
  const EntityId Function = J.Prog.body(S.Body).Entity;
  llvm::ArrayRef<InstRef> Callers = J.Prog.callersOf(Function);
  if (Callers.empty() || Callers.size() > MostCallers || S.Lifted >= MostLifts)
    return false;
  for (InstRef Caller : Callers)
    if (!J.Roles.isOutOfScope(Caller.Body) && Client.goesOutTo(Caller.Body))
      throwTo(S, Caller);
  return !J.Prog.mayHaveUnknownCallers(Function);
}

/// Behind a call that has returned, and so has thrown nothing.
void ForwardWalk::goBehind(WalkState &S, InstRef Call) {
  const BodyView &B = view(Call.Body);
  S.Body = Call.Body;
  S.Block = Bodies[Call.Body].blockOf(Call.Inst);
  S.Next = Call.Inst + 1;
  const Block &Data = *B.Data.blocks()->Get(S.Block);
  if (Data.num_succs() != 2 || Data.first_inst() + Data.num_insts() != S.Next)
    return;
  const uint32_t After = rows(B.Data.succs())[Data.first_succ()];
  if (After == NoId)
    return;
  S.Via = S.Block;
  S.Block = After;
  S.Next = B.Data.blocks()->Get(S.Block)->first_inst();
}

/// Goes on in the handlers around a call, if there are any.
bool ForwardWalk::handle(WalkState &S, BodyId Body, InstRef Call) {
  const BodyView &B = view(Body);
  const uint32_t Block = Bodies[Body].blockOf(Call.Inst);
  const assay::Block &Data = *B.Data.blocks()->Get(Block);
  S.Body = Body;
  S.Block = Block;
  S.Next = Call.Inst + 1;
  if (Data.num_succs() < 2 || Data.first_inst() + Data.num_insts() != Call.Inst + 1)
    return false;
  const uint32_t Exit = rowCount(B.Data.blocks()) - 1;
  bool Any = false;
  for (uint32_t Edge = 1; Edge != Data.num_succs(); ++Edge)
    if (rows(B.Data.succs())[Data.first_succ() + Edge] != Exit) {
      go(S, Edge, S.Alive, {});
      Any = true;
    }
  return Any;
}

void ForwardWalk::throwTo(const WalkState &S, InstRef Caller) {
  WalkState N = S;
  N.Memory.clear();
  N.Object = aliasesOut(S, Caller, Operand());
  N.Via = NoId;
  N.Anchor = Caller;
  ++N.Lifted;
  note(N, Caller, "an exception comes out of " + J.Words.function(S.Body) + "()",
       PathStepKind::Return);
  if (handle(N, Caller.Body, Caller))
    return;
  if (!throwFrom(N))
    end(N, WayEnd::Thrown);
}
