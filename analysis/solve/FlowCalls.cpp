// Values over calls: what a model says that a call gives and writes, into bodies, and from
// parameters out to the callers.
#include "analysis/link/BodyView.h"
#include "analysis/model/Rows.h"
#include "analysis/solve/FlowWalk.h"

using namespace assay;

static ArgRef numbered(ArgRef::Kind Where, unsigned Index) {
  ArgRef Ref;
  Ref.Where = Where;
  Ref.Index = Index;
  return Ref;
}

static bool isUnevaluated(const Inst &Call) {
  return Call.flags() & static_cast<uint16_t>(CallFlag::InUnevaluatedBuiltin);
}

llvm::SmallVector<Operand, 4> FlowWalk::arguments(InstRef Call, const ArgRef &Ref) const {
  llvm::SmallVector<Operand, 4> Found;
  const Inst &I = J.Prog.inst(Call);
  const Body &B = *J.Prog.body(Call.Body).Data;
  const bool IsThis = Ref.Where == ArgRef::Kind::This;
  if (!IsThis && Ref.Where != ArgRef::Kind::Argument)
    return Found;
  if (IsThis && !BodyView::receivers(I) && static_cast<CallKind>(I.sub()) != CallKind::Constructor)
    return Found;
  const uint32_t First = IsThis ? 0 : Ref.Index + BodyView::receivers(I);
  for (uint32_t A = First; A < I.c(); ++A) {
    Found.push_back(Operand(B.args()->Get(I.b() + A)));
    if (!Ref.Rest)
      break;
  }
  return Found;
}

void FlowWalk::fromBinds(uint32_t N, InstRef Call, const FunctionModel &Row,
                         llvm::ArrayRef<std::string> Binds, Trace::Kind How) {
  for (const std::string &Bind : Binds)
    if (auto Ref = Row.Binds.find(Bind); Ref != Row.Binds.end())
      for (Operand O : arguments(Call, Ref->second))
        value(N, O, Call.Inst, Call.Inst, {How, Call});
}

/// What a role writes to a bind: of which binds it then holds something.
static std::vector<std::string> sourcesOf(const Role &R, const std::string &Bind, bool &Written) {
  std::vector<std::string> From;
  if (auto W = R.Writes.find(Bind); W != R.Writes.end()) {
    Written = true;
    if (!W->second.empty())
      From.push_back(W->second);
  }
  if (auto C = R.Carries.find(Bind); C != R.Carries.end()) {
    Written = true;
    llvm::append_range(From, C->second);
  }
  return From;
}

// ---------------------------------------------------------------- results

/// A number says little of a secret: a length, a status. An iterator leads to it.
static bool mayHoldText(const Judging &J, InstRef Call) {
  const Inst &I = J.Prog.inst(Call);
  llvm::StringRef Type = J.Prog.tablesOf(Call.Body).string(I.type());
  if (static_cast<CallKind>(I.sub()) == CallKind::Indirect) // then it is the function's type
    Type = Type.take_until([](char C) { return C == '('; }).rtrim();
  return Type.ends_with("*") || Type.ends_with("&") || Type.contains('<');
}

/// The functions that a call may enter. That there may be others is remembered where it matters.
llvm::ArrayRef<EntityId> FlowWalk::targets(InstRef Call, bool Matters) {
  const Callees To = J.Prog.calleesOf(Call);
  if (Matters && (!To.Complete || To.Targets.empty()))
    unfollowed("a call in " + J.Words.function(Call.Body) +
               "() goes to functions that are not all known; they may give or write it")
        .Unresolved = Call;
  return To.Targets;
}

void FlowWalk::result(uint32_t N, uint32_t Call) {
  const InstRef At{Nodes[N].Body, Call};
  if (isUnevaluated(J.Prog.inst(At)))
    return;
  for (EntityId Callee : targets(At, mayHoldText(J, At)))
    resultOf(N, Call, Callee);
}

void FlowWalk::resultOf(uint32_t N, uint32_t Call, EntityId Callee) {
  const InstRef At{Nodes[N].Body, Call};
  const auto Rows = J.Roles.rowsOf(Callee);
  for (const FunctionModel *Row : Rows) {
    if (llvm::is_contained(P.Sanitizers, Row->Role)) {
      Cleaned.push_back({At, Row});
      return;
    }
    if (Sources.madeBy(Row->Role))
      return found(N, J.Words.name(Callee) + "()", At);
    for (unsigned Arg : Row->ReturnsArguments)
      for (Operand O : arguments(At, numbered(ArgRef::Kind::Argument, Arg)))
        value(N, O, Call, Call);
    const Role *R = J.Roles.role(Row->Role);
    for (const auto &[Bind, Ref] : Row->Binds)
      if (bool Written = false; R && Ref.Where == ArgRef::Kind::Return)
        fromBinds(N, At, *Row, sourcesOf(*R, Bind, Written), Trace::Kind::Copied);
  }
  if (!Rows.empty())
    return;
  if (J.Prog.bodiesOf(Callee).empty()) {
    if (mayHoldText(J, At))
      unmodelled(N, At, NoId, Callee);
    return;
  }
  for (BodyId In : J.Prog.bodiesOf(Callee)) {
    const FlowContext *Within = enter(N, Call);
    const auto *Insts = J.Prog.body(In).Data->insts();
    for (uint32_t I = 0; Within && I != rowCount(Insts); ++I)
      if (Insts->Get(I)->op() == Op::Return)
        valueIn(N, {In, I}, Within, Operand(Insts->Get(I)->a()), I,
                {Trace::Kind::Returned, InstRef{In, I}});
  }
}

