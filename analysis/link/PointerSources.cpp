/// PointerFlow: what flows into a location, found when the location is first asked for.
#include "analysis/link/PointerFlow.h"

using namespace assay;
using llvm::StringRef;
using Role = BodyIndex::Role;

/// Pointers that were made numbers are not followed: almost all numbers are just numbers. A type
/// that is not kept may be anything.
bool PointerFlow::mayHoldPointer(const NodeKey &Key) const {
  const auto ByName = [](StringRef Type) {
    return Type.empty() || Type.find_first_of("*&^") != StringRef::npos;
  };
  switch (Key.Kind) {
  case NodeKind::Field:
  case NodeKind::Global: {
    const EntityInfo &E = P.entity(Key.Id);
    return ByName(P.unit(E.Unit).string(E.Row->type()));
  }
  case NodeKind::Param: {
    const EntityInfo &E = P.entity(Key.Id);
    const auto Params = rows(E.Row->params());
    return Key.Index >= Params.size() || ByName(P.unit(E.Unit).string(Params[Key.Index].type()));
  }
  case NodeKind::Local: {
    const auto Locals = rows(P.body(Key.Id).Data->locals());
    return ByName(P.tablesOf(Key.Id).string(Locals[Key.Index].type()));
  }
  default:
    return true;
  }
}

void PointerFlow::discover(NodeId N) {
  const NodeKey Key = Graph.keyOf(N);
  if (!mayHoldPointer(Key))
    return Graph.addUnknown(N);
  switch (Key.Kind) {
  case NodeKind::Field:
  case NodeKind::Global:
    return discoverMemory(N, Key.Id);
  case NodeKind::Param:
    return discoverParam(N, Key.Id, Key.Index);
  case NodeKind::Result:
    return discoverResult(N, Key.Id);
  case NodeKind::Written:
    return discoverWritten(N, Key.Id, Key.Index);
  case NodeKind::Local:
    return discoverVariable(N, Key.Id, BaseKind::Local, Key.Index);
  case NodeKind::Temp:
    return discoverTemp(N, Key.Id, Key.Index);
  case NodeKind::Content: {
    const auto Values = llvm::to_vector(Graph.values(Key.Id));
    for (PointerValue V : Values)
      arriveAt(N, V);
    return;
  }
  case NodeKind::Held:
    return; // filled where it was asked for
  }
}

void PointerFlow::discoverMemory(NodeId N, EntityId Id) {
  const bool IsField = Graph.keyOf(N).Kind == NodeKind::Field;
  // What a field names inside a global belongs to the field.
  const auto IsThis = [&](const BodyView &B, const Place &To) {
    return B.lastField(To) == (IsField ? Id : NoId) &&
           (IsField || P.definitionOf(B.global(To)) == Id);
  };
  for (InstRef Store : P.storesTo(Id)) {
    const BodyView B(P, Store.Body);
    const Inst &I = B.Insts[Store.Inst];
    if (IsThis(B, B.Places[I.a()]))
      valueInto(B, Operand(I.b()), N);
  }
  const EntityInfo &E = P.entity(Id);
  const bool IsDefined = IsField || E.has(EntityFlag::Definition) || E.has(EntityFlag::Tentative);
  if (!IsDefined || (!E.has(EntityFlag::Const) && isOpen(N)))
    Graph.addUnseen(N, fromOutside());
  if (!E.has(EntityFlag::Const) && U.AddressKept.test(Id))
    Graph.addUnknown(N);
  if (E.has(EntityFlag::Const))
    return;
  for (InstRef Call : P.addressPassedTo(Id)) {
    const BodyView B(P, Call.Body);
    const auto Args = B.argsOf(B.Insts[Call.Inst]);
    for (uint32_t Slot = 0; Slot != Args.size(); ++Slot)
      if (const Place *Passed = B.addressedPlace(Operand(Args[Slot])); Passed && IsThis(B, *Passed))
        writtenBy(Call, Slot, N);
  }
}

