#include "analysis/link/PointerFlow.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;
using llvm::StringRef;

PointerFlow::PointerFlow(const Program &P, const Uses &U, const HiddenCalls &Hidden,
                         ClassHierarchy &Classes, const Linker::Options &O)
    : P(P), U(U), Hidden(Hidden), Classes(Classes), Opts(O) {
  Calls.resize(U.Dispatched.size());
  for (uint32_t I = 0; I != Calls.size(); ++I) {
    const BodyView B(P, U.Dispatched[I].Body);
    const Inst &Call = B.Insts[U.Dispatched[I].Inst];
    Calls[I].At = U.Dispatched[I];
    Calls[I].Held = !B.isDispatched(Call);
    Calls[I].Virtual = !Calls[I].Held && Operand(Call.a()).is(OperandKind::Function);
    if (Calls[I].Virtual)
      for (EntityId Target : Classes.targetsOf(B.entity(Operand(Call.a()).index())))
        addOneTarget(I, Target);
  }
}

const Callables &PointerFlow::objects() const {
  if (!Objects)
    Objects = findCallables(P, U, Hidden);
  return *Objects;
}

void PointerFlow::solve() {
  demandCallees();
  demandHandedOut();
  demandHeld();
  run();
  ReadEnd = Graph.size();
  for (DispatchedCall &Call : Calls)
    llvm::sort(Call.Targets);
}

void PointerFlow::demandCallees() {
  for (uint32_t I = 0; I != Calls.size(); ++I) {
    const BodyView B(P, Calls[I].At.Body);
    const Operand Callee(B.Insts[Calls[I].At.Inst].a());
    // Anything but a temporary is a fixed address or nothing: Unknown.
    if (!Callee.is(OperandKind::Temp))
      continue;
    Calls[I].Callee = Graph.node({NodeKind::Temp, B.Id, Callee.index()});
    CallsThrough[Calls[I].Callee].push_back(I);
  }
}

void PointerFlow::demandHandedOut() {
  for (const ValueUse &Use : U.FunctionPointers) {
    const BodyView B(P, Use.At.Body);
    const Operand O = Use.operand(B);
    if (O.is(OperandKind::Temp) && mayLeave(B, Use))
      Graph.node({NodeKind::Temp, B.Id, O.index()});
  }
}

void PointerFlow::demandHeld() {
  for (uint32_t I = 0; I != Calls.size(); ++I)
    if (Calls[I].Held) {
      Calls[I].Callee = Graph.node({NodeKind::Held});
      CallsThrough[Calls[I].Callee].push_back(I);
    }
}

bool PointerFlow::isFromLibrary(const DispatchedCall &Call) const {
  const auto All = Graph.find({NodeKind::Held});
  return All && llvm::is_contained(Graph.values(Call.Callee), PointerValue::addressOf(*All));
}

bool PointerFlow::mayBeAnything(const DispatchedCall &Call) const {
  const auto All = Graph.find({NodeKind::Held});
  return llvm::any_of(Graph.values(Call.Callee), [&](PointerValue V) {
    return !V.isFunction() && !(All && V.node() == *All);
  });
}

/// An object with fields is entered by nobody here where extraction did not look into the object:
/// what it captured is not followed.
bool PointerFlow::mayHoldOthers(const DispatchedCall &Held) const {
  const BodyView B(P, Held.At.Body);
  const Inst &Call = B.Insts[Held.At.Inst];
  if (B.isDispatched(Call))
    return objects().AnyWrapped;
  const uint32_t Given = Call.c() - B.receivers(Call);
  return objects().AnyWrapped ||
         (Given < objects().StatefulOf.size() && objects().StatefulOf.test(Given));
}

/// Whether code outside the program may get to see the value that is handed on here.
bool PointerFlow::mayLeave(const BodyView &B, const ValueUse &Use) const {
  const Inst &I = B.Insts[Use.At.Inst];
  if (I.op() == Op::Store)
    return isOutside(B, B.Places[I.a()]);
  if (I.op() == Op::Return)
    return !Opts.WholeProgram && P.entity(P.body(B.Id).Entity).Link == Linkage::External;
  if (B.isDispatched(I))
    return true;
  const EntityId Callee = functionIn(B, Operand(I.a()).index());
  return !hasBody(Callee) || Use.Slot - B.receivers(I) >= rowCount(P.entity(Callee).Row->params());
}

bool PointerFlow::isOutside(const BodyView &B, const Place &To) const {
  if (To.kind() == BaseKind::Fixed)
    return true;
  if (const EntityId Field = B.lastField(To); Field != NoId)
    return isSharedDeclaration(P.entity(Field), Opts);
  if (const EntityId Global = B.global(To); Global != NoId)
    return isOpenGlobal(P.definitionOf(Global));
  return To.truncated() || To.kind() == BaseKind::Unknown;
}

bool PointerFlow::isOpenGlobal(EntityId Id) const {
  const EntityInfo &E = P.entity(Id);
  const bool IsDefined = E.has(EntityFlag::Definition) || E.has(EntityFlag::Tentative);
  return !IsDefined || (!Opts.WholeProgram && E.Link == Linkage::External);
}

