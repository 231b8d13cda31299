// BackwardWalk beyond the entry of a thread or a callback: to where the program handed it over.
#include "analysis/model/Rows.h"
#include "analysis/solve/BackwardWalk.h"

using namespace assay;

/// A function that is handed over in more places tells nothing of them.
static constexpr size_t MostHandOvers = 16;

/// Functions that only pass a callback on, between the one who has it and the one who keeps it.
static constexpr unsigned MostPassing = 4;

/// Code outside has its address from calls of the program, and from nowhere else. That a symbol is
/// visible and nobody calls it by name is no other reason.
bool BackwardWalk::isOnlyHandedOver(EntityId Function) const {
  const auto Why = P.Prog.entryPointsOf(Function);
  auto IsHandedOver = [&](const EntryPoint &E) {
    return E.Kind == EntryKind::HandedOut && E.Argument != NoId && !P.Roles.isOutOfScope(E.At.Body);
  };
  return llvm::any_of(Why, IsHandedOver) && llvm::all_of(Why, [&](const EntryPoint &E) {
           return E.Kind == EntryKind::Uncalled || IsHandedOver(E);
         });
}

/// A thread or a callback runs after somebody has handed it over. What was tested then need not
/// hold any more when it runs, and an object may be another by then; what had been done is done.
void BackwardWalk::beforeHandOver(const WayPoint &W, EntityId Function) {
  if (W.Facts.Object)
    return open(W);
  std::set<InstRef> Places;
  for (const EntryPoint &E : P.Prog.entryPointsOf(Function))
    if (E.Kind == EntryKind::HandedOut)
      findHandOvers(E.At, E.Argument, Function, MostPassing, Places);
  if (Places.size() > MostHandOvers)
    return open(W);
  for (const InstRef &At : Places) {
    WayPoint N = W;
    N.Facts.Temps.clear();
    N.Facts.Places.clear();
    moveBefore(N, anyCallOf(At.Body), At, WayNote::HandOver);
    push(std::move(N), W.Later);
  }
}

/// The calls that name the function: a wrapper that takes it as a parameter and does nothing that
/// matters is called for others, too. Whoever calls a wrapper unseen has not got the function.
void BackwardWalk::findHandOvers(InstRef At, uint32_t Argument, EntityId Function, unsigned Left,
                                 std::set<InstRef> &Into) {
  const Inst &Call = P.Prog.inst(At);
  const Body &B = *P.Prog.body(At.Body).Data;
  if (Argument >= Call.c())
    return;
  Operand Given(B.args()->Get(Call.b() + Argument));
  while (Given.is(OperandKind::Temp) && B.insts()->Get(Given.index())->op() == Op::Copy)
    Given = Operand(B.insts()->Get(Given.index())->a());
  if (Given.is(OperandKind::Function)) {
    const EntityId Named = P.Prog.tablesOf(At.Body).Entities[Given.index()];
    if (P.Prog.definitionOf(Named) == P.Prog.definitionOf(Function))
      Into.insert(At);
    return;
  }
  const std::optional<uint32_t> Param = passedOn(At.Body, Given);
  const EntityId Wrapper = P.Prog.body(At.Body).Entity;
  if (!Param || Left == 0 || LeadsToBy.test(P.Prog.definitionOf(Wrapper))) {
    Into.insert(At);
    return;
  }
  for (const InstRef &Caller : P.Prog.callersOf(Wrapper)) {
    const bool Receiver = P.Prog.inst(Caller).flags() & static_cast<uint16_t>(CallFlag::Receiver);
    if (!P.Roles.isOutOfScope(Caller.Body))
      findHandOvers(Caller, *Param + Receiver, Function, Left - 1, Into);
  }
}

/// The parameter that an operand is, if nothing in the body sets it.
std::optional<uint32_t> BackwardWalk::passedOn(BodyId In, Operand O) {
  const Body &B = *P.Prog.body(In).Data;
  if (!O.is(OperandKind::Temp) || B.insts()->Get(O.index())->op() != Op::Load)
    return std::nullopt;
  const Place &From = *B.places()->Get(B.insts()->Get(O.index())->a());
  if (From.kind() != BaseKind::Param || From.path_len() != 0 ||
      !P.Bodies[In].storesToParam(From.base()).empty())
    return std::nullopt;
  return From.base();
}