void PointerFlow::discoverParam(NodeId N, EntityId Function, uint32_t Index) {
  for (InstRef Call : P.callersOf(Function))
    argumentInto(Call, Index, N);
  if (const auto It = DispatchedTo.find(Function); It != DispatchedTo.end())
    for (uint32_t Call : It->second)
      argumentInto(Calls[Call].At, Index, N);
  for (BodyId Body : P.bodiesOf(Function))
    discoverVariable(N, Body, BaseKind::Param, Index);
}

void PointerFlow::discoverVariable(NodeId N, BodyId Body, BaseKind Of, uint32_t Variable) {
  const BodyView B(P, Body);
  const BodyIndex &Index = indexOf(Body);
  for (const BodyIndex::Row &R : Index.rowsOf(Role::StoreTo, Of, Variable))
    valueInto(B, Operand(B.Insts[R.Inst].b()), N);
  for (const BodyIndex::Row &R : Index.rowsOf(Role::AddressPassed, Of, Variable))
    writtenBy({Body, R.Inst}, R.Slot, N);
  if (!Index.rowsOf(Role::AddressKept, Of, Variable).empty())
    Graph.addUnknown(N);
}

void PointerFlow::discoverResult(NodeId N, EntityId Function) {
  if (!hasBody(Function))
    Graph.addUnseen(N, fromOutside());
  for (BodyId Body : P.bodiesOf(Function)) {
    const BodyView B(P, Body);
    for (uint32_t Return : indexOf(Body).returns())
      valueInto(B, Operand(B.Insts[Return].a()), N);
  }
}

void PointerFlow::discoverWritten(NodeId N, EntityId Function, uint32_t Index) {
  const auto Params = rows(P.entity(Function).Row->params());
  const bool Known = Index < Params.size();
  if (Known && Params[Index].flags() & static_cast<uint16_t>(ParamFlag::PointeeConst))
    return;
  if (!Known || !hasBody(Function))
    return Graph.addUnseen(N, fromOutside());
  for (BodyId Body : P.bodiesOf(Function)) {
    const BodyView B(P, Body);
    const BodyIndex &Of = indexOf(Body);
    for (const BodyIndex::Row &R : Of.rowsOf(Role::StoreThrough, BaseKind::Param, Index))
      valueInto(B, Operand(B.Insts[R.Inst].b()), N);
    for (const BodyIndex::Row &R : Of.rowsOf(Role::ValuePassed, BaseKind::Param, Index))
      writtenBy({Body, R.Inst}, R.Slot, N);
    if (!Of.rowsOf(Role::ValueKept, BaseKind::Param, Index).empty())
      Graph.addUnknown(N);
  }
}

void PointerFlow::discoverTemp(NodeId N, BodyId Body, uint32_t Inst) {
  const BodyView B(P, Body);
  const auto &I = B.Insts[Inst];
  if (I.op() != Op::Call || !B.isDispatched(I))
    return valueInto(B, Operand(OperandKind::Temp, Inst), N);
  for (EntityId Target : callAt({Body, Inst}).Targets)
    Graph.addEdge(Graph.node({NodeKind::Result, Target}), N);
}

void PointerFlow::argumentInto(InstRef Call, uint32_t Index, NodeId N) {
  const BodyView B(P, Call.Body);
  const Inst &I = B.Insts[Call.Inst];
  const auto Args = B.argsOf(I);
  const uint32_t Slot = Index + B.receivers(I);
  if (Slot < Args.size())
    valueInto(B, Operand(Args[Slot]), N);
  else
    Graph.addUnknown(N);
}

/// What the callee may write to the location whose address is argument `Slot`.
void PointerFlow::writtenBy(InstRef Call, uint32_t Slot, NodeId N) {
  const BodyView B(P, Call.Body);
  const Inst &I = B.Insts[Call.Inst];
  if (B.isUnevaluated(I))
    return;
  if (B.isDispatched(I) || Slot < B.receivers(I))
    return Graph.addUnknown(N);
  const EntityId Callee = functionIn(B, Operand(I.a()).index());
  Graph.addEdge(Graph.node({NodeKind::Written, Callee, Slot - B.receivers(I)}), N);
}

const BodyIndex &PointerFlow::indexOf(BodyId Id) {
  std::unique_ptr<BodyIndex> &Index = Indices[Id];
  if (!Index)
    Index = std::make_unique<BodyIndex>(BodyView(P, Id));
  return *Index;
}
