// Beyond a body's entry: callers for parameters, all writes of the program for fields and globals.
#include "analysis/solve/Evaluator.h"

using namespace assay;

namespace {
constexpr size_t CallersFollowed = 64;
constexpr size_t WritesFollowed = 128;

const char *const Kept = "its address is kept, and somebody may write it by another name";
const char *const Unnamed = "it may be written by a pointer that is not followed";
const char *const TooMany = "it is written in more places than are followed";
} // namespace

ValueSet Evaluator::implicitZero(Want W) const {
  Value V;
  V.K = W == Want::Bytes ? Value::Kind::Zero : Value::Kind::Int;
  V.Implicit = true;
  return just(V);
}

ValueSet Evaluator::beyondEntry(const AbstractPlace &P, const Frame *F, Want W) {
  switch (P.Base) {
  case BaseKind::Param:
  case BaseKind::This:
    return fromCallers(P, F, W);
  case BaseKind::Global:
    return ofGlobal(P, W);
  case BaseKind::Literal:
  case BaseKind::Local:
  case BaseKind::Temp:
  case BaseKind::Unknown:
  case BaseKind::Fixed:
    break;
  }
  return P.lastField() != std::string::npos
             ? ofField(P, W)
             : just(unknown("nothing that sets it was found", {F->Body, 0}));
}

ValueSet Evaluator::fromCallers(const AbstractPlace &P, const Frame *F, Want W) {
  if (F->Caller)
    return fromCall(P, F->Caller, F->CallInst, W);
  EntityId Me = Prog.body(F->Body).Entity;
  llvm::ArrayRef<InstRef> Callers = Prog.callersOf(Me);
  ValueSet Out;
  size_t Followed = 0;
  bool IsOwn = llvm::all_of(P.Path, [](PlaceStep S) { return S.Kind != StepKind::Field; });
  for (InstRef C : Callers.take_front(CallersFollowed)) {
    if (Roles.isOutOfScope(C.Body))
      continue;
    ++Followed;
    ValueSet Values = fromCall(P, root(C.Body), C.Inst, W);
    for (Value &V : Values) {
      bool IsSupplied = IsOwn && P.Base == BaseKind::Param && V.Outer.Body == NoId;
      if (IsSupplied)
        V.Outer = C;
    }
    Out.add(Values);
  }
  if (Callers.size() > CallersFollowed)
    Out.add(unknown("it has more callers than are followed", {F->Body, 0}, Me));
  bool ThroughField = P.lastField() != std::string::npos;
  if (Followed == 0 && ThroughField)
    return ofField(P, W);
  if (Followed == 0)
    Out.add(
        unknown("a parameter of a function that nobody in the program calls", {F->Body, 0}, Me));
  else if (Prog.mayHaveUnknownCallers(Me))
    Out.add(unknown("a parameter of a function that may be called from outside", {F->Body, 0}, Me));
  return Out;
}

/// The place as the call has it: a parameter is an argument, what it points to is what the argument
/// points to.
ValueSet Evaluator::fromCall(const AbstractPlace &P, const Frame *Caller, uint32_t Call, Want W) {
  const Inst &In = inst(Caller, Call);
  bool Receiver = In.flags() & static_cast<uint16_t>(CallFlag::Receiver);
  unsigned At = P.Base == BaseKind::This ? 0 : P.Index + (Receiver ? 1 : 0);
  InstRef Here{Caller->Body, Call};
  if (In.op() != Op::Call || At >= In.c())
    return just(unknown("the call passes fewer arguments", Here));
  Operand Arg(body(Caller).args()->Get(In.b() + At));
  ValueSet Out;
  if (P.Path.empty()) {
    Out = operand(Caller, Arg, Call);
  } else if (P.Path.front().Kind != StepKind::Deref) { // a record passed by value
    AbstractPlace None;
    Out = partOf({None, Caller, Call, W}, Arg, Call, P.Path);
  } else {
    Places To = pointees(Caller, Arg);
    for (const Value &V : To.Others)
      if (V.isUnknown() || (W == Want::Bytes && P.Path.size() == 1))
        Out.add(V);
    for (const AbstractPlace *Q : To.Known)
      Out.add(contents(Q->plus(llvm::ArrayRef(P.Path).drop_front()), Caller, Call, W));
  }
  trace(Out, Trace::Kind::Passed, Here, P.Base == BaseKind::This ? ~0u : P.Index);
  return Out;
}

