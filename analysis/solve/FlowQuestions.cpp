// Into bodies, and out of them: what is asked of a body, once for all calls, and what parameters
// are at the callers.
#include "analysis/model/Rows.h"
#include "analysis/solve/FlowWalk.h"

using namespace assay;

/// `M` nothing: what the body returns; of a temporary: what lies behind that. Who asks what was
/// asked before takes what was found so far; what is found later comes to all.
void FlowWalk::ask(uint32_t N, BodyId Callee, std::optional<ObjectPath> M, Mark How) {
  const InstRef Call = How.At;
  const auto [It, New] = Questions.try_emplace({Callee, M, Nodes[N].Doubt != NoId, Nodes[N].Out});
  FlowQuestion &Q = It->second;
  if (llvm::any_of(Q.Askers, [&](const auto &A) { return A.Node == N && A.Call == Call; }))
    return;
  Q.Askers.push_back({N, How, Call});
  for (size_t A = 0; A != Q.Arrivals.size(); ++A)
    leaveTo(FlowArrival(Q.Arrivals[A]), Q, static_cast<uint32_t>(Q.Askers.size() - 1));
  if (!New)
    return;
  Node First = next(N, {Callee, AtReturn}, AtReturn, {});
  First.In = &Q;
  First.Towards = NoId;
  if (M && M->Base != BaseKind::Temp)
    memoryIn(std::move(First), *M);
  else
    fromReturns(First, M);
}

void FlowWalk::fromReturns(Node Next, const std::optional<ObjectPath> &M) {
  const auto *Insts = J.Prog.body(Next.Body).Data->insts();
  for (uint32_t I = 0; I != rowCount(Insts); ++I) {
    if (Insts->Get(I)->op() != Op::Return)
      continue;
    const Operand Value(Insts->Get(I)->a());
    Next.At = Next.Use = I;
    Next.How = {Trace::Kind::Returned, InstRef{Next.Body, I}};
    if (!M)
      valueIn(Next, Value);
    else if (auto Named = behind(Next.Body, Value);
             Named && !M->Path.empty() && M->Path.front().Kind == StepKind::Deref)
      memoryIn(Next, Named->plus(llvm::ArrayRef(M->Path).drop_front()));
  }
}

/// Out of a body: to each call that asked, now or later, or to all that may enter it.
void FlowWalk::leave(const FlowArrival &Arrival) {
  FlowQuestion *Q = Nodes[Arrival.Node].In;
  if (!Q)
    return lift(Arrival);
  Q->Arrivals.push_back(Arrival);
  for (uint32_t A = 0; A != Q->Askers.size(); ++A)
    leaveTo(Arrival, *Q, A);
}

void FlowWalk::leaveTo(const FlowArrival &Arrival, const FlowQuestion &Q, uint32_t Asker) {
  const FlowQuestion::Asker By = Q.Askers[Asker];
  Node Caller = next(By.Node, By.Call, By.Call.Inst, {});
  Caller.Asker = Asker;
  Caller.Doubt = Nodes[Arrival.Node].Doubt;
  leaveBy(Arrival, std::move(Caller), By.Call, false);
}

void FlowWalk::leaveBy(const FlowArrival &Arrival, Node Caller, InstRef Call, bool IsLift) {
  const uint32_t N = Arrival.Node;
  Caller.Towards = N;
  Caller.How = {Trace::Kind::Passed, Call, Arrival.Index, IsLift};
  if (Arrival.IsList) {
    ArgRef List = numbered(ArgRef::Kind::Argument, Arrival.Index);
    List.Rest = true;
    for (Operand O : arguments(Call, List)) {
      valueIn(Caller, O);
      ++Caller.How.Arg;
    }
    return;
  }
  const auto Where = Arrival.Index == NoId ? ArgRef::Kind::This : ArgRef::Kind::Argument;
  const auto Given = arguments(Call, numbered(Where, Arrival.Index));
  bool Known = false;
  if (!Given.empty()) {
    given(Caller, Given.front(), Arrival.Rest);
    if (Arrival.Rest.size() > 1 && Arrival.Rest.front().Kind == StepKind::Deref)
      if (auto Named = behind(Call.Body, Given.front()))
        Known = !IsLift && Named->Base != BaseKind::Unknown && !Keepers.keepsAny(Call.Body);
  }
  // Where the call is known the object is the caller's, and asked for there: its name says all of
  // it, and no pointer to such memory was kept there.
  if (!Known && !IsLift)
    fromEverywhere(N);
}

