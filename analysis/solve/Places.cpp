// Names of memory: from a body's places and pointers to AbstractPlaces that can be compared.
#include "analysis/link/BodyView.h"
#include "analysis/solve/Evaluator.h"

using namespace assay;

const AbstractPlace *Evaluator::intern(AbstractPlace P) {
  return &*PlaceTable.insert(std::move(P)).first;
}

const Evaluator::Places &Evaluator::canonical(const Frame *F, uint32_t Row) {
  auto [It, New] = CanonicalPlaces.try_emplace({F, Row});
  if (!New)
    return It->second;
  const Body &B = body(F);
  const Place *P = B.places()->Get(Row);
  AbstractPlace A;
  A.In = F;
  A.Base = P->kind();
  A.Index = P->base();
  if (A.Base == BaseKind::Global) {
    A.In = nullptr;
    A.Index = Prog.entityIn(F->Body, P->base());
  }
  PlaceSteps Steps;
  for (uint32_t I = 0; I != P->path_len(); ++I) {
    const Step *S = B.steps()->Get(P->path_start() + I);
    Steps.push_back({S->kind(), S->kind() == StepKind::Field ? Prog.entityIn(F->Body, S->value())
                                                             : S->value()});
  }
  const bool ThroughVariable =
      !Steps.empty() && Steps.front().Kind == StepKind::Deref &&
      (A.Base == BaseKind::Local || A.Base == BaseKind::Param || A.Base == BaseKind::Temp);
  Places Out;
  if (!ThroughVariable) {
    Out.Known.push_back(intern(A.plus(Steps)));
  } else if (!spend()) { // in a cycle it is asked again and again
    Out.Others = just(unknown(TooMuch, {F->Body, 0}));
  } else {
    Places To = A.Base == BaseKind::Temp ? pointeesOfTemp(F, A.Index) : pointeesOfVariable(F, A);
    Out.Others = To.Others;
    for (const AbstractPlace *Q : To.Known)
      Out.Known.push_back(intern(Q->plus(llvm::ArrayRef(Steps).drop_front())));
  }
  // What goes through no variable is the same inside a cycle and after the effort.
  if (!ThroughVariable || (Budget != 0 && CycleFloor == ~0u && ActiveVariables.empty()))
    return CanonicalPlaces[{F, Row}] = std::move(Out);
  CanonicalPlaces.erase({F, Row});
  return PartlyKnown.emplace_back(std::move(Out));
}

Evaluator::Places Evaluator::pointees(const Frame *F, Operand O) {
  Places Out;
  switch (O.kind()) {
  case OperandKind::AddressOf:
    return canonical(F, O.index());
  case OperandKind::Temp:
    return pointeesOfTemp(F, O.index());
  case OperandKind::Const: {
    const Constant *C = body(F).constants()->Get(O.index());
    // Nothing is read through a null pointer, or through one that was declared and is set later.
    const bool IsNowhere = C->kind() == ConstantKind::Null ||
                           C->kind() == ConstantKind::Uninitialised ||
                           (C->kind() == ConstantKind::Int && C->value() == 0);
    if (IsNowhere)
      Out.Others = constant(F, O.index());
    else
      Out.Others.add(unknown("memory at a fixed address", {F->Body, 0}));
    return Out;
  }
  case OperandKind::Function:
    Out.Others = operand(F, O, 0);
    return Out;
  case OperandKind::None:
    Out.Others.add(unknown("no value is given", {F->Body, 0}));
    return Out;
  }
  return Out;
}

Evaluator::Places Evaluator::pointeesOfTemp(const Frame *F, uint32_t I) {
  if (auto It = TempPointees.find({F, I}); It != TempPointees.end())
    return It->second;
  Places Out = computePointees(F, I);
  // Inside a cycle of pointer variables only a part has been seen.
  if (ActiveVariables.empty() && Budget != 0)
    TempPointees[{F, I}] = Out;
  return Out;
}

