#include "analysis/solve/Evaluator.h"

#include "analysis/model/Rows.h"
#include "analysis/solve/Lanes.h"

#include "llvm/Support/MathExtras.h"

#include <optional>

using namespace assay;

namespace {
/// Most questions take a few hundred. Of those that take more than this, hardly one comes to an end
/// in five times as many.
constexpr uint32_t StepsPerQuestion = 9'000;
/// Rows of memory kept from question to question, about 200 bytes each.
constexpr size_t RowsKept = 1'500'000;
constexpr unsigned DepthLimit = 120;

const char *const InLoop = "it changes in a loop";
} // namespace

void Evaluator::begin() {
  if (Memo.size() + ContentsMemo.size() + PlaceTable.size() + Traces.size() > RowsKept)
    forget();
  Depth = 0;
  CycleFloor = ~0u;
  PartlyKnown.clear();
  Budget = StepsPerQuestion;
}

void Evaluator::forget() {
  Frames.clear();
  FrameIndex.clear();
  PlaceTable.clear();
  CanonicalPlaces.clear();
  TempPointees.clear();
  Memo.clear();
  CutOff.clear();
  CutOffBytes.clear();
  ContentsMemo.clear();
  ActiveTemps.clear();
  ActiveContents.clear();
  ActiveVariables.clear();
  Traces.clear();
  ExtraFacts.clear();
  Patches.clear();
}

const Frame *Evaluator::root(BodyId Body) {
  auto [It, New] = FrameIndex.try_emplace({Body, nullptr, 0}, nullptr);
  if (New) {
    Frames.push_back({Body, nullptr, 0, 0});
    It->second = &Frames.back();
  }
  return It->second;
}

const BodyFacts &Evaluator::facts(BodyId Body) {
  auto &Slot = FactsOfBody[Body];
  if (!Slot)
    Slot = std::make_unique<BodyFacts>(*Prog.body(Body).Data);
  return *Slot;
}

bool Evaluator::spend(uint32_t Steps) {
  Budget = Budget > Steps ? Budget - Steps : 0;
  return Budget != 0 && Depth < DepthLimit;
}

Value Evaluator::unknown(const char *Reason, InstRef At, EntityId Subject) const {
  Value V;
  V.Reason = Reason;
  V.At = At;
  V.Subject = Subject;
  return V;
}

ValueSet Evaluator::just(Value V) const {
  ValueSet S;
  S.add(V);
  return S;
}

void Evaluator::trace(ValueSet &S, Trace::Kind Step, InstRef At, uint32_t Arg) {
  for (Value &V : S) {
    if (V.Way && V.Way->Step == Step && V.Way->At == At)
      continue;
    Traces.push_back({Step, At, Arg, V.Way});
    V.Way = &Traces.back();
  }
}

ValueSet Evaluator::operand(const Frame *F, Operand O, uint32_t At) {
  Value V;
  switch (O.kind()) {
  case OperandKind::None:
    return just(unknown("no value is given", {F->Body, At}));
  case OperandKind::Const:
    return constant(F, O.index());
  case OperandKind::Function:
    V.K = Value::Kind::Function;
    V.Entity = Prog.entityIn(F->Body, O.index());
    return just(V);
  case OperandKind::Temp:
    return temp(F, O.index());
  case OperandKind::AddressOf:
    break;
  }
  const Places &To = canonical(F, O.index());
  ValueSet Out = To.Others;
  for (const AbstractPlace *P : To.Known) {
    V.K = Value::Kind::Pointer;
    V.Place = P;
    V.Entity = P->Base == BaseKind::Global ? P->Index : NoId;
    V.Anchor = {F->Body, At};
    Out.add(V);
  }
  return Out;
}

ValueSet Evaluator::constant(const Frame *F, uint32_t Row) {
  const Constant *C = body(F).constants()->Get(Row);
  Value V;
  V.Body = F->Body;
  V.Const = Row;
  V.Int = C->value();
  switch (C->kind()) {
  case ConstantKind::Int:
    V.K = Value::Kind::Int;
    break;
  case ConstantKind::Float:
    V.K = Value::Kind::Float;
    break;
  case ConstantKind::Null:
    V.K = Value::Kind::Null;
    break;
  case ConstantKind::Zero:
    V.K = Value::Kind::Zero;
    break;
  case ConstantKind::String:
  case ConstantKind::Bytes:
    V.K = Value::Kind::Text;
    V.Int = C->value() * std::max<int>(C->width() / 8, 1);
    break;
  case ConstantKind::Uninitialised:
    V.K = Value::Kind::Uninitialised;
    V.At = {F->Body, 0};
    break;
  }
  return just(V);
}

