// Forward walk: into callees, back to who waits, out to the callers.
#include "analysis/solve/Forward.h"

using namespace assay;

namespace {

/// The place `P`, whose start is `From`, as it is called where `From` is called `To`.
WalkPlace renamed(const WalkPlace &P, const WalkPlace &From, const WalkPlace &To) {
  WalkPlace Out = To;
  Out.Path.insert(Out.Path.end(), P.Path.begin() + static_cast<ptrdiff_t>(From.Path.size()),
                  P.Path.end());
  return Out;
}

/// What a callee calls the memory behind its argument of that number.
WalkPlace behindParameter(const Inst &Call, unsigned Arg) {
  const PlaceStep Deref{StepKind::Deref, 0};
  if (BodyView::receivers(Call) && Arg == 0)
    return {BaseKind::This, 0, {Deref}};
  return {BaseKind::Param, Arg - BodyView::receivers(Call), {Deref}};
}

constexpr size_t MostTargets = 6;

} // namespace

/// Something that depends on the result, or the memory that holds it, goes to the callee.
bool ForwardWalk::handsOver(const WalkState &S, const BodyView &B, const Inst &In) {
  for (uint32_t Raw : B.argsOf(In)) {
    if (auto Value = operandOf(S, Operand(Raw)); Value && varies(S, *Value))
      return true;
    auto Behind = pointee(S.Body, Operand(Raw));
    for (const auto &[P, Value] : S.Memory)
      if (Behind && Behind->isPrefixOf(P) && varies(S, Value))
        return true;
  }
  return llvm::any_of(S.Memory, [&](const auto &Entry) {
    return Entry.first.Base == BaseKind::Global && varies(S, Entry.second);
  });
}

bool ForwardWalk::call(WalkState &S, uint32_t I, const Inst &In) {
  const BodyView &B = view(S.Body);
  const InstRef Call{S.Body, I};
  setTemp(S, I, std::nullopt);
  if (BodyView::isUnevaluated(In))
    return true;
  if (!Client.onCall(S, Call)) {
    stop();
    return false;
  }
  const Callees To = J.Prog.calleesOf(Call);
  const bool Hands = handsOver(S, B, In);
  if (!To.Targets.empty() && To.Complete &&
      llvm::all_of(To.Targets, [&](EntityId T) { return J.Reaches.neverReturns(T); }) && !Hands) {
    end(S, WayEnd::NoReturn);
    return false;
  }
  if ((!To.Complete || To.Targets.size() > MostTargets) && (Hands || Client.doubtsUnresolved()))
    doubt(S, "where a call of " + J.Words.callee(Call) + " goes is not known", Call);
  bool GoesOn = To.Targets.empty();
  WalkState Unseen = S;
  for (EntityId T : To.Targets.take_front(MostTargets)) {
    llvm::ArrayRef<BodyId> Bodies = J.Prog.bodiesOf(T);
    const bool Wanted = Hands || Client.wantsInto(T);
    const bool Again =
        llvm::any_of(S.Callers,
                     [&](const Waiting &W) { return llvm::is_contained(Bodies, W.Call.Body); }) ||
        llvm::is_contained(Bodies, S.Body);
    if (Wanted && !Bodies.empty() && !Again && S.Callers.size() < MostDepth) {
      WalkState Inside = S;
      if (isOfOtherTable(S, Call, T))
        doubt(Inside, "whether " + J.Words.callee(Call) + " is " + J.Words.name(T) +
                          "() for this object is not known");
      for (BodyId Callee : Bodies)
        enter(Inside, Call, Callee);
      continue;
    }
    GoesOn = true;
    if (Wanted && !Bodies.empty())
      doubt(Unseen, "calls of " + J.Words.name(T) + "() are too deep, or go in a circle");
    passUnseen(Unseen, Call, In, T);
  }
  S = std::move(Unseen);
  return GoesOn;
}

/// The record of function pointers through whose field the call goes.
llvm::StringRef ForwardWalk::tableOf(InstRef Call) {
  const BodyView &B = view(Call.Body);
  const Operand To(B.Insts[Call.Inst].a());
  if (!To.is(OperandKind::Temp) || B.Insts[To.index()].op() != Op::Load)
    return {};
  const WalkPlace From = placeOf(Call.Body, B.Places[B.Insts[To.index()].a()]);
  if (From.Path.empty() || From.Path.back().Kind != StepKind::Field)
    return {};
  return J.Prog.entity(From.Path.back().Value).Qualified.rsplit("::").first;
}