bool PointerFlow::isOpen(NodeId N) const {
  const NodeKey &Key = Graph.keyOf(N);
  // What was made a number is not followed further.
  if (!mayHoldPointer(Key))
    return true;
  if (Key.Kind == NodeKind::Field)
    return isSharedDeclaration(P.entity(Key.Id), Opts);
  if (Key.Kind == NodeKind::Global)
    return isOpenGlobal(Key.Id);
  return Key.Kind == NodeKind::Content && Graph.isUnknown(Key.Id);
}

void PointerFlow::run() {
  while (true) {
    while (const auto New = Graph.takeNew())
      discover(*New);
    const auto Arrival = Graph.takeArrival();
    if (!Arrival)
      return;
    arrive(Arrival->Node, Arrival->Value);
  }
}

void PointerFlow::arrive(NodeId N, PointerValue V) {
  for (NodeId Content : Graph.contentsOf(N))
    arriveAt(Content, V);
  if (!V.isFunction())
    return;
  if (const auto It = CallsThrough.find(N); It != CallsThrough.end())
    for (uint32_t Call : It->second)
      addTarget(Call, V.function());
}

/// `*p` where p may hold V. That of a function is the function.
void PointerFlow::arriveAt(NodeId Content, PointerValue V) {
  if (V.isFunction())
    Graph.addValue(Content, V);
  else
    Graph.addEdge(V.node(), Content);
}

void PointerFlow::addTarget(uint32_t Call, EntityId Function) {
  const BodyView B(P, Calls[Call].At.Body);
  if (!mayTake(B, B.Insts[Calls[Call].At.Inst], Function))
    return;
  // A pointer to a virtual method dispatches like a call by name.
  if (!P.entity(Function).has(EntityFlag::Virtual))
    return addOneTarget(Call, Function);
  for (EntityId Target : Classes.targetsOf(Function))
    addOneTarget(Call, Target);
}

void PointerFlow::addOneTarget(uint32_t Call, EntityId Function) {
  if (!TargetsSeen.insert({Call, Function}).second)
    return;
  Calls[Call].Targets.push_back(Function);
  DispatchedTo[Function].push_back(Call);
  const InstRef At = Calls[Call].At;
  for (uint32_t I = 0; I != rowCount(P.entity(Function).Row->params()); ++I)
    if (const auto Param = Graph.find({NodeKind::Param, Function, I}))
      argumentInto(At, I, *Param);
  if (const auto Result = Graph.find({NodeKind::Temp, At.Body, At.Inst}))
    Graph.addEdge(Graph.node({NodeKind::Result, Function}), *Result);
}

/// Calls through a pointer of a wrong type happen in real C, but not with a wrong number of
/// arguments.
bool PointerFlow::mayTake(const BodyView &B, const Inst &Call, EntityId Function) const {
  const EntityInfo &E = P.entity(Function);
  if (E.Kind > EntityKind::Destructor)
    return false;
  const uint32_t Given = Call.c() - std::min(Call.c(), B.receivers(Call));
  const uint32_t Taken = rowCount(E.Row->params());
  if (Given == Taken || (Given > Taken && E.has(EntityFlag::Variadic)))
    return true;
  const Unit &Home = P.unit(E.Unit);
  const auto *Language = Home.Summary->command()->language();
  const bool HasNoPrototype = Taken == 0 && Language && StringRef(Language->c_str()) == "c" &&
                              Home.string(E.Row->type()).ends_with("()");
  return HasNoPrototype;
}

DispatchedCall &PointerFlow::callAt(InstRef At) {
  return Calls[llvm::lower_bound(U.Dispatched, At) - U.Dispatched.begin()];
}

std::vector<EntityId> PointerFlow::functionsOf(const BodyView &B, Operand O) {
  if (O.is(OperandKind::Function))
    return {functionIn(B, O.index())};
  if (!O.is(OperandKind::Temp))
    return {};
  const NodeId N = Graph.node({NodeKind::Temp, B.Id, O.index()});
  run();
  std::vector<EntityId> Functions;
  for (PointerValue V : Graph.values(N))
    if (V.isFunction())
      Functions.push_back(V.function());
  return Functions;
}

NodeId PointerFlow::paramRead(EntityId Function, uint32_t Index) const {
  return ifRead(Graph.find({NodeKind::Param, Function, Index}));
}

NodeId PointerFlow::resultRead(EntityId Function) const {
  return ifRead(Graph.find({NodeKind::Result, Function}));
}

NodeId PointerFlow::placeRead(const BodyView &B, const Place &To) const {
  const NodeId N = locateBy(B, To, [&](NodeKey K) { return ifRead(Graph.find(K)); });
  if (N != NoNode)
    return N;
  // `*out = f`: read where the caller reads the variable whose address it gave.
  const Place *Through = BodyIndex::parameterThrough(B, To);
  return Through ? ifRead(Graph.find({NodeKind::Written, P.body(B.Id).Entity, Through->base()}))
                 : NoNode;
}