Evaluator::Places Evaluator::computePointees(const Frame *F, uint32_t I) {
  const Inst &In = inst(F, I);
  Places Out;
  auto Join = [&](Places More, llvm::ArrayRef<PlaceStep> Rest = {}) {
    for (const AbstractPlace *P : More.Known)
      if (Out.Known.size() < 8)
        Out.Known.push_back(Rest.empty() ? P : intern(P->plus(Rest)));
    Out.Others.add(More.Others);
  };
  switch (In.op()) {
  case Op::Load: {
    const Places &From = canonical(F, In.a());
    // An object that is handed over by value is what lies there, as a view of a text is.
    if (In.flags() & static_cast<uint16_t>(StoreFlag::Aggregate))
      return From;
    Out.Others = From.Others;
    for (const AbstractPlace *P : From.Known)
      Join(pointeesOfVariable(F, *P));
    return Out;
  }
  case Op::Copy:
    return pointees(F, Operand(In.a()));
  case Op::Derive: {
    auto How = static_cast<DeriveOp>(In.sub());
    bool Moves = How == DeriveOp::PointerAdd || How == DeriveOp::Add || How == DeriveOp::Sub;
    Operand By(In.b());
    PlaceStep Step{StepKind::AnyIndex, 0};
    if (By.is(OperandKind::Const) && How != DeriveOp::Sub)
      if (int64_t N = body(F).constants()->Get(By.index())->value(); N >= 0)
        Step = {StepKind::Index, static_cast<uint32_t>(N)};
    if (Moves)
      Join(pointees(F, Operand(In.a())), Step);
    else
      Out.Others.add(unknown("a computed address", {F->Body, I}));
    return Out;
  }
  case Op::Select:
    Join(pointees(F, Operand(In.b())));
    Join(pointees(F, Operand(In.c())));
    return Out;
  case Op::Call:
    return pointeesOfCall(F, I);
  default:
    Out.Others.add(unknown("an expression that is not modelled", {F->Body, I}));
    return Out;
  }
}

/// text.c_str(): what the method returns points into its object, whose content is the text.
static bool showsItsObject(const FunctionModel &Row, const RoleIndex &Roles) {
  const Role *R = Roles.role(Row.Role);
  if (!R || R->Carries.size() != 1 || R->Carries.begin()->second.size() != 1)
    return false;
  const auto To = Row.Binds.find(R->Carries.begin()->first),
             From = Row.Binds.find(R->Carries.begin()->second.front());
  return To != Row.Binds.end() && To->second.Where == ArgRef::Kind::Return &&
         From != Row.Binds.end() && From->second.Where == ArgRef::Kind::This;
}

bool Evaluator::isView(EntityId Method) const {
  return llvm::any_of(Roles.rowsOf(Method),
                      [&](const FunctionModel *Row) { return showsItsObject(*Row, Roles); });
}

/// The object that the call returns; none: it returns something else.
Operand Evaluator::objectOf(const FunctionModel &Row, InstRef Call) const {
  const Inst &In = Prog.inst(Call);
  return Row.ReturnsObject && BodyView::receivers(In)
             ? Operand(Prog.body(Call.Body).Data->args()->Get(In.b()))
             : Operand();
}

Evaluator::Places Evaluator::pointeesOfCall(const Frame *F, uint32_t I) {
  Places Out;
  for (EntityId Callee : Prog.calleesOf({F->Body, I}).Targets) {
    for (const FunctionModel *Row : Roles.rowsOf(Callee)) {
      if (const Operand Object = objectOf(*Row, {F->Body, I}); !Object.isNone())
        return pointees(F, Object);
      if (Row->ReturnsArguments.size() == 1)
        return pointees(F, argument({F->Body, I}, Row->ReturnsArguments.front()));
      if (showsItsObject(*Row, Roles) && inst(F, I).c())
        return pointees(F, Operand(body(F).args()->Get(inst(F, I).b())));
    }
    if (!Roles.rowsOf(Callee).empty() || Prog.bodiesOf(Callee).empty())
      continue;
    for (const Value &V : temp(F, I))
      if (V.K == Value::Kind::Pointer)
        Out.Known.push_back(V.Place);
      else if (V.K != Value::Kind::Result && V.K != Value::Kind::Fresh)
        Out.Others.add(V);
    if (!Out.Known.empty())
      return Out;
  }
  // New memory, as far as this body can tell.
  AbstractPlace Heap;
  Heap.In = F;
  Heap.Base = BaseKind::Temp;
  Heap.Index = I;
  Heap.Path.push_back({StepKind::Deref, 0});
  Out.Known.push_back(intern(Heap));
  return Out;
}