ValueSet Evaluator::temp(const Frame *F, uint32_t I) {
  std::pair Key(F, I);
  if (auto It = Memo.find(Key); It != Memo.end())
    return It->second;
  if (auto It = CutOff.find(Key); Depth == 0 && It != CutOff.end())
    return It->second;
  if (!spend())
    return just(unknown(TooMuch, {F->Body, I}));
  auto [Active, New] = ActiveTemps.try_emplace(Key, Depth);
  if (!New) {
    CycleFloor = std::min(CycleFloor, Active->second);
    return {};
  }
  unsigned Mine = Depth++;
  ValueSet Out = compute(F, I);
  --Depth;
  ActiveTemps.erase(Key);
  // What was found while an outer question was still open may lack that one's values.
  if (CycleFloor >= Mine) {
    CycleFloor = ~0u;
    if (Budget != 0)
      Memo[Key] = Out;
    else if (Mine == 0) // the question itself may come again: another check asks the same
      CutOff[Key] = Out;
  }
  return Out;
}

ValueSet Evaluator::compute(const Frame *F, uint32_t I) {
  switch (inst(F, I).op()) {
  case Op::Load:
    return load(F, I);
  case Op::Copy:
    return copy(F, I);
  case Op::Call:
    return call(F, I);
  case Op::Compare:
    return compare(F, I);
  case Op::Derive:
    return derive(F, I);
  case Op::Select:
    return select(F, I);
  default:
    return just(unknown("an expression that is not modelled", {F->Body, I}));
  }
}

ValueSet Evaluator::load(const Frame *F, uint32_t I) {
  const Places &From = canonical(F, inst(F, I).a());
  ValueSet Out;
  for (const Value &V : From.Others)
    if (V.K != Value::Kind::Null) // nothing lies behind it
      Out.add(V.isUnknown() ? V
                            : unknown("read through a pointer that is not known", {F->Body, I}));
  for (const AbstractPlace *P : From.Known)
    Out.add(contents(*P, F, I, Want::Scalar));
  if (mayBeRegister(F, I))
    Out.add(
        unknown("read through a pointer to volatile: a device may have changed it", {F->Body, I}));
  return Out;
}

/// A volatile variable of the program's own is written by the program alone; behind a pointer may
/// be a device.
bool Evaluator::mayBeRegister(const Frame *F, uint32_t Load) {
  const Inst &In = inst(F, Load);
  if (!(In.flags() & static_cast<uint16_t>(StoreFlag::Volatile)))
    return false;
  return llvm::none_of(canonical(F, In.a()).Known, [](const AbstractPlace *P) {
    return !P->hasDeref() && P->Base != BaseKind::Fixed;
  });
}

ValueSet Evaluator::copy(const Frame *F, uint32_t I) {
  const Inst &In = inst(F, I);
  ValueSet Out;
  for (Value V : operand(F, Operand(In.a()), I)) {
    auto Cast = static_cast<CastOp>(In.sub());
    bool IsNumber = V.K == Value::Kind::Int || V.K == Value::Kind::Null || V.K == Value::Kind::Zero;
    if (Cast == CastOp::Bool && (IsNumber || V.K == Value::Kind::Pointer)) {
      V.Int = V.K == Value::Kind::Pointer || (V.K == Value::Kind::Int && V.Int != 0);
      V.K = Value::Kind::Int;
    } else if (Cast == CastOp::Integral && V.K == Value::Kind::Int) {
      const llvm::StringRef Type = Prog.tablesOf(F->Body).string(In.type());
      V.Int = convert(V.Int, In.c(), isUnsignedNumber(Type));
    } else if (Cast == CastOp::IntToPointer && V.K == Value::Kind::Int && V.Int == 0) {
      V.K = Value::Kind::Null;
    }
    Out.add(V);
  }
  return Out;
}

ValueSet Evaluator::select(const Frame *F, uint32_t I) {
  const Inst &In = inst(F, I);
  ValueSet Condition = operand(F, Operand(In.a()), I);
  const Value *Known = Condition.single();
  bool Decided = Known && Known->K == Value::Kind::Int && !Known->Implicit;
  ValueSet Out;
  if (!Decided || Known->Int != 0)
    Out.add(operand(F, Operand(In.b()), I));
  if (!Decided || Known->Int == 0)
    Out.add(operand(F, Operand(In.c()), I));
  return Out;
}

