#include "analysis/solve/Reach.h"

#include "analysis/link/BodyView.h"

#include "llvm/ADT/SmallVector.h"

using namespace assay;

llvm::BitVector Reach::to(llvm::ArrayRef<InstRef> Places) const {
  llvm::BitVector Found(Prog.entityCount());
  llvm::SmallVector<EntityId, 32> Work;
  auto Add = [&](BodyId B) {
    const EntityId E = Prog.body(B).Entity;
    if (!Found.test(E)) {
      Found.set(E);
      Work.push_back(E);
    }
  };
  for (const InstRef &P : Places)
    Add(P.Body);
  while (!Work.empty())
    for (const InstRef &Caller : Prog.callersOf(Work.pop_back_val()))
      Add(Caller.Body);
  return Found;
}

template <class Test> llvm::BitVector Reach::toPlacesWhere(Test Is) const {
  std::vector<InstRef> Places;
  for (BodyId Body = 0; Body != Prog.bodyCount(); ++Body) {
    const auto Insts = rows(Prog.body(Body).Data->insts());
    for (uint32_t I = 0; I != Insts.size(); ++I)
      if (Is(Insts[I], InstRef{Body, I}))
        Places.push_back({Body, I});
  }
  return to(Places);
}

const llvm::BitVector &Reach::toThrows() {
  if (Throws.empty())
    Throws = toPlacesWhere([](const Inst &In, InstRef) {
      return In.op() == Op::Opaque && OpaqueReason(In.sub()) == OpaqueReason::Throw;
    });
  return Throws;
}

const llvm::BitVector &Reach::toDeletes() {
  if (Deletes.empty())
    Deletes = toPlacesWhere(
        [](const Inst &In, InstRef) { return BodyView::isCall(In, CallKind::Delete); });
  return Deletes;
}

const llvm::BitVector &Reach::toUnresolved() {
  if (Unresolved.empty())
    Unresolved = toPlacesWhere([&](const Inst &In, InstRef At) {
      return In.op() == Op::Call && (BodyView::isDispatched(In) || Prog.isAlone()) &&
             !Prog.calleesOf(At).Complete;
    });
  return Unresolved;
}

bool Reach::mayWrite(EntityId Function, EntityId Written) {
  auto [It, New] = Writers.try_emplace(Written);
  if (New) {
    llvm::SmallVector<InstRef, 16> Places(Prog.storesTo(Written));
    llvm::append_range(Places, Prog.addressPassedTo(Written));
    It->second = to(Places);
  }
  return It->second.test(Prog.definitionOf(Function)) || It->second.test(Function);
}

bool Reach::mayWrite(EntityId Function, const ObjectPath &Global) {
  auto [It, New] = GlobalWriters.try_emplace(Global);
  if (New) {
    llvm::SmallVector<InstRef, 16> Places;
    for (const InstRef &S : Prog.storesTo(Global.Index))
      if (overlaps(S, Prog.inst(S).a(), Global))
        Places.push_back(S);
    for (const InstRef &Call : Prog.addressPassedTo(Global.Index)) {
      const Inst &I = Prog.inst(Call);
      for (unsigned A = 0; A != I.c(); ++A)
        if (const Operand O(Prog.body(Call.Body).Data->args()->Get(I.b() + A));
            O.is(OperandKind::AddressOf) && overlaps(Call, O.index(), Global))
          Places.push_back(Call);
    }
    It->second = to(Places);
  }
  return It->second.test(Prog.definitionOf(Function)) || It->second.test(Function);
}

bool Reach::overlaps(InstRef At, uint32_t Place, const ObjectPath &Global) const {
  const ObjectPath Named = namedPlace(Prog, At.Body, Place);
  return Named.stepsTo(Global) || Global.stepsTo(Named);
}

bool Reach::neverReturns(EntityId Function) {
  if (Prog.entity(Function).has(EntityFlag::NoReturn))
    return true;
  // Met again while it is asked about: as if it returned, which lets more ways through.
  auto [It, New] = NeverReturns.try_emplace(Function, false);
  if (!New)
    return It->second;
  const llvm::ArrayRef<BodyId> Bodies = Prog.bodiesOf(Function);
  bool Never = !Bodies.empty();
  for (BodyId B : Bodies)
    Never = Never && !canReturn(B);
  return NeverReturns[Function] = Never;
}

/// Is the exit reachable over blocks that control leaves at their end?
bool Reach::canReturn(BodyId Id) {
  const Body &B = *Prog.body(Id).Data;
  const uint32_t Exit = rowCount(B.blocks()) - 1;
  // What was lost of a body may have returned.
  if (B.state() != BodyState::Whole || rowCount(B.blocks()) == 0)
    return true;
  auto Ends = [&](const Block &Data) {
    for (uint32_t K = 0; K != Data.num_insts(); ++K) {
      const InstRef At{Id, Data.first_inst() + K};
      if (Prog.inst(At).op() != Op::Call)
        continue;
      const Callees To = Prog.calleesOf(At);
      if (To.Complete && To.Targets.size() == 1 && neverReturns(To.Targets.front()))
        return true;
    }
    return Data.no_return() != 0;
  };
  llvm::BitVector Seen(Exit + 1);
  llvm::SmallVector<uint32_t, 16> Work = {0};
  Seen.set(0);
  while (!Work.empty()) {
    const uint32_t Bl = Work.pop_back_val();
    if (Bl == Exit)
      return true;
    const Block &Data = *B.blocks()->Get(Bl);
    if (Ends(Data))
      continue;
    for (uint32_t E = 0; E != Data.num_succs(); ++E)
      if (const uint32_t Next = B.succs()->Get(Data.first_succ() + E);
          Next <= Exit && !Seen.test(Next)) {
        Seen.set(Next);
        Work.push_back(Next);
      }
  }
  return false;
}

bool Reach::isReached(EntityId Function) {
  if (Reached.empty())
    findReached();
  return Reached.test(Function);
}

void Reach::findReached() {
  std::vector<llvm::SmallVector<EntityId, 4>> Calls(Prog.entityCount());
  std::vector<EntityId> Work;
  Reached.resize(Prog.entityCount());
  auto Add = [&](EntityId E) {
    if (!Reached.test(E)) {
      Reached.set(E);
      Work.push_back(E);
    }
  };
  for (EntityId E = 0; E != Prog.entityCount(); ++E) {
    if (!Prog.entity(E).isFunction())
      continue;
    for (const InstRef &Call : Prog.callersOf(E))
      Calls[Prog.body(Call.Body).Entity].push_back(E);
    if (Prog.mayHaveUnknownCallers(E))
      Add(E);
  }
  // What a variable starts with is computed by whoever starts the program.
  for (BodyId B = 0; B != Prog.bodyCount(); ++B)
    if (Prog.body(B).Data->kind() == BodyKind::Initialiser)
      Add(Prog.body(B).Entity);
  while (!Work.empty()) {
    const EntityId From = Work.back();
    Work.pop_back();
    llvm::for_each(Calls[From], Add);
  }
}