/// Functions of one table are mostly those of one unit. Where the unit that the way came from has
/// one for this field, too, another unit's is taken for another object's.
bool ForwardWalk::isOfOtherTable(const WalkState &S, InstRef Call, EntityId Target) {
  if (S.Table.empty() || !BodyView::isDispatched(J.Prog.inst(Call)) || tableOf(Call) != S.Table)
    return false;
  auto IsOfUnit = [&](EntityId T) { return J.Prog.entity(T).Unit == S.TableUnit; };
  return !IsOfUnit(Target) && llvm::any_of(J.Prog.calleesOf(Call).Targets, IsOfUnit);
}

bool ForwardWalk::isSystemVariadic(EntityId Callee, unsigned Arg) const {
  const EntityInfo &E = J.Prog.entity(Callee);
  return E.has(EntityFlag::Variadic) && E.has(EntityFlag::SystemHeader) &&
         Arg >= rowCount(E.Row->params());
}

/// A callee without a body (or one that is not entered): what it may do with what it is handed.
void ForwardWalk::passUnseen(WalkState &S, InstRef Call, const Inst &In, EntityId Callee) {
  llvm::ArrayRef<uint32_t> Args = view(S.Body).argsOf(In);
  llvm::ArrayRef<const FunctionModel *> Rows = J.Roles.rowsOf(Callee);
  for (unsigned A = 0; A != Args.size(); ++A) {
    const Operand O(Args[A]);
    const unsigned Parameter = A - BodyView::receivers(In);
    if (auto Value = operandOf(S, O); Value && varies(S, *Value)) {
      for (const FunctionModel *Row : Rows)
        if (llvm::is_contained(Row->ReturnsArguments, Parameter))
          setTemp(S, Call.Inst, Value);
      // What printf is handed for its format decides nothing.
      if (Client.asksWhoTests() && !isSystemVariadic(Callee, Parameter)) {
        doubt(S,
              "the result goes to " + J.Words.name(Callee) +
                  "(), which may test it and is not in the program",
              Call);
        setTemp(S, Call.Inst, Lanes::opaque());
      }
    }
    const auto Behind = pointee(S.Body, O);
    if (!Behind)
      continue;
    const bool Holds = llvm::any_of(S.Memory, [&](const auto &Entry) {
      return Behind->isPrefixOf(Entry.first) && varies(S, Entry.second);
    });
    if (Holds && Client.asksWhoTests())
      doubt(S,
            "'" + nameOf(S.Body, *Behind) + "', which holds the result, goes to " +
                J.Words.name(Callee) + "(), which is not in the program",
            Call);
    const auto *Params = J.Prog.entity(Callee).Row->params();
    const bool ReadOnly =
        Params && Parameter < Params->size() &&
        (Params->Get(Parameter)->flags() & static_cast<uint16_t>(ParamFlag::PointeeConst));
    if (!ReadOnly)
      forget(S.Memory, *Behind);
  }
}

void ForwardWalk::enter(const WalkState &S, InstRef Call, BodyId Callee) {
  const BodyView &B = view(S.Body);
  const Inst &In = B.Insts[Call.Inst];
  WalkState N = S;
  N.Body = Callee;
  N.Via = NoId;
  N.Memory.clear();
  N.Callers.push_back({Call, S.Via, S.Memory, S.Object});
  N.Object = aliasesIn(Call, S.Object);
  bool Carries = false;
  llvm::ArrayRef<uint32_t> Args = B.argsOf(In);
  for (unsigned A = 0; A != Args.size(); ++A) {
    const Operand O(Args[A]);
    const WalkPlace There = behindParameter(In, A);
    if (auto Value = operandOf(S, O); Value && There.Base == BaseKind::Param) {
      N.Memory[{BaseKind::Param, There.Index, {}}] = *Value;
      Carries |= varies(S, *Value);
    }
    if (auto Behind = pointee(S.Body, O))
      for (const auto &[P, Value] : S.Memory)
        if (Behind->isPrefixOf(P))
          N.Memory[renamed(P, *Behind, There)] = Value;
  }
  for (const auto &[P, Value] : S.Memory)
    if (P.Base == BaseKind::Global)
      N.Memory[P] = Value;
  if (Carries)
    note(N, Call, "passed to " + J.Words.callee(Call), PathStepKind::Call);
  else if (Client.tellsWay())
    note(N, Call, "calls " + J.Words.function(Callee) + "()", PathStepKind::Call);
  N.Block = 0;
  N.Next = view(Callee).Data.blocks()->Get(0)->first_inst();
  dropUnread(N);
  if (Client.onBlock(N))
    push(std::move(N));
  else
    stop();
}