// A pointer variable that only this body sets stands for what it is set to; any other pointer
// stands for itself.
Evaluator::Places Evaluator::pointeesOfVariable(const Frame *F, const AbstractPlace &Variable) {
  Places Out;
  bool Plain = Variable.Path.empty() && Variable.In == F;
  const BodyFacts &BF = facts(F->Body);
  llvm::ArrayRef<uint32_t> Stores;
  bool SetElsewhere = true;
  if (Plain && Variable.Base == BaseKind::Local) {
    Stores = BF.storesToLocal(Variable.Index);
    SetElsewhere = BF.isAddressTaken(Variable.Index);
  } else if (Plain && Variable.Base == BaseKind::Param) {
    Stores = BF.storesToParam(Variable.Index);
  }
  auto Itself = [&] {
    PlaceStep Deref{StepKind::Deref, 0};
    Out.Known.push_back(intern(Variable.plus(Deref)));
  };
  std::pair Key(F, Variable.Base == BaseKind::Local ? Variable.Index : ~Variable.Index);
  if (Stores.size() > 6 || (!Stores.empty() && !ActiveVariables.insert(Key).second)) {
    if (Stores.size() > 6)
      Itself();
    return Out;
  }
  for (uint32_t S : Stores) {
    const Inst &In = inst(F, S);
    Places To = pointees(F, Operand(In.b()));
    for (const AbstractPlace *P : To.Known)
      if (!llvm::is_contained(Out.Known, P))
        Out.Known.push_back(P);
    for (const Value &V : To.Others)
      if (V.isUnknown())
        Out.Others.add(V);
  }
  if (!Stores.empty())
    ActiveVariables.erase(Key);
  bool NothingElse = Out.Known.empty() && Out.Others.empty();
  if (SetElsewhere || NothingElse)
    Itself();
  return Out;
}

bool Evaluator::mayTouch(const Question &Q, const Place &Written) const {
  bool Direct = Written.path_len() == 0 ||
                body(Q.In).steps()->Get(Written.path_start())->kind() != StepKind::Deref;
  if (!Direct || Written.kind() == BaseKind::Temp)
    return true;
  if (Written.kind() != Q.Of.Base)
    return false;
  if (Written.kind() == BaseKind::Global)
    return Prog.entityIn(Q.In->Body, Written.base()) == Q.Of.Index;
  return Q.Of.In == Q.In && (Written.kind() == BaseKind::This || Written.base() == Q.Of.Index);
}

Evaluator::Overlap Evaluator::relate(const AbstractPlace &Written,
                                     const AbstractPlace &Asked) const {
  Overlap O;
  if (!Written.sameBase(Asked))
    return O;
  auto IsIndex = [](PlaceStep S) {
    return S.Kind == StepKind::Index || S.Kind == StepKind::AnyIndex;
  };
  auto InUnion = [&](PlaceStep S) {
    const EntityInfo &E = Prog.entity(S.Value);
    uint32_t Parent = E.Row->parent();
    return Parent && Prog.entity(Prog.unit(E.Unit).Entities[Parent - 1]).has(EntityFlag::Union);
  };
  size_t Common = std::min(Written.Path.size(), Asked.Path.size());
  for (size_t I = 0; I != Common; ++I) {
    PlaceStep W = Written.Path[I], A = Asked.Path[I];
    if (W == A && W.Kind != StepKind::AnyIndex)
      continue;
    if (IsIndex(W) && IsIndex(A)) {
      if (W.Kind == A.Kind && W.Kind == StepKind::Index)
        return O;
      O.May = true;
      O.IsOneOf |= A.Kind == StepKind::AnyIndex && W.Kind == StepKind::Index;
      continue;
    }
    if (W.Kind == StepKind::Field && A.Kind == StepKind::Field && InUnion(W)) {
      O.May = true;
      continue;
    }
    return O;
  }
  auto BelowDeref = [](llvm::ArrayRef<PlaceStep> Steps) {
    return llvm::any_of(Steps, [](PlaceStep S) { return S.Kind == StepKind::Deref; });
  };
  auto RestOfAsked = llvm::ArrayRef(Asked.Path).drop_front(Common);
  auto RestOfWritten = llvm::ArrayRef(Written.Path).drop_front(Common);
  if (!RestOfWritten.empty()) {
    if (BelowDeref(RestOfWritten)) // memory that the asked place points to, not its own
      return O;
    O.How = Relation::Inside;
    O.Rest.assign(RestOfWritten.begin(), RestOfWritten.end());
    return O;
  }
  O.How = RestOfAsked.empty()       ? Relation::Exact
          : BelowDeref(RestOfAsked) ? Relation::Redirects
                                    : Relation::Covers;
  O.Rest.assign(RestOfAsked.begin(), RestOfAsked.end());
  return O;
}

