// Values over calls: what a model says that a call gives and writes, and where a body is asked.
#include "analysis/link/BodyView.h"
#include "analysis/solve/FlowSteps.h"

using namespace assay;

ArgRef FlowSteps::numbered(ArgRef::Kind Where, unsigned Index) {
  ArgRef Ref;
  Ref.Where = Where;
  Ref.Index = Index;
  return Ref;
}

static bool isUnevaluated(const Inst &Call) {
  return Call.flags() & static_cast<uint16_t>(CallFlag::InUnevaluatedBuiltin);
}

/// A struct that is copied as a whole has its members where they were.
void FlowSteps::fromBinds(InstRef Call, const FunctionModel &Row, llvm::ArrayRef<std::string> Binds,
                          Path Rest) {
  const Mark How{Trace::Kind::Copied, Call};
  const bool IsMember =
      llvm::any_of(Rest, [](const PlaceStep &S) { return S.Kind == StepKind::Field; });
  const auto From = [&](Operand O) {
    const auto Named = IsMember ? Names.behind(Call.Body, O) : std::nullopt;
    if (Named && !Sources.named(Call.Body, *Named))
      memory(Named->plus(Rest), Call.Inst, Call.Inst, How);
    else
      value(O, Call.Inst, Call.Inst, How);
  };
  for (const std::string &Bind : Binds)
    if (auto Ref = Row.Binds.find(Bind); Ref != Row.Binds.end())
      llvm::for_each(Names.arguments(Call, Ref->second), From);
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
Callees FlowSteps::targets(InstRef Call, bool Matters) {
  if (const EntityId *Given = Callbacks.target(Call, me().Callbacks))
    return {*Given};
  const Callees To = J.Prog.calleesOf(Call);
  if (Matters && !To.Outside && (!To.Complete || To.Targets.empty()))
    gap("a call in " + J.Words.function(Call.Body) +
        "() goes to functions that are not all known; they may give or write it")
        .Unresolved = Call;
  return To;
}

void FlowSteps::result(uint32_t Call) {
  const InstRef At{me().Body, Call};
  if (isUnevaluated(J.Prog.inst(At)))
    return;
  const Callees To = targets(At, mayHoldText(J, At));
  for (EntityId Callee : To.Targets)
    resultOf(Call, Callee, {});
  if (To.Outside && mayHoldText(J, At))
    unmodelled(At, NoId, OutsideCode);
}

/// `Rest`: where below what the result points to.
void FlowSteps::resultOf(uint32_t Call, EntityId Callee, Path Rest) {
  const InstRef At{me().Body, Call};
  const auto Rows = J.Roles.rowsOf(Callee);
  for (const FunctionModel *Row : Rows) {
    if (llvm::is_contained(P.Sanitizers, Row->Role)) {
      Graph.step(Now).Cleaned.push_back({At, Row});
      return;
    }
    if (Sources.madeBy(Row->Role))
      return met(J.Words.name(Callee) + "()", At);
    if (Row->ReturnsObject)
      for (Operand O : Names.arguments(At, numbered(ArgRef::Kind::This, 0)))
        value(O, Call, Call);
    for (unsigned Arg : Row->ReturnsArguments)
      for (Operand O : Names.arguments(At, numbered(ArgRef::Kind::Argument, Arg)))
        value(O, Call, Call);
    const Role *R = J.Roles.role(Row->Role);
    for (const auto &[Bind, Ref] : Row->Binds)
      if (bool Written = false; R && Ref.Where == ArgRef::Kind::Return)
        fromBinds(At, *Row, sourcesOf(*R, Bind, Written), Rest);
  }
  if (!Rows.empty())
    return;
  if (J.Prog.bodiesOf(Callee).empty()) {
    if (mayHoldText(J, At))
      unmodelled(At, NoId, Callee);
    return;
  }
  for (BodyId In : J.Prog.bodiesOf(Callee))
    ask(In, std::nullopt, {std::nullopt, At});
}

/// Nothing is known of the callee: what it takes may be in what it gives.
void FlowSteps::unmodelled(InstRef Call, unsigned Except, EntityId Callee) {
  const Inst &I = J.Prog.inst(Call);
  inDoubt(Callee, [&] {
    for (uint32_t A = 0; A != I.c(); ++A)
      if (A != Except)
        value(Operand(J.Prog.body(Call.Body).Data->args()->Get(I.b() + A)), Call.Inst, Call.Inst,
              {Trace::Kind::Copied, Call});
  });
}

/// What lies behind a pointer that the call returned: what the callee returns a pointer to.
void FlowSteps::throughResult(uint32_t Call) {
  const InstRef At{me().Body, Call};
  ObjectPath Behind = *me().Memory;
  Behind.Index = ObjectPath::Returned;
  const Path Rest = Path(Behind.Path).drop_front(Behind.isBehindPointer());
  for (EntityId Callee : targets(At, false).Targets)
    if (!J.Roles.rowsOf(Callee).empty() || J.Prog.bodiesOf(Callee).empty())
      resultOf(Call, Callee, Rest);
    else
      for (BodyId In : J.Prog.bodiesOf(Callee))
        ask(In, Behind, {std::nullopt, At});
}

// ---------------------------------------------------------------- memory that is written

/// In doubt all points of a body are one anyway.
bool FlowSteps::backOverCall(uint32_t Call) {
  if (isUnevaluated(J.Prog.inst({me().Body, Call})))
    return false;
  return me().Unsure ? doneBy(Call) : shared(FlowPart::ByCall, Call, [&] { return doneBy(Call); });
}

bool FlowSteps::doneBy(uint32_t Call) {
  const InstRef At{me().Body, Call};
  if (leftInGlobal(At))
    return true;
  if (setsGlobal(At))
    anywhere(me(), *me().Memory);
  bool Covered = false;
  for (const FlowNames::Touched &T : Names.namesIn(At.Body).at(Call)) {
    if (T.Name.sameBase(*me().Memory))
      inDoubt(T.Doubt, [&] { Covered |= behindArgument(At, T) && !T.IsAlias && T.Doubt == NoId; });
    if (!T.IsAlias)
      heldBy(At, T);
  }
  return Covered;
}

/// The global that is asked for may be set in there, whatever was stored here before. With a doubt
/// all of its writes are asked for anyway.
bool FlowSteps::setsGlobal(InstRef Call) const {
  const ObjectPath &M = *me().Memory;
  return M.Base == BaseKind::Global && !me().Unsure && !hasDeref(M.Path) &&
         llvm::any_of(J.Prog.calleesOf(Call).Targets,
                      [&](EntityId Callee) { return J.Reaches.mayWrite(Callee, M); });
}

/// The variable that is asked for, or what it points to, is what the call leaves there: optarg of
/// getopt().
bool FlowSteps::leftInGlobal(InstRef Call) {
  const ObjectPath &M = *me().Memory;
  bool Written = false;
  if (M.Base != BaseKind::Global)
    return false;
  for (EntityId Callee : J.Prog.calleesOf(Call).Targets)
    for (const FunctionModel *Row : J.Roles.rowsOf(Callee))
      for (const auto &[Bind, Ref] : Row->Binds)
        if (const Role *R = J.Roles.role(Row->Role);
            R && Ref.Where == ArgRef::Kind::Global &&
            J.Prog.entity(M.Index).Qualified == Ref.Variable)
          fromBinds(Call, *Row, sourcesOf(*R, Bind, Written), {});
  return Written;
}

/// A pointer to it lies in a struct or a closure that is handed over.
void FlowSteps::heldBy(InstRef Call, const FlowNames::Touched &T) {
  if (T.Name.Base != BaseKind::Local || !T.Name.Path.empty() ||
      Bodies[Call.Body].storesIntoLocals().empty())
    return;
  const auto Held = ObjectNames(Bodies, Call.Body).heldBy(T.Name, *me().Memory);
  if (const auto Rest = Held ? T.Name.stepsTo(*Held) : std::nullopt)
    for (EntityId Callee : targets(Call, false).Targets)
      writtenBy(Call, T.Arg, Callee, *Rest, false);
}

/// The argument points to an object of this name. True when nothing of what was there is left.
bool FlowSteps::behindArgument(InstRef Call, const FlowNames::Touched &T) {
  const unsigned Arg = T.Arg;
  const ObjectPath &Named = named(T);
  const Operand O(body().args()->Get(J.Prog.inst(Call).b() + Arg));
  auto Rest = Named.stepsTo(*me().Memory);
  if (!Rest && !me().Memory->stepsTo(Named))
    return false;
  const Path Below = Rest.value_or(Path());
  const bool Whole = Rest && Below.empty() && O.is(OperandKind::AddressOf);
  // Covered only if each function that the call may enter covers it.
  const Callees To = targets(Call, true);
  bool All = To.Complete && !To.Targets.empty();
  for (EntityId Callee : To.Targets)
    All &= writtenBy(Call, Arg, Callee, Below, Whole);
  if (To.Outside)
    unmodelled(Call, Arg, OutsideCode);
  return All;
}

bool FlowSteps::readsOnly(EntityId Callee, InstRef Call, unsigned Arg) const {
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
bool FlowSteps::writtenBy(InstRef Call, unsigned Arg, EntityId Callee, Path Rest, bool Whole) {
  if (!J.Roles.rowsOf(Callee).empty())
    return writtenByModel(Call, Arg, Callee, Rest, Whole);
  const unsigned Receiver = BodyView::receivers(J.Prog.inst(Call));
  const bool IsThis = Arg == 0 && (Receiver || static_cast<CallKind>(J.Prog.inst(Call).sub()) ==
                                                   CallKind::Constructor);
  const bool Reads = readsOnly(Callee, Call, Arg) &&
                     llvm::none_of(Rest, [](PlaceStep S) { return S.Kind == StepKind::Deref; });
  if (J.Prog.bodiesOf(Callee).empty()) {
    if (!Reads)
      unmodelled(Call, Arg, Callee);
    return false;
  }
  for (BodyId In : J.Prog.bodiesOf(Callee)) {
    if (Reads)
      break;
    ObjectPath Inner;
    Inner.Base = IsThis ? BaseKind::This : BaseKind::Param;
    Inner.Index = IsThis ? 0 : Arg - Receiver;
    ask(In, Inner.pointee().plus(Rest), {Trace::Kind::Filled, Call});
  }
  return false;
}

bool FlowSteps::writtenByModel(InstRef Call, unsigned Arg, EntityId Callee, Path Rest, bool Whole) {
  const Inst &I = J.Prog.inst(Call);
  const Operand Written(J.Prog.body(Call.Body).Data->args()->Get(I.b() + Arg));
  bool Covered = false;
  for (const FunctionModel *Row : J.Roles.rowsOf(Callee)) {
    const Role *R = J.Roles.role(Row->Role);
    for (const auto &[Bind, Ref] : Row->Binds) {
      bool IsWritten = false;
      if (!R || Ref.Where == ArgRef::Kind::Return ||
          !llvm::is_contained(Names.arguments(Call, Ref), Written))
        continue;
      const auto From = sourcesOf(*R, Bind, IsWritten);
      if (!IsWritten)
        continue;
      if (Sources.madeBy(Row->Role))
        met(J.Words.name(Callee) + "()", Call);
      bool Partly = Ref.SizeArgument || llvm::is_contained(From, Bind);
      for (const std::string &B : From)
        if (auto Source = Row->Binds.find(B); Source != Row->Binds.end())
          Partly |= Source->second.SizeArgument.has_value();
      Covered |= Whole && !Partly;
      if (llvm::is_contained(P.Sanitizers, Row->Role))
        Graph.step(Now).Cleaned.push_back({Call, Row});
      else
        fromBinds(Call, *Row, From, Rest);
    }
  }
  return Covered;
}