ValueSet Evaluator::ofGlobal(const AbstractPlace &P, Want W) {
  EntityId Id = P.Index;
  const EntityInfo &G = Prog.entity(Id);
  if (P.hasDeref() && P.lastField() != std::string::npos)
    return ofField(P, W);
  bool IsHere =
      G.has(EntityFlag::Definition) || G.has(EntityFlag::Tentative) || !Prog.bodiesOf(Id).empty();
  ValueSet Out;
  for (BodyId B : Prog.bodiesOf(Id)) {
    const Frame *F = root(B);
    Answer A = walk({*intern(P), F, AtReturn, W});
    Out.add(A.Values);
    if (A.ReachedEntry)
      Out.add(implicitZero(W));
  }
  if (Prog.bodiesOf(Id).empty() && IsHere)
    Out.add(implicitZero(W));
  if (!G.has(EntityFlag::Const)) {
    addWrites(Prog.storesTo(Id), P, W, Out);
    addWrites(Prog.addressPassedTo(Id), P, W, Out);
    addWrites(Others.of(Id).Writes, P, W, Out);
    if (Others.of(Id).IsCut)
      Out.add(unknown(TooMany, {}, Id));
    const bool IsUntouched = llvm::all_of(Out, [](const Value &V) { return V.Implicit; });
    if (IsUntouched && Others.of(Id).isKept())
      Out.add(unknown(Kept, Others.of(Id).KeptAt, Id));
  }
  Out.dropImplicitZeroes();
  if (Prog.isAlone() && G.Link == Linkage::External && !G.has(EntityFlag::Const)) {
    Out.dropImplicit();
    Out.add(unknown("units that are not here may write it", {}, Id));
  }
  if (!IsHere)
    Out.add(unknown("a variable that is defined outside the program", {}, Id));
  return Out;
}

/// Of memory of which one element was set, a zero says that nothing is there yet: o->text[0] = 0.
static Value ofPatch(Value V, bool IsBytes) {
  if (IsBytes && V.K == Value::Kind::Int && V.Int == 0) {
    V.K = Value::Kind::Zero;
    V.Implicit = true;
  }
  return V;
}

/// What an instruction writes, or a call may.
llvm::SmallVector<const AbstractPlace *, 2> Evaluator::written(const Frame *F, uint32_t I) {
  const Inst &In = inst(F, I);
  if (In.op() == Op::Store)
    return canonical(F, In.a()).Known;
  llvm::SmallVector<const AbstractPlace *, 2> All;
  for (unsigned A = 0; A != In.c(); ++A)
    llvm::append_range(All, pointees(F, Operand(body(F).args()->Get(In.b() + A))).Known);
  return All;
}

static bool isElement(PlaceStep S) {
  return S.Kind == StepKind::Index || S.Kind == StepKind::AnyIndex;
}

/// Of these instructions what they write to the field at this step of the path, of whatever object.
void Evaluator::addWritesOf(llvm::ArrayRef<InstRef> Writes, const AbstractPlace &P, size_t At,
                            Want W, ValueSet &Out) {
  const EntityId Field = P.Path[At].Value;
  const auto IsAsked = [&](PlaceStep S) { return S.Kind == StepKind::Field && S.Value == Field; };
  for (InstRef R : Writes.take_front(WritesFollowed)) {
    if (Roles.isOutOfScope(R.Body))
      continue;
    bool IsNamed = false;
    for (const AbstractPlace *Q : written(root(R.Body), R.Inst)) {
      auto Last = std::find_if(Q->Path.rbegin(), Q->Path.rend(), IsAsked);
      if (Last == Q->Path.rend())
        continue;
      IsNamed = true;
      AbstractPlace Asked = *Q;
      // Of a number, memory that begins there is no part: i + &o->bits, *p++.
      const bool IsNumber = W == Want::Scalar && At + 1 == P.Path.size();
      while (IsNumber && Last.base() != Q->Path.end() && isElement(*Last.base()))
        --Last;
      Asked.Path.resize(Last.base() - Q->Path.begin());
      addWrites(R, Asked.plus(llvm::ArrayRef(P.Path).drop_front(At + 1)), W, Out, true);
    }
    if (!IsNamed)
      Out.add(unknown(Unnamed, R, Field));
    if (!spend()) {
      Out.add(unknown(TooMuch, R, Field));
      break;
    }
  }
  if (Writes.size() > WritesFollowed)
    Out.add(unknown(TooMany, {}, Field));
}

