/// PointerFlow: what flows into a location, found when the location is first asked for.
#include "analysis/link/PointerFlow.h"

using namespace assay;
using llvm::StringRef;
using Role = BodyIndex::Role;

/// Pointers that were made numbers are not followed: almost all numbers are just numbers. A type
/// that is not kept may be anything.
bool PointerFlow::mayHoldPointer(const NodeKey &Key) const {
  const StringRef Type = typeOf(Key);
  return Type.empty() || Type.find_first_of("*&^") != StringRef::npos || holdsFunction(Type);
}

StringRef PointerFlow::typeOf(const NodeKey &Key) const {
  switch (Key.Kind) {
  case NodeKind::Field:
  case NodeKind::Global: {
    const EntityInfo &E = P.entity(Key.Id);
    return P.unit(E.Unit).string(E.Row->type());
  }
  case NodeKind::Param: {
    const EntityInfo &E = P.entity(Key.Id);
    const auto Params = rows(E.Row->params());
    return Key.Index < Params.size() ? P.unit(E.Unit).string(Params[Key.Index].type()) : "";
  }
  case NodeKind::Local:
    return P.tablesOf(Key.Id).string(rows(P.body(Key.Id).Data->locals())[Key.Index].type());
  default:
    return "";
  }
}

/// A pointer to a function, a closure, or an object that holds either.
bool PointerFlow::holdsFunction(StringRef Type) {
  return Type.contains("(*)(") || Type.contains("(lambda)") || isOfFunctionType(Type);
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
    return discoverHeld(N);
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
  if (const EntityId Record = IsField ? parentOf(P, Id) : NoId;
      Record != NoId && isLibraryClass(P, Record))
    Graph.addEdge(Graph.node({NodeKind::Held}), N);
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
  if (isLibraryTemplate(P, Function))
    fromLibrary(N, resultTypeOf(P, Function));
  else if (!hasBody(Function))
    Graph.addUnseen(N, fromOutside());
  for (BodyId Body : P.bodiesOf(Function)) {
    const BodyView B(P, Body);
    for (uint32_t Return : indexOf(Body).returns())
      valueInto(B, Operand(B.Insts[Return].a()), N);
  }
}

/// An element of a container: whatever the library's templates were handed. What else an object
/// that holds a function may have come from, is asked of the calls (isFromLibrary).
void PointerFlow::fromLibrary(NodeId N, StringRef Type) {
  const bool IsAddress = Type.consume_back("&") || Type.consume_back("*");
  const NodeId All = Graph.node({NodeKind::Held});
  if (IsAddress)
    Graph.addValue(N, PointerValue::addressOf(All));
  else if (holdsFunction(Type))
    Graph.addEdge(All, N);
  if (!isOfFunctionType(Type.rtrim()))
    Graph.addUnseen(N, fromOutside());
}

void PointerFlow::discoverHeld(NodeId N) {
  Graph.addValue(N, PointerValue::addressOf(N));
  for (EntityId Object : objects().Stateless)
    Graph.addValue(N, PointerValue::function(Object));
  for (const ValueUse &Use : U.FunctionPointers) {
    const BodyView B(P, Use.At.Body);
    const Inst &I = B.Insts[Use.At.Inst];
    if (I.op() == Op::Call && !B.isDispatched(I) &&
        isLibraryTemplate(P, functionIn(B, Operand(I.a()).index())))
      valueInto(B, Use.operand(B), N);
  }
  for (EntityId Function = 0; Function != P.entityCount(); ++Function)
    if (P.entity(Function).isFunction() && isLibraryTemplate(P, Function))
      for (InstRef Call : P.callersOf(Function))
        addressesInto(BodyView(P, Call.Body), Call.Inst, N);
}

/// What lies in the objects that a call is handed the addresses of.
void PointerFlow::addressesInto(const BodyView &B, uint32_t Call, NodeId N) {
  for (uint32_t Arg : B.argsOf(B.Insts[Call])) {
    const Place *Passed = B.addressedPlace(Operand(Arg));
    const NodeId From = Passed ? locate(B, *Passed) : NoNode;
    if (From != NoNode && holdsFunction(typeOf(Graph.keyOf(From))))
      Graph.addEdge(From, N);
  }
}

void PointerFlow::discoverWritten(NodeId N, EntityId Function, uint32_t Index) {
  const auto Params = rows(P.entity(Function).Row->params());
  const bool Known = Index < Params.size();
  if (Known && Params[Index].flags() & static_cast<uint16_t>(ParamFlag::PointeeConst))
    return;
  if (Known && isLibraryTemplate(P, Function)) {
    StringRef Type = P.unit(P.entity(Function).Unit).string(Params[Index].type());
    // What is moved from holds nothing new; else it may be exchanged for what others hold.
    if (Type.consume_back("&&") && holdsFunction(Type))
      return;
    if (Type.consume_back("&") && holdsFunction(Type))
      return Graph.addEdge(Graph.node({NodeKind::Held}), N);
  }
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
  // Neither the call of what it holds nor its end makes an object hold something else.
  if (I.flags() & static_cast<uint16_t>(CallFlag::Held) && Slot == 0)
    return;
  if (B.isDispatched(I))
    return Graph.addUnknown(N);
  if (Slot < B.receivers(I)) {
    const bool Reads = CallKind(I.sub()) == CallKind::Destructor ||
                       P.entity(B.entity(Operand(I.a()).index())).has(EntityFlag::ConstMethod);
    return Reads ? void() : Graph.addUnknown(N);
  }
  const EntityId Callee = functionIn(B, Operand(I.a()).index());
  Graph.addEdge(Graph.node({NodeKind::Written, Callee, Slot - B.receivers(I)}), N);
}

const BodyIndex &PointerFlow::indexOf(BodyId Id) {
  std::unique_ptr<BodyIndex> &Index = Indices[Id];
  if (!Index)
    Index = std::make_unique<BodyIndex>(BodyView(P, Id));
  return *Index;
}