/// Nothing is known of the callee: what it takes may be in what it gives.
void FlowWalk::unmodelled(uint32_t N, InstRef Call, unsigned Except, EntityId Callee) {
  const Inst &I = J.Prog.inst(Call);
  inDoubt(N, Callee, [&] {
    for (uint32_t A = 0; A != I.c(); ++A)
      if (A != Except)
        value(N, Operand(J.Prog.body(Call.Body).Data->args()->Get(I.b() + A)), Call.Inst, Call.Inst,
              {Trace::Kind::Copied, Call});
  });
}

/// What lies behind a pointer that the call returned: what the callee returns a pointer to.
void FlowWalk::throughResult(uint32_t N, uint32_t Call) {
  const Node Me = Nodes[N];
  const InstRef At{Me.Body, Call};
  for (EntityId Callee : targets(At, false)) {
    if (!J.Roles.rowsOf(Callee).empty() || J.Prog.bodiesOf(Callee).empty()) {
      resultOf(N, Call, Callee);
      continue;
    }
    for (BodyId In : J.Prog.bodiesOf(Callee)) {
      const FlowContext *Within = enter(N, Call);
      const auto *Insts = J.Prog.body(In).Data->insts();
      for (uint32_t I = 0; Within && I != rowCount(Insts); ++I)
        if (Insts->Get(I)->op() == Op::Return)
          fromReturn(N, {In, I}, Within);
    }
  }
}

void FlowWalk::fromReturn(uint32_t N, InstRef Return, const FlowContext *Within) {
  const std::vector<PlaceStep> Path = Nodes[N].Memory->Path;
  auto Named = behind(Return.Body, Operand(J.Prog.inst(Return).a()));
  if (Named && !Path.empty() && Path.front().Kind == StepKind::Deref)
    memoryIn(N, Return, Within, Named->plus(llvm::ArrayRef(Path).drop_front()), Return.Inst,
             {Trace::Kind::Returned, Return});
}

// ---------------------------------------------------------------- memory that is written

bool FlowWalk::backOverCall(uint32_t N, uint32_t Call) {
  const Node Me = Nodes[N];
  const InstRef At{Me.Body, Call};
  const Inst &I = J.Prog.inst(At);
  bool Covered = false;
  for (uint32_t A = 0; A != I.c() && !isUnevaluated(I); ++A) {
    const auto Named = behind(Me.Body, Operand(body(N).args()->Get(I.b() + A)));
    if (!Named)
      continue;
    Covered |= behindArgument(N, At, A, *Named);
    for (const Alias &Other : aliases(At, *Named))
      inDoubt(N, Other.Doubt, [&] { behindArgument(N, At, A, Other.Name); });
    // A pointer to it lies in a struct or a closure that is handed over.
    if (Bodies[Me.Body].storesIntoLocals().empty())
      continue;
    if (auto Held = ObjectNames(Bodies, Me.Body).heldBy(*Named, *Me.Memory))
      if (auto Rest = Named->stepsTo(*Held))
        for (EntityId Callee : targets(At, false))
          writtenBy(N, At, A, Callee, *Rest, false);
  }
  return Covered;
}

/// The argument points to an object of this name. True when nothing of what was there is left.
bool FlowWalk::behindArgument(uint32_t N, InstRef Call, unsigned Arg, const ObjectPath &Named) {
  const Operand O(body(N).args()->Get(J.Prog.inst(Call).b() + Arg));
  auto Rest = Named.stepsTo(*Nodes[N].Memory);
  if (!Rest && !Nodes[N].Memory->stepsTo(Named))
    return false;
  const std::vector<PlaceStep> Below = Rest ? Rest->vec() : std::vector<PlaceStep>();
  const bool Whole = Rest && Below.empty() && O.is(OperandKind::AddressOf);
  // Covered only if each function that the call may enter covers it.
  const Callees To = J.Prog.calleesOf(Call);
  bool All = To.Complete && !To.Targets.empty();
  for (EntityId Callee : targets(Call, true))
    All &= writtenBy(N, Call, Arg, Callee, Below, Whole);
  return All;
}

