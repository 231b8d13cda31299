// Into bodies, and out of them: what is asked of a body, once for all calls, and what parameters
// are at the callers.
#include "analysis/model/Rows.h"
#include "analysis/solve/FlowSteps.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace assay;

/// `M` nothing: what the body returns; of a temporary: what lies behind that. Who asks what was
/// asked before takes what was found so far; what is found later comes to all.
void FlowSteps::ask(BodyId Callee, std::optional<ObjectPath> M, Mark How) {
  if (P.WithinFunction)
    return;
  if (me().Spread)
    return begin(Callee, nullptr, M, How);
  if (isUnsure()) {
    FlowQuestion &Q = Graph.inDoubt(Callee);
    Edges->push_back({entered(Q, How.At, blurred(me().In)), {}, Doubting});
    return begin(Callee, &Q, M, How);
  }
  const auto [Q, New] =
      Graph.question(Callee, M ? Graph.name(*M) : nullptr, me().Out,
                     Callbacks.into(Callee, How.At, me().Callbacks), me().WasHere);
  if (!enlist(*Q, Now, How))
    return;
  if (Q->InDoubt)
    Edges->push_back({entered(*Q->InDoubt, How.At, blurred(me().In)), {}, NoId});
  if (!New)
    return;
  llvm::SaveAndRestore<std::vector<FlowEdge> *> Into(Edges, &Q->Starts);
  begin(Callee, Q, M, {});
}

/// False where the node asked it before.
bool FlowSteps::enlist(FlowQuestion &Q, uint32_t Node, Mark How) {
  const auto Asker = static_cast<uint32_t>(Q.Askers.size());
  if (!Q.AskerOf.try_emplace({Node, How.At.Inst}, Asker).second)
    return false;
  Q.Askers.push_back({Node, How, {}});
  Graph.step(Node).Asks.push_back({&Q, Asker});
  for (const FlowArrival &A : Q.Arrivals)
    leaveTo(A, Q, Asker);
  return true;
}

void FlowSteps::begin(BodyId Callee, FlowQuestion *Q, const std::optional<ObjectPath> &M,
                      Mark How) {
  Node First = next({Callee, AtReturn}, AtReturn);
  First.In = Q;
  First.Callbacks = Q ? Q->Callbacks : nullptr;
  if (M && M->Base != BaseKind::Temp)
    memoryIn(First, *M, How);
  else
    fromReturns(First, M);
}

/// The node by which this call asks, whoever asks by it.
uint32_t FlowSteps::entered(FlowQuestion &Q, InstRef Call, FlowQuestion *In) {
  Node ByCall;
  ByCall.Body = Call.Body;
  ByCall.In = In;
  ByCall.At = Call.Inst;
  ByCall.Unsure = true;
  const uint32_t N = Graph.add(ByCall);
  Graph.open(N);
  enlist(Q, N, {std::nullopt, Call});
  return N;
}

/// With a doubt the body was entered by all who asked without one, now or later.
FlowQuestion *FlowSteps::blurred(FlowQuestion *In) {
  if (!In || In->InDoubt)
    return In ? In->InDoubt : nullptr;
  In->InDoubt = &Graph.inDoubt(In->Of);
  for (size_t A = 0; A != In->Askers.size(); ++A) {
    const uint32_t Asker = In->Askers[A].Node;
    const InstRef Call = In->Askers[A].How.At;
    Graph.connect(Asker, {entered(*In->InDoubt, Call, blurred(Graph.node(Asker).In)), {}, NoId});
  }
  return In->InDoubt;
}

/// In doubt the place in the body, and what it was entered for, no more tell nodes apart: what can
/// be told is only that the value may come from there.
void FlowSteps::blur(Node &N) {
  N.Out = nullptr;
  N.Callbacks = nullptr;
  N.In = N.Spread ? nullptr : blurred(N.In);
  if (!N.IsAfter)
    N.At = N.Use = N.Memory ? AtReturn : 0;
}

