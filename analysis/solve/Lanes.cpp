#include "analysis/solve/Lanes.h"

#include "analysis/link/BodyView.h"

#include <algorithm>
#include <bit>

using namespace assay;

namespace {

LaneSet bit(unsigned Lane) {
  return static_cast<LaneSet>(1u << Lane);
}

template <class F> void eachLane(LaneSet Set, F Do) {
  for (unsigned L = 0; L != MostLanes; ++L)
    if (Set & bit(L))
      Do(L);
}

bool holds(Predicate P, int64_t A, int64_t B, bool Unsigned) {
  const auto Order = Unsigned ? static_cast<uint64_t>(A) <=> static_cast<uint64_t>(B) : A <=> B;
  switch (P) {
  case Predicate::EQ:
    return Order == 0;
  case Predicate::NE:
    return Order != 0;
  case Predicate::LT:
    return Order < 0;
  case Predicate::LE:
    return Order <= 0;
  case Predicate::GT:
    return Order > 0;
  case Predicate::GE:
    return Order >= 0;
  }
  return false;
}

/// Wraps as the machine does: no undefined overflow here whatever the analysed program adds.
LaneValue arithmetic(DeriveOp How, int64_t A, int64_t B, bool Unsigned) {
  const auto X = static_cast<uint64_t>(A), Y = static_cast<uint64_t>(B);
  switch (How) {
  case DeriveOp::Add:
    return static_cast<int64_t>(X + Y);
  case DeriveOp::Sub:
    return static_cast<int64_t>(X - Y);
  case DeriveOp::Mul:
    return static_cast<int64_t>(X * Y);
  case DeriveOp::And:
    return A & B;
  case DeriveOp::Or:
    return A | B;
  case DeriveOp::Xor:
    return A ^ B;
  case DeriveOp::Shl:
    return B < 0 || B > 62 ? LaneValue() : static_cast<int64_t>(X << Y);
  case DeriveOp::Shr:
    return B < 0 || B > 63 ? LaneValue() : Unsigned ? static_cast<int64_t>(X >> Y) : A >> B;
  case DeriveOp::LogicalAnd:
    return A && B;
  case DeriveOp::LogicalOr:
    return A || B;
  default:
    return std::nullopt;
  }
}

/// What one known side decides alone.
LaneValue decidedBy(DeriveOp How, int64_t A) {
  if (A == 0 && (How == DeriveOp::And || How == DeriveOp::LogicalAnd || How == DeriveOp::Mul))
    return 0;
  if (A != 0 && How == DeriveOp::LogicalOr)
    return 1;
  return std::nullopt;
}

bool isUnary(DeriveOp How) {
  return How == DeriveOp::Negate || How == DeriveOp::Complement || How == DeriveOp::Not;
}

LaneValue unary(DeriveOp How, LaneValue A) {
  if (!A)
    return A;
  if (How == DeriveOp::Not)
    return *A == 0;
  const auto X = static_cast<uint64_t>(*A);
  return static_cast<int64_t>(How == DeriveOp::Negate ? 0 - X : ~X);
}

/// One side is the result's, the other is the same unknown number in every lane. The outcome
/// varies only if the lanes differ in what they decide or pass on.
std::optional<Lanes> withUnknown(const Lanes &A, DeriveOp How, LaneSet Alive) {
  Lanes Out;
  bool AnyDecided = false, AllDecided = true;
  eachLane(Alive, [&](unsigned L) {
    if (A.Of[L])
      Out.Of[L] = decidedBy(How, *A.Of[L]);
    (Out.Of[L] ? AnyDecided : AllDecided) = Out.Of[L].has_value();
  });
  const bool PassesOn = How == DeriveOp::LogicalAnd || How == DeriveOp::LogicalOr;
  const bool SameForAll = !AnyDecided && A.knownOver(Alive) && (PassesOn || !A.variesOver(Alive));
  if (SameForAll)
    return std::nullopt;
  return AllDecided || AnyDecided ? Out : Lanes::opaque();
}

} // namespace

Lanes Lanes::all(int64_t X) {
  Lanes Out;
  Out.Of.fill(X);
  return Out;
}