ValueSet Evaluator::bytesBehind(const Frame *F, Operand O, uint32_t At) {
  const std::tuple Key(F, O.raw(), At);
  if (auto It = CutOffBytes.find(Key); Depth == 0 && It != CutOffBytes.end())
    return It->second;
  Places To = pointees(F, O);
  ValueSet Out = To.Others;
  for (const AbstractPlace *P : To.Known)
    Out.add(contents(*P, F, At, Want::Bytes));
  if (Depth == 0 && Budget == 0)
    CutOffBytes[Key] = Out;
  return Out;
}

ValueSet Evaluator::valueBehind(const Frame *F, Operand O, uint32_t At) {
  const Places To = pointees(F, O);
  ValueSet Out = To.Others;
  for (const AbstractPlace *P : To.Known)
    Out.add(contents(*P, F, At, Want::Scalar));
  return Out;
}

ValueSet Evaluator::leftBehindParameter(BodyId Function, uint32_t Parameter) {
  const Frame *F = root(Function);
  const AbstractPlace There = {F, BaseKind::Param, Parameter, {{StepKind::Deref, 0}}};
  return contents(*intern(There), F, AtReturn, Want::Bytes);
}

ValueSet Evaluator::bytesAround(const Frame *F, uint32_t PlaceRow, uint32_t At) {
  const Places To = canonical(F, PlaceRow);
  ValueSet Out = To.Others;
  for (const AbstractPlace *P : To.Known) {
    AbstractPlace Whole = *P;
    while (!Whole.Path.empty() && (Whole.Path.back().Kind == StepKind::Index ||
                                   Whole.Path.back().Kind == StepKind::AnyIndex))
      Whole.Path.pop_back();
    Out.add(contents(*intern(std::move(Whole)), F, At, Want::Bytes));
  }
  return Out;
}

AbstractPlace Evaluator::behindArgument(const Inst &Call, unsigned Argument, const Frame *Inside,
                                        llvm::ArrayRef<PlaceStep> Part) {
  const bool Receiver = Call.flags() & static_cast<uint16_t>(CallFlag::Receiver);
  AbstractPlace P;
  P.In = Inside;
  P.Base = Receiver && Argument == 0 ? BaseKind::This : BaseKind::Param;
  P.Index = Argument - (Receiver ? 1 : 0);
  P.Path.push_back({StepKind::Deref, 0});
  return P.plus(Part);
}

ValueSet Evaluator::fieldBehind(const Frame *F, Operand O, EntityId Field, uint32_t At) {
  ValueSet Out;
  for (const AbstractPlace *P : pointees(F, O).Known)
    Out.add(contents(*intern(P->plus(PlaceStep{StepKind::Field, Field})), F, At, Want::Scalar));
  return Out;
}

ValueSet Evaluator::bytesBehindField(const Frame *F, Operand O, EntityId Field, uint32_t At) {
  ValueSet Out;
  const PlaceStep Way[] = {{StepKind::Field, Field}, {StepKind::Deref, 0}};
  for (const AbstractPlace *P : pointees(F, O).Known)
    Out.add(contents(*intern(P->plus(Way)), F, At, Want::Bytes));
  return Out;
}
