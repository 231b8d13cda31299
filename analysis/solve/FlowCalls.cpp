// Values over calls: what a model says that a call gives and writes, and where a body is asked.
#include "analysis/link/BodyView.h"
#include "analysis/solve/FlowWalk.h"

using namespace assay;

ArgRef FlowWalk::numbered(ArgRef::Kind Where, unsigned Index) {
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
Callees FlowWalk::targets(InstRef Call, bool Matters) {
  const Callees To = J.Prog.calleesOf(Call);
  if (Matters && !To.Outside && (!To.Complete || To.Targets.empty()))
    unfollowed("a call in " + J.Words.function(Call.Body) +
               "() goes to functions that are not all known; they may give or write it")
        .Unresolved = Call;
  return To;
}

void FlowWalk::result(uint32_t N, uint32_t Call) {
  const InstRef At{Nodes[N].Body, Call};
  if (isUnevaluated(J.Prog.inst(At)))
    return;
  const Callees To = targets(At, mayHoldText(J, At));
  for (EntityId Callee : To.Targets)
    resultOf(N, Call, Callee);
  if (To.Outside && mayHoldText(J, At))
    unmodelled(N, At, NoId, OutsideCode);
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
  for (BodyId In : J.Prog.bodiesOf(Callee))
    ask(N, In, std::nullopt, {std::nullopt, At});
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
  const InstRef At{Nodes[N].Body, Call};
  ObjectPath Behind = *Nodes[N].Memory;
  Behind.Index = ObjectPath::Returned;
  for (EntityId Callee : targets(At, false).Targets)
    if (!J.Roles.rowsOf(Callee).empty() || J.Prog.bodiesOf(Callee).empty())
      resultOf(N, Call, Callee);
    else
      for (BodyId In : J.Prog.bodiesOf(Callee))
        ask(N, In, Behind, {std::nullopt, At});
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
        for (EntityId Callee : targets(At, false).Targets)
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
  const Callees To = targets(Call, true);
  bool All = To.Complete && !To.Targets.empty();
  for (EntityId Callee : To.Targets)
    All &= writtenBy(N, Call, Arg, Callee, Below, Whole);
  if (To.Outside)
    unmodelled(N, Call, Arg, OutsideCode);
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
    if (Reads)
      break;
    ObjectPath Inner;
    Inner.Base = IsThis ? BaseKind::This : BaseKind::Param;
    Inner.Index = IsThis ? 0 : Arg - Receiver;
    ask(N, In, Inner.pointee().plus(Rest), {Trace::Kind::Filled, Call});
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