void FlowSteps::fromReturns(Node Next, const std::optional<ObjectPath> &M) {
  const auto *Insts = J.Prog.body(Next.Body).Data->insts();
  for (uint32_t I = 0; I != rowCount(Insts); ++I) {
    if (Insts->Get(I)->op() != Op::Return)
      continue;
    const Operand Value(Insts->Get(I)->a());
    const Mark How{Trace::Kind::Returned, InstRef{Next.Body, I}};
    Next.At = Next.Use = I;
    if (!M || !M->isBehindPointer())
      given(Next, Value, M ? Path(M->Path) : Path(), How);
    else if (auto Named = Names.behind(Next.Body, Value))
      memoryIn(Next, Named->plus(Path(M->Path).drop_front()), How);
  }
}

/// Out of a body: to each call that asked, now or later, or to all that may enter it.
void FlowSteps::leave(const FlowArrival &Arrival) {
  if (P.WithinFunction)
    return;
  FlowQuestion *Q = me().In;
  if (!Q)
    return lift(Arrival);
  Q->Arrivals.push_back(Arrival);
  for (uint32_t A = 0; A != Q->Askers.size(); ++A)
    leaveTo(Arrival, *Q, A);
}

/// What is found is a step of both, the one that asked and the one that arrived.
void FlowSteps::leaveTo(const FlowArrival &Arrival, FlowQuestion &Q, uint32_t Asker) {
  const InstRef Call = Q.Askers[Asker].How.At;
  std::vector<FlowEdge> Found;
  llvm::SaveAndRestore<std::vector<FlowEdge> *> Into(Edges, &Found);
  Node Caller = Graph.node(Q.Askers[Asker].Node);
  Caller = at(Caller, Call, Call.Inst);
  Caller.Unsure = Graph.node(Arrival.Node).Unsure;
  Caller.Spread = Graph.node(Arrival.Node).Spread;
  if (!leaveBy(Arrival, Caller, Call, false))
    anywhere(Caller, *Graph.node(Arrival.Node).Memory);
  for (FlowEdge &E : Found)
    Graph.cross(Q, {Arrival.Node, Asker, std::move(E)});
}

/// False where the object has other names than the caller's, or a pointer to such memory was kept
/// there: it may be written elsewhere, too. Else it is asked for there.
bool FlowSteps::leaveBy(const FlowArrival &Arrival, Node Caller, InstRef Call, bool IsLift) {
  Mark How{Trace::Kind::Passed, Call, Arrival.Index, IsLift};
  if (Arrival.IsList) {
    ArgRef List = numbered(ArgRef::Kind::Argument, Arrival.Index);
    List.Rest = true;
    for (Operand O : Names.arguments(Call, List)) {
      valueIn(Caller, O, How);
      ++How.Arg;
    }
    return true;
  }
  const auto Where = Arrival.Index == NoId ? ArgRef::Kind::This : ArgRef::Kind::Argument;
  const auto Given = Names.arguments(Call, numbered(Where, Arrival.Index));
  if (Given.empty())
    return false;
  given(Caller, Given.front(), Arrival.Rest, How);
  if (Arrival.Rest.size() < 2 || Arrival.Rest.front().Kind != StepKind::Deref)
    return false;
  const auto Named = Names.behind(Call.Body, Given.front());
  return Named && Named->Base != BaseKind::Unknown && !Keepers.keepsAny(Call.Body);
}

static bool isHandedToCall(const Program &P, const EntryPoint &E) {
  return E.Kind == EntryKind::HandedOut && E.Argument != NoId && P.inst(E.At).op() == Op::Call;
}

/// Out of a body that any call may have entered.
bool FlowSteps::isLeftTo(BodyId Caller) const {
  return !J.Roles.isOutOfScope(Caller) && (Extent != FlowExtent::Near || J.Asked.callable(Caller));
}

void FlowSteps::lift(const FlowArrival &Arrival) {
  const EntityId Function = J.Prog.body(me().Body).Entity;
  for (InstRef C : J.Prog.callersOf(Function)) {
    if (!isLeftTo(C.Body))
      continue;
    const auto Given = Callbacks.outOf(me().Body, C, me().Callbacks);
    if (!Given)
      continue;
    Node Caller = next(C, C.Inst);
    Caller.Callbacks = *Given;
    if (!P.SecuredBy.empty())
      Caller.Out = Graph.lift(me().Out, C);
    leaveBy(Arrival, Caller, C, !Sources.isCommandList(me().Body, Arrival.Index));
  }
  if (J.Prog.mayHaveUnknownCallers(Function))
    outsideCallers(Function);
}