bool ForwardWalk::addLeft(InstRef Call, const WalkMemory &From, LaneSet Alive, WalkMemory &To) {
  const BodyView &B = view(Call.Body);
  const Inst &In = B.Insts[Call.Inst];
  llvm::ArrayRef<uint32_t> Args = B.argsOf(In);
  std::set<const Lanes *> Named;
  for (unsigned A = 0; A != Args.size(); ++A) {
    const auto Behind = pointee(Call.Body, Operand(Args[A]));
    if (!Behind)
      continue;
    const WalkPlace There = behindParameter(In, A);
    forget(To, *Behind);
    for (const auto &[P, Value] : From)
      if (There.isPrefixOf(P)) {
        To[renamed(P, There, *Behind)] = Value;
        Named.insert(&Value);
      }
  }
  std::erase_if(To, [](const auto &Entry) { return Entry.first.Base == BaseKind::Global; });
  bool All = true;
  for (const auto &[P, Value] : From)
    if (P.Base == BaseKind::Global)
      To[P] = Value;
    else if (P.outlivesBody() && !Named.count(&Value) && Value.variesOver(Alive))
      All = false;
  return All;
}

void ForwardWalk::returnFrom(WalkState S, const Lanes *Value, Operand Result) {
  if (!S.Callers.empty())
    return resume(std::move(S), Value, Result);
  if (!Client.onReturn(S, Value))
    return stop();
  lift(S, Value, Result);
}

void ForwardWalk::resume(WalkState S, const Lanes *Value, Operand Result) {
  Waiting To = std::move(S.Callers.back());
  S.Callers.pop_back();
  if (!addLeft(To.Call, S.Memory, S.Alive, To.Memory))
    doubt(S, "the result is kept in memory that outlives " + J.Words.function(S.Body) + "()",
          To.Call);
  for (ObjectPath &Name : aliasesOut(S, To.Call, Result))
    addAlias(To.Object, std::move(Name));
  S.Via = To.Via;
  goBehind(S, To.Call);
  S.Memory = std::move(To.Memory);
  S.Object = std::move(To.Object);
  setTemp(S, To.Call.Inst, Value ? std::optional(*Value) : std::nullopt);
  push(std::move(S));
}

void ForwardWalk::lift(const WalkState &S, const Lanes *Value, Operand Result) {
  const EntityId Function = J.Prog.body(S.Body).Entity;
  llvm::ArrayRef<InstRef> Callers = J.Prog.callersOf(Function);
  if (J.Prog.mayHaveUnknownCallers(Function) || Callers.empty()) {
    WalkState Last = S;
    if (J.Prog.mayBeCalledElsewhere(Function))
      doubt(Last, "callers of " + J.Words.name(Function) + "() are in units that are not here");
    end(Last, WayEnd::Returned);
  }
  if (Callers.size() > MostCallers || S.Lifted >= MostLifts) {
    WalkState Last = S;
    doubt(Last, J.Words.name(Function) + "() has too many callers to follow them all");
    return end(Last, WayEnd::Returned);
  }
  for (InstRef Caller : Callers)
    if (!J.Roles.isOutOfScope(Caller.Body) && Client.goesOutTo(Caller.Body))
      liftTo(S, Caller, Value, Result);
}

void ForwardWalk::liftTo(const WalkState &S, InstRef Caller, const Lanes *Value, Operand Result) {
  WalkState N = S;
  N.Memory.clear();
  if (!addLeft(Caller, S.Memory, S.Alive, N.Memory))
    doubt(N, "the result is kept in memory that outlives " + J.Words.function(S.Body) + "()",
          Caller);
  N.Object = aliasesOut(S, Caller, Result);
  N.Via = NoId;
  goBehind(N, Caller);
  N.Anchor = Caller;
  ++N.Lifted;
  if (const llvm::StringRef Table = tableOf(Caller); !Table.empty()) {
    N.Table = Table;
    N.TableUnit = J.Prog.body(S.Body).Unit;
  }
  if (Value)
    setTemp(N, Caller.Inst, *Value);
  if (Value && varies(S, *Value))
    note(N, Caller, "returned by " + J.Words.function(S.Body) + "()", PathStepKind::Return);
  if (!S.Object.empty() && N.Object.empty() && !Client.onObjectLost(N, Caller))
    return stop();
  push(std::move(N));
}