bool Lanes::knownOver(LaneSet Alive) const {
  bool Known = true;
  eachLane(Alive, [&](unsigned L) { Known &= Of[L].has_value(); });
  return Known;
}

bool Lanes::variesOver(LaneSet Alive) const {
  if (!Alive)
    return false;
  if (!knownOver(Alive))
    return true;
  const LaneValue First = Of[static_cast<unsigned>(std::countr_zero(Alive))];
  bool Same = true;
  eachLane(Alive, [&](unsigned L) { Same &= Of[L] == First; });
  return !Same;
}

LaneSet Lanes::truthy(LaneSet Alive) const {
  LaneSet Out = 0;
  eachLane(Alive, [&](unsigned L) { Out |= !Of[L] || *Of[L] != 0 ? bit(L) : 0; });
  return Out;
}

LaneSet Lanes::falsy(LaneSet Alive) const {
  LaneSet Out = 0;
  eachLane(Alive, [&](unsigned L) { Out |= !Of[L] || *Of[L] == 0 ? bit(L) : 0; });
  return Out;
}

bool assay::isBoolType(llvm::StringRef Type) {
  return Type == "_Bool" || Type == "bool";
}

bool assay::isUnsignedNumber(llvm::StringRef Type) {
  return Type.starts_with("unsigned") || isBoolType(Type);
}

/// Is it computed with as a number without sign? A bool, `unsigned char` or `unsigned short`
/// becomes an int first.
static bool staysUnsigned(llvm::StringRef Type) {
  return isUnsignedNumber(Type) && bitsOfNumber(Type) >= 32;
}

unsigned assay::bitsOfNumber(llvm::StringRef Type) {
  if (Type.ends_with("*"))
    return 0;
  return Type.contains("long") ? 64 : Type.ends_with("int") ? 32 : 0;
}

int64_t assay::convert(int64_t X, unsigned Bits, bool ToUnsigned) {
  if (Bits == 0 || Bits >= 64)
    return X;
  const uint64_t Cut = static_cast<uint64_t>(X) & ((uint64_t(1) << Bits) - 1);
  const bool Negative = !ToUnsigned && (Cut >> (Bits - 1));
  return static_cast<int64_t>(Negative ? Cut | ~((uint64_t(1) << Bits) - 1) : Cut);
}

Lanes assay::castOf(const Lanes &From, CastOp How, unsigned Bits, llvm::StringRef Type) {
  Lanes Out = From;
  Out.Unsigned = staysUnsigned(Type) || (Type.empty() && From.Unsigned);
  for (LaneValue &V : Out.Of) {
    if (!V)
      continue;
    if (How == CastOp::Bool)
      V = *V != 0;
    else if (How == CastOp::Integral)
      V = convert(*V, Bits, Type.empty() ? From.Unsigned : isUnsignedNumber(Type));
    else if (How == CastOp::Float || How == CastOp::Other)
      V.reset();
  }
  return Out;
}

std::optional<Lanes> assay::compared(const Lanes *A, const Lanes *B, Predicate P, LaneSet Alive) {
  if (!A && !B)
    return std::nullopt;
  if (!A || !B) {
    const Lanes &Known = A ? *A : *B;
    return Known.variesOver(Alive) ? std::optional(Lanes::opaque()) : std::nullopt;
  }
  Lanes Out;
  const bool Unsigned = A->Unsigned || B->Unsigned;
  eachLane(Alive, [&](unsigned L) {
    if (A->Of[L] && B->Of[L])
      Out.Of[L] = holds(P, *A->Of[L], *B->Of[L], Unsigned);
  });
  return Out;
}

std::optional<Lanes> assay::derived(const Lanes *A, const Lanes *B, DeriveOp How, LaneSet Alive) {
  if (isUnary(How)) {
    if (!A)
      return std::nullopt;
    Lanes Out;
    Out.Unsigned = A->Unsigned && How != DeriveOp::Not;
    eachLane(Alive, [&](unsigned L) { Out.Of[L] = unary(How, A->Of[L]); });
    return Out;
  }
  if (!A && !B)
    return std::nullopt;
  if (!A || !B) {
    const Lanes &Known = A ? *A : *B;
    return withUnknown(Known, How, Alive);
  }
  Lanes Out;
  Out.Unsigned = A->Unsigned || B->Unsigned;
  eachLane(Alive, [&](unsigned L) {
    if (A->Of[L] && B->Of[L])
      Out.Of[L] = arithmetic(How, *A->Of[L], *B->Of[L], Out.Unsigned);
    else if (A->Of[L])
      Out.Of[L] = decidedBy(How, *A->Of[L]);
    else if (B->Of[L])
      Out.Of[L] = decidedBy(How, *B->Of[L]);
  });
  return Out;
}