void FlowSteps::outsideCallers(EntityId Function) {
  // Whoever starts the program keeps nothing of it: what main() is given has no name but its own.
  // What was handed to a function outside is given what that takes (handedAlong()).
  const auto Why = J.Prog.entryPointsOf(Function);
  auto IsNamed = [&](const EntryPoint &E) {
    return E.Kind == EntryKind::Main || isHandedToCall(J.Prog, E);
  };
  const bool IsKnown = llvm::any_of(Why, IsNamed) && llvm::all_of(Why, [&](const EntryPoint &E) {
                         return E.Kind == EntryKind::Uncalled || IsNamed(E);
                       });
  if (J.Prog.mayBeCalledElsewhere(Function))
    gap("callers of " + J.Words.name(Function) + "() are in units that are not here");
  else if (Sources.entryParameters())
    met("a parameter of " + J.Words.name(Function) + "()", {me().Body, 0});
  else if (J.Prog.callersOf(Function).empty() && !IsKnown)
    gap("a parameter of a function that nobody in the program calls: " + J.Words.name(Function) +
        "()")
        .Uncalled = me().Body;
}

/// What is handed over (`Rest` empty), what lies behind it, or a part of a structure that is handed
/// over by value; as its giver names it.
void FlowSteps::given(Node Next, Operand O, Path Rest, Mark How) {
  if (Rest.empty())
    return valueIn(Next, O, How);
  if (Rest.front().Kind != StepKind::Deref)
    return partOf(Next, O, Rest, How);
  if (Rest.size() == 1)
    return valueIn(Next, O, How);
  if (auto Named = Names.behind(Next.Body, O))
    memoryIn(Next, Named->plus(Rest.drop_front()), How);
}

void FlowSteps::partOf(Node Next, Operand O, Path Rest, Mark How) {
  if (!O.is(OperandKind::Temp))
    return valueIn(Next, O, How);
  const Inst &Made = J.Prog.inst({Next.Body, O.index()});
  switch (Made.op()) {
  case Op::Load:
    Next.At = O.index();
    return memoryIn(Next, Names.place(Next.Body, Made.a()).plus(Rest), How);
  case Op::Copy:
    return partOf(Next, Operand(Made.a()), Rest, How);
  case Op::Select:
    partOf(Next, Operand(Made.b()), Rest, How);
    return partOf(Next, Operand(Made.c()), Rest, How);
  case Op::Call: {
    ObjectPath Result;
    Result.Base = BaseKind::Temp;
    Result.Index = O.index();
    return memoryIn(Next, Result.plus(Rest), How);
  }
  default:
    return valueIn(Next, O, How);
  }
}

/// `Index` NoId: the object.
void FlowSteps::parameter(uint32_t Index, Path Rest) {
  if (Sources.isCommandLine(me().Body, Index))
    return met("the command line", {me().Body, 0});
  const FlowArrival Arrival{Now, Index, PlaceSteps(Rest)};
  const bool IsOpen = !me().In;
  if (IsOpen && !P.WithinFunction)
    handedAlong(Arrival.Rest);
  leave(Arrival);
  if (IsOpen)
    anywhere(me(), *me().Memory);
}

/// A function that is handed to one outside (a thread's, a callback) is called with something of
/// what that one takes beside it, as far as it is the program's.
void FlowSteps::handedAlong(Path Rest) {
  for (const EntryPoint &E : J.Prog.entryPointsOf(J.Prog.body(me().Body).Entity)) {
    if (!isHandedToCall(J.Prog, E) || !isLeftTo(E.At.Body))
      continue;
    const Inst &I = J.Prog.inst(E.At);
    inDoubt(me().Unsure ? NoId : E.Through, [&] {
      for (uint32_t A = 0; A != I.c(); ++A)
        if (A != E.Argument)
          given(anyEntry(E.At), Operand(J.Prog.body(E.At.Body).Data->args()->Get(I.b() + A)), Rest,
                {Trace::Kind::Copied, E.At});
    });
  }
}

/// The arguments after the last parameter of the enclosing function.
void FlowSteps::argumentList() {
  const auto *Params = J.Prog.entity(J.Prog.body(me().Body).Entity).Row->params();
  leave({Now, Params ? Params->size() : 0, {}, true});
}