bool FlowWalk::readsOnly(EntityId Callee, InstRef Call, unsigned Arg) const {
  const EntityInfo &Info = J.Prog.entity(Callee);
  const unsigned Receiver = BodyView::receivers(J.Prog.inst(Call));
  if (Receiver && Arg == 0)
    return Info.has(EntityFlag::ConstMethod);
  const auto *Params = Info.Row->params();
  constexpr auto Const = static_cast<uint16_t>(ParamFlag::PointeeConst),
                 ByValue = static_cast<uint16_t>(ParamFlag::RecordByValue);
  return !Params || Arg - Receiver >= Params->size() ||
         (Params->Get(Arg - Receiver)->flags() & (Const | ByValue)) != 0;
}

/// True when nothing of what was there before is left.
bool FlowWalk::writtenBy(uint32_t N, InstRef Call, unsigned Arg, EntityId Callee, Path Rest,
                         bool Whole) {
  if (!J.Roles.rowsOf(Callee).empty())
    return writtenByModel(N, Call, Arg, Callee, Whole);
  const unsigned Receiver = BodyView::receivers(J.Prog.inst(Call));
  const bool IsThis = Arg == 0 && (Receiver || static_cast<CallKind>(J.Prog.inst(Call).sub()) ==
                                                   CallKind::Constructor);
  const bool Reads = readsOnly(Callee, Call, Arg) &&
                     llvm::none_of(Rest, [](PlaceStep S) { return S.Kind == StepKind::Deref; });
  if (J.Prog.bodiesOf(Callee).empty()) {
    if (!Reads)
      unmodelled(N, Call, Arg, Callee);
    return false;
  }
  for (BodyId In : J.Prog.bodiesOf(Callee)) {
    const FlowContext *Within = Reads ? nullptr : enter(N, Call.Inst);
    if (!Within)
      continue;
    ObjectPath Inner;
    Inner.Base = IsThis ? BaseKind::This : BaseKind::Param;
    Inner.Index = IsThis ? 0 : Arg - Receiver;
    memoryIn(N, {In, AtReturn}, Within, Inner.pointee().plus(Rest), AtReturn,
             {Trace::Kind::Filled, Call});
  }
  return false;
}

bool FlowWalk::writtenByModel(uint32_t N, InstRef Call, unsigned Arg, EntityId Callee, bool Whole) {
  const Inst &I = J.Prog.inst(Call);
  const Operand Written(J.Prog.body(Call.Body).Data->args()->Get(I.b() + Arg));
  bool Covered = false;
  for (const FunctionModel *Row : J.Roles.rowsOf(Callee)) {
    const Role *R = J.Roles.role(Row->Role);
    for (const auto &[Bind, Ref] : Row->Binds) {
      bool IsWritten = false;
      if (!R || Ref.Where == ArgRef::Kind::Return ||
          !llvm::is_contained(arguments(Call, Ref), Written))
        continue;
      const auto From = sourcesOf(*R, Bind, IsWritten);
      if (!IsWritten)
        continue;
      if (Sources.madeBy(Row->Role))
        found(N, J.Words.name(Callee) + "()", Call);
      bool Partly = Ref.SizeArgument || llvm::is_contained(From, Bind);
      for (const std::string &B : From)
        if (auto Source = Row->Binds.find(B); Source != Row->Binds.end())
          Partly |= Source->second.SizeArgument.has_value();
      Covered |= Whole && !Partly;
      if (llvm::is_contained(P.Sanitizers, Row->Role))
        Cleaned.push_back({Call, Row});
      else
        fromBinds(N, Call, *Row, From, Trace::Kind::Copied);
    }
  }
  return Covered;
}

// ---------------------------------------------------------------- into bodies, and out of them

const FlowContext *FlowWalk::enter(uint32_t N, uint32_t Call) {
  const FlowContext *Outer = Nodes[N].In;
  const InstRef At{Nodes[N].Body, Call};
  for (const FlowContext *C = Outer; C; C = C->Outer)
    if (C->Call == At)
      return nullptr;
  if (Outer && Outer->Depth >= MostDepth) {
    unfollowed("calls are nested too deeply");
    return nullptr;
  }
  const FlowContext *&Slot = ContextOf[{Outer, At}];
  if (!Slot)
    Slot = &Contexts.emplace_back(FlowContext{At, Outer, Outer ? Outer->Depth + 1 : 1});
  return Slot;
}

static bool isHandedToCall(const Program &P, const EntryPoint &E) {
  return E.Kind == EntryKind::HandedOut && E.Argument != NoId && P.inst(E.At).op() == Op::Call;
}