std::optional<Lanes> assay::selected(const Lanes &If, const Lanes *Then, const Lanes *Else,
                                     LaneSet Alive) {
  if (!If.variesOver(Alive)) {
    const Lanes *Taken = If.truthy(Alive) ? Then : Else;
    return Taken ? std::optional(*Taken) : std::nullopt;
  }
  Lanes Out;
  eachLane(Alive, [&](unsigned L) {
    if (!If.Of[L])
      return;
    const Lanes *Taken = *If.Of[L] ? Then : Else;
    if (Taken)
      Out.Of[L] = Taken->Of[L];
  });
  return Out;
}

ResultClasses assay::classesOf(const FunctionModel &Row, llvm::StringRef Type) {
  ResultClasses Out;
  if (!Row.Success)
    return Out;
  const int64_t Around = Row.Success->Value;
  const int64_t Failing = Row.Failure ? Row.Failure->Value : 0;
  std::array<int64_t, 10> Candidates = {1,          0,       -1,          Around,      Around + 1,
                                        Around - 1, Failing, Failing + 1, Failing - 1, -2};
  unsigned Next = 0;
  auto Add = [&](int64_t X, LaneSet &To) {
    for (unsigned L = 0; L != Next; ++L)
      if (Out.Values.Of[L] == X)
        return;
    if (Next == MostLanes)
      return;
    Out.Values.Of[Next] = X;
    To |= bit(Next++);
  };
  for (int64_t X : Candidates) {
    const bool Fits = isBoolType(Type) ? X == 0 || X == 1 : !isUnsignedNumber(Type) || X >= 0;
    if (!Fits)
      continue;
    if (Row.Success->holds(X))
      Add(X, Out.Success);
    else if (Row.Failure ? Row.Failure->holds(X) : X == 0 || X == -1 || (X == 1 && Around == 0))
      Add(X, Out.Failure);
  }
  Out.Values.Unsigned = staysUnsigned(Type);
  return Out;
}

void ResultClasses::addFailure(int64_t X, const FunctionModel &Row) {
  const unsigned Used = static_cast<unsigned>(std::popcount(all()));
  const bool Known =
      std::any_of(Values.Of.begin(), Values.Of.begin() + Used, [&](LaneValue V) { return V == X; });
  if (Known || Used == MostLanes || !Row.Failure->holds(X) || Row.Success->holds(X))
    return;
  Values.Of[Used] = X;
  Failure |= bit(Used);
}

void ResultClasses::addCompared(const FunctionModel &Row, const BodyView &B) {
  if (!Row.Failure)
    return;
  for (const Inst &In : B.Insts) {
    const Operand Than(In.b());
    if (In.op() == Op::Compare && Than.is(OperandKind::Const) &&
        B.Constants[Than.index()].kind() == ConstantKind::Int)
      addFailure(B.Constants[Than.index()].value(), Row);
  }
}

void ResultClasses::addCutFailures(const FunctionModel &Row, llvm::StringRef Type) {
  const unsigned Bits = bitsOfNumber(Type);
  if (!Row.Failure || !Success)
    return;
  const int64_t Good = *Values.Of[static_cast<unsigned>(std::countr_zero(Success))];
  for (unsigned Kept : {8u, 16u, 32u}) {
    const LaneSet Before = Failure;
    // Error numbers are mostly negative; where the result has no sign they are above the success.
    if (Kept < Bits)
      addFailure(Values.Unsigned ? Good + (int64_t(1) << Kept) : Good - (int64_t(1) << Kept), Row);
    Cut |= static_cast<LaneSet>(Failure & ~Before);
  }
}