static bool isHandedToCall(const Program &P, const EntryPoint &E) {
  return E.Kind == EntryKind::HandedOut && E.Argument != NoId && P.inst(E.At).op() == Op::Call;
}

void FlowWalk::lift(const FlowArrival &Arrival) {
  const uint32_t N = Arrival.Node;
  const EntityId Function = J.Prog.body(Nodes[N].Body).Entity;
  // A caller that nobody asked about leads to no place that somebody asked about.
  for (InstRef C : J.Prog.callersOf(Function)) {
    if (J.Roles.isOutOfScope(C.Body) || !J.Asked.callable(C.Body))
      continue;
    Node Caller = next(N, C, C.Inst, {});
    if (!P.SecuredBy.empty())
      Caller.Out = &Lifts.try_emplace({Nodes[N].Out, C}, FlowLift{C, Nodes[N].Out}).first->second;
    leaveBy(Arrival, std::move(Caller), C, true);
  }
  if (J.Prog.mayHaveUnknownCallers(Function))
    outsideCallers(N, Function);
}

void FlowWalk::outsideCallers(uint32_t N, EntityId Function) {
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
    unfollowed("callers of " + J.Words.name(Function) + "() are in units that are not here");
  else if (Sources.entryParameters())
    found(N, "a parameter of " + J.Words.name(Function) + "()", {Nodes[N].Body, 0});
  else if (J.Prog.callersOf(Function).empty() && !IsKnown)
    unfollowed("a parameter of a function that nobody in the program calls: " +
               J.Words.name(Function) + "()")
        .Uncalled = Nodes[N].Body;
}

/// What a parameter is (`Rest` empty), or what lies behind it, as the caller names it.
void FlowWalk::given(Node Next, Operand O, Path Rest) {
  const bool IsBehind = !Rest.empty() && Rest.front().Kind == StepKind::Deref;
  if (Rest.empty() || (Rest.size() == 1 && IsBehind))
    return valueIn(std::move(Next), O);
  if (auto Named = behind(Next.Body, O); Named && IsBehind)
    memoryIn(std::move(Next), Named->plus(Rest.drop_front()));
}

/// `Index` NoId: the object.
void FlowWalk::parameter(uint32_t N, uint32_t Index, Path Rest) {
  const FlowArrival Arrival{N, Index, Rest.vec()};
  const bool IsOpen = !Nodes[N].In;
  if (IsOpen)
    handedAlong(N, Arrival.Rest);
  leave(Arrival);
  if (IsOpen)
    fromEverywhere(N);
}

/// A function that is handed to one outside (a thread's, a callback) is called with something of
/// what that one takes beside it, as far as it is the program's.
void FlowWalk::handedAlong(uint32_t N, Path Rest) {
  const EntityId Outer = Nodes[N].Doubt;
  for (const EntryPoint &E : J.Prog.entryPointsOf(J.Prog.body(Nodes[N].Body).Entity)) {
    if (!isHandedToCall(J.Prog, E) || J.Roles.isOutOfScope(E.At.Body) ||
        !J.Asked.callable(E.At.Body))
      continue;
    const Inst &I = J.Prog.inst(E.At);
    if (Outer == NoId && E.Through != NoId)
      Nodes[N].Doubt = E.Through;
    for (uint32_t A = 0; A != I.c(); ++A)
      if (A != E.Argument)
        given(anyEntry(N, E.At, {Trace::Kind::Copied, E.At}),
              Operand(J.Prog.body(E.At.Body).Data->args()->Get(I.b() + A)), Rest);
    Nodes[N].Doubt = Outer;
  }
}

/// The arguments after the last parameter of the enclosing function.
void FlowWalk::argumentList(uint32_t N) {
  const auto *Params = J.Prog.entity(J.Prog.body(Nodes[N].Body).Entity).Row->params();
  leave({N, Params ? Params->size() : 0, {}, true});
}