/// What fills the structure, or one that it lies in.
void Evaluator::addFillings(const AbstractPlace &P, Want W, ValueSet &Out) {
  const size_t Last = P.lastField();
  for (size_t At = Last + 1; At && P.Path[At - 1].Kind != StepKind::Deref; --At) {
    if (P.Path[At - 1].Kind != StepKind::Field)
      continue;
    const EntityId Field = P.Path[At - 1].Value;
    if (const InstRef By = Fillings.of(Field).ByOffset; By.Body != NoId)
      Out.add(unknown("it may be written by its offset", By, Field));
  }
  const auto Calls = llvm::ArrayRef(Fillings.of(P.Path[Last].Value).Calls);
  for (const RecordWrites::Filling &F : Calls.take_front(WritesFollowed)) {
    const Operand Given(Prog.body(F.Call.Body).Data->args()->Get(Prog.inst(F.Call).b() + F.Arg));
    for (const AbstractPlace *Q : pointees(root(F.Call.Body), Given).Known)
      addWrites(F.Call, Q->plus(F.To).plus(llvm::ArrayRef(P.Path).drop_front(Last)), W, Out, true);
    if (!spend()) {
      Out.add(unknown(TooMuch, F.Call, P.Path[Last].Value));
      break;
    }
  }
  if (Calls.size() > WritesFollowed)
    Out.add(unknown(TooMany, {}, P.Path[Last].Value));
}

/// Every object's field of this name: its own part below the field is kept.
ValueSet Evaluator::ofField(const AbstractPlace &P, Want W) {
  const size_t At = P.lastField();
  const EntityId Field = P.Path[At].Value;
  ValueSet Out;
  addWritesOf(Prog.storesTo(Field), P, At, W, Out);
  addWritesOf(Prog.addressPassedTo(Field), P, At, W, Out);
  const OtherNames::Uses &By = Others.of(Field);
  addFillings(P, W, Out);
  addWritesOf(By.Writes, P, At, W, Out);
  if (By.isKept())
    Out.add(unknown(Kept, By.KeptAt, Field));
  if (By.IsCut)
    Out.add(unknown(TooMany, {}, Field));
  Out.dropImplicitZeroes();
  if (Prog.isAlone()) {
    Out.dropImplicit();
    Out.add(unknown("units that are not here may write it", {}, Field));
  }
  if (Out.empty())
    Out.add(unknown("a field that nothing in the program sets", {}, Field));
  return Out;
}

void Evaluator::addWrites(llvm::ArrayRef<InstRef> Writes, const AbstractPlace &P, Want W,
                          ValueSet &Out, bool Initial) {
  const AbstractPlace *Asked = intern(P);
  for (InstRef R : Writes.take_front(WritesFollowed)) {
    bool WalkedAsAWhole =
        !Initial && Prog.body(R.Body).Data->kind() == BodyKind::Initialiser && !Asked->In;
    if (WalkedAsAWhole || Roles.isOutOfScope(R.Body))
      continue;
    const Frame *F = root(R.Body);
    auto Key = std::tuple(Asked, F, R.Inst, W);
    auto [Active, New] = ActiveContents.try_emplace(Key, Depth);
    if (!New) {
      CycleFloor = std::min(CycleFloor, Active->second);
      continue;
    }
    ++Depth;
    Question Q{*Asked, F, R.Inst, W};
    Effect E = inst(F, R.Inst).op() == Op::Store ? storeEffect(Q, R.Inst) : callEffect(Q, R.Inst);
    if (E.Patch && E.Values.empty())
      E.Values.add(ofPatch(*E.Patch, W == Want::Bytes));
    Out.add(E.Values);
    --Depth;
    ActiveContents.erase(Key);
  }
  if (Writes.size() > WritesFollowed)
    Out.add(unknown(TooMany));
}