/// To the call by which the body was entered, or to all that may enter it.
void FlowWalk::lift(uint32_t N, llvm::function_ref<void(InstRef, bool)> To) {
  if (const FlowContext *In = Nodes[N].In)
    return To(In->Call, false);
  const EntityId Function = J.Prog.body(Nodes[N].Body).Entity;
  llvm::ArrayRef<InstRef> Callers = J.Prog.callersOf(Function);
  if (Callers.size() > MostCallers)
    unfollowed(J.Words.name(Function) + "() is called in too many places");
  // A caller that nobody asked about leads to no place that somebody asked about.
  for (InstRef C : Callers.take_front(MostCallers))
    if (!J.Roles.isOutOfScope(C.Body) && J.Asked.callable(C.Body))
      To(C, true);
  if (!J.Prog.mayHaveUnknownCallers(Function))
    return;
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
  else if (Callers.empty() && !IsKnown)
    unfollowed("a parameter of a function that nobody in the program calls: " +
               J.Words.name(Function) + "()")
        .Uncalled = Nodes[N].Body;
}

/// What a parameter is (`Rest` empty), or what lies behind it, as the caller names it.
void FlowWalk::given(uint32_t N, InstRef Call, const FlowContext *In, Operand O, Path Rest,
                     Mark How) {
  const bool IsBehind = !Rest.empty() && Rest.front().Kind == StepKind::Deref;
  if (Rest.empty() || (Rest.size() == 1 && IsBehind))
    return valueIn(N, Call, In, O, Call.Inst, How);
  if (auto Named = behind(Call.Body, O); Named && IsBehind)
    memoryIn(N, Call, In, Named->plus(Rest.drop_front()), Call.Inst, How);
}

/// `Index` NoId: the object. True when the caller's name of the memory says all of it: the call is
/// known, and no pointer to such memory was kept there.
bool FlowWalk::parameter(uint32_t N, uint32_t Index, Path Rest) {
  const FlowContext *Outer = Nodes[N].In ? Nodes[N].In->Outer : nullptr;
  bool Known = false;
  const std::vector<PlaceStep> Kept(Rest.begin(), Rest.end());
  if (!Nodes[N].In)
    handedAlong(N, Kept);
  lift(N, [&](InstRef Call, bool Lifts) {
    const auto Where = Index == NoId ? ArgRef::Kind::This : ArgRef::Kind::Argument;
    const auto Given = arguments(Call, numbered(Where, Index));
    if (Given.empty())
      return;
    given(N, Call, Outer, Given.front(), Kept, {Trace::Kind::Passed, Call, Index, Lifts});
    if (Kept.size() < 2 || Kept.front().Kind != StepKind::Deref)
      return;
    if (auto Named = behind(Call.Body, Given.front()))
      Known = !Lifts && Named->Base != BaseKind::Unknown && !Keepers.keepsAny(Call.Body);
  });
  return Known;
}

/// A function that is handed to one outside (a thread's, a callback) is called with something of
/// what that one takes beside it, as far as it is the program's.
void FlowWalk::handedAlong(uint32_t N, Path Rest) {
  const EntityId Outer = Nodes[N].Doubt;
  const EntityId Function = J.Prog.body(Nodes[N].Body).Entity;
  const auto Why = J.Prog.entryPointsOf(Function);
  if (Why.size() > MostCallers)
    Unfollowed = J.Words.name(Function) + "() is handed over in too many places";
  for (const EntryPoint &E : Why.take_front(MostCallers)) {
    if (!isHandedToCall(J.Prog, E) || J.Roles.isOutOfScope(E.At.Body) ||
        !J.Asked.callable(E.At.Body))
      continue;
    const Inst &I = J.Prog.inst(E.At);
    if (Outer == NoId && E.Through != NoId)
      Nodes[N].Doubt = E.Through;
    for (uint32_t A = 0; A != I.c(); ++A)
      if (A != E.Argument)
        given(N, E.At, nullptr, Operand(J.Prog.body(E.At.Body).Data->args()->Get(I.b() + A)), Rest,
              {Trace::Kind::Copied, E.At});
    Nodes[N].Doubt = Outer;
  }
}

/// The arguments after the last parameter of the enclosing function.
void FlowWalk::argumentList(uint32_t N) {
  const FlowContext *Outer = Nodes[N].In ? Nodes[N].In->Outer : nullptr;
  const auto *Params = J.Prog.entity(J.Prog.body(Nodes[N].Body).Entity).Row->params();
  ArgRef Ref;
  Ref.Index = Params ? Params->size() : 0;
  Ref.Rest = true;
  lift(N, [&](InstRef Call, bool Lifts) {
    uint32_t A = Ref.Index;
    for (Operand O : arguments(Call, Ref))
      valueIn(N, Call, Outer, O, Call.Inst, {Trace::Kind::Passed, Call, A++, Lifts});
  });
}