namespace {

std::optional<int64_t> numberOf(const Value &V) {
  if (V.K == Value::Kind::Int)
    return V.Int;
  if (V.K == Value::Kind::Null)
    return 0;
  return std::nullopt;
}

std::optional<int64_t> fold(DeriveOp How, int64_t A, int64_t B) {
  auto U = [](int64_t X) { return static_cast<uint64_t>(X); };
  switch (How) {
  case DeriveOp::Add:
    return static_cast<int64_t>(U(A) + U(B));
  case DeriveOp::Sub:
    return static_cast<int64_t>(U(A) - U(B));
  case DeriveOp::Mul:
    return static_cast<int64_t>(U(A) * U(B));
  case DeriveOp::Div:
    return B == 0 || (A == INT64_MIN && B == -1) ? std::nullopt : std::optional(A / B);
  case DeriveOp::Rem:
    return B == 0 || (A == INT64_MIN && B == -1) ? std::nullopt : std::optional(A % B);
  case DeriveOp::And:
    return A & B;
  case DeriveOp::Or:
    return A | B;
  case DeriveOp::Xor:
    return A ^ B;
  case DeriveOp::Shl:
    return B < 0 || B > 63 ? std::nullopt : std::optional(static_cast<int64_t>(U(A) << B));
  case DeriveOp::Shr:
    return B < 0 || B > 63 ? std::nullopt : std::optional(A >> B);
  case DeriveOp::Negate:
    return static_cast<int64_t>(-U(A));
  case DeriveOp::Complement:
    return ~A;
  case DeriveOp::Not:
    return A == 0;
  case DeriveOp::LogicalAnd:
    return A != 0 && B != 0;
  case DeriveOp::LogicalOr:
    return A != 0 || B != 0;
  case DeriveOp::PointerAdd:
  case DeriveOp::PointerSub:
  case DeriveOp::Other:
    return std::nullopt;
  }
  return std::nullopt;
}

bool holds(Predicate P, int64_t A, int64_t B) {
  switch (P) {
  case Predicate::EQ:
    return A == B;
  case Predicate::NE:
    return A != B;
  case Predicate::LT:
    return A < B;
  case Predicate::LE:
    return A <= B;
  case Predicate::GT:
    return A > B;
  case Predicate::GE:
    return A >= B;
  }
  return false;
}

} // namespace

ValueSet Evaluator::derive(const Frame *F, uint32_t I) {
  const Inst &In = inst(F, I);
  auto How = static_cast<DeriveOp>(In.sub());
  ValueSet A = operand(F, Operand(In.a()), I);
  bool Unary = Operand(In.b()).isNone();
  ValueSet B = Unary ? A : operand(F, Operand(In.b()), I);
  if (A.empty() || B.empty()) // one of them is this very value, a round earlier
    return just(unknown(InLoop, {F->Body, I}));
  ValueSet Out;
  // What is computed from a role's value is still that role's: rand() % 256. Of names that nobody
  // here defines only flags that are put together are still there.
  for (const ValueSet *S : {&A, &B})
    for (const Value &V : *S)
      if (How != DeriveOp::Or && V.namedOutside(Prog) != NoId)
        Out.add(unknown("a computation on what is not known", {F->Body, I}));
      else if (V.K == Value::Kind::Fresh || V.isUnknown())
        Out.add(V);
  for (const Value &X : A)
    for (const Value &Y : B) {
      auto L = numberOf(X), R = numberOf(Y);
      if (L && R) {
        Value V = X.Const != NoId ? X : Y;
        auto Folded = fold(How, *L, *R);
        V.K = Folded ? Value::Kind::Int : Value::Kind::Unknown;
        V.Int = Folded.value_or(0);
        V.Reason = Folded ? "" : "a computation that has no result";
        V.Const = Unary || *L == V.Int || *R == V.Int ? V.Const : NoId;
        Out.add(V);
      } else if (X.K == Value::Kind::Pointer) {
        Value V = X;
        auto Step = R && *R >= 0 ? PlaceStep{StepKind::Index, static_cast<uint32_t>(*R)}
                                 : PlaceStep{StepKind::AnyIndex, 0};
        V.Place = intern(X.Place->plus(Step));
        Out.add(V);
      } else if (X.K != Value::Kind::Fresh && Y.K != Value::Kind::Fresh && !X.isUnknown() &&
                 !Y.isUnknown()) {
        Out.add(unknown("a computation on values that are not numbers", {F->Body, I}));
      }
    }
  return Out;
}

ValueSet Evaluator::compare(const Frame *F, uint32_t I) {
  const Inst &In = inst(F, I);
  ValueSet A = operand(F, Operand(In.a()), I), B = operand(F, Operand(In.b()), I);
  const Value *X = A.single(), *Y = B.single();
  auto L = X ? numberOf(*X) : std::nullopt, R = Y ? numberOf(*Y) : std::nullopt;
  if (!L || !R)
    return just(unknown("it depends on a comparison at run time", {F->Body, I}));
  Value V = *X;
  V.K = Value::Kind::Int;
  V.Int = holds(static_cast<Predicate>(In.sub()), *L, *R);
  V.Const = NoId;
  return just(V);
}

Operand Evaluator::argument(InstRef R, unsigned Parameter) const {
  const Inst &In = Prog.inst(R);
  unsigned At = Parameter + (In.flags() & static_cast<uint16_t>(CallFlag::Receiver) ? 1 : 0);
  if (In.op() != Op::Call || At >= In.c())
    return {};
  return Operand(Prog.body(R.Body).Data->args()->Get(In.b() + At));
}
