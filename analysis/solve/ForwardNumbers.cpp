// Forward walk: what the program computes from the result, in every lane.
#include "analysis/solve/Forward.h"

using namespace assay;

std::optional<Lanes> ForwardWalk::operandOf(const WalkState &S, Operand O) {
  const BodyView &B = view(S.Body);
  if (O.is(OperandKind::Temp)) {
    auto It = S.Memory.find({BaseKind::Temp, O.index(), {}});
    return It == S.Memory.end() ? std::nullopt : std::optional(It->second);
  }
  if (!O.is(OperandKind::Const))
    return std::nullopt;
  const Constant &C = B.Constants[O.index()];
  if (C.kind() == ConstantKind::Null || C.kind() == ConstantKind::Zero)
    return Lanes::all(0);
  return C.kind() == ConstantKind::Int ? std::optional(Lanes::all(C.value())) : std::nullopt;
}

std::optional<Lanes> ForwardWalk::evaluate(const WalkState &S, uint32_t I, const Inst &In) {
  std::optional<Lanes> A = operandOf(S, Operand(In.a()));
  auto At = [](const std::optional<Lanes> &L) { return L ? &*L : nullptr; };
  if (A && In.op() == Op::Copy && CastOp(In.sub()) == CastOp::Integral && A->Of == Raw.Of)
    FewestBits = std::min<unsigned>(FewestBits, In.c());
  if (In.op() == Op::Copy)
    return A ? std::optional(
                   castOf(*A, CastOp(In.sub()), In.c(), view(S.Body).Of.string(In.type())))
             : std::nullopt;
  std::optional<Lanes> B = operandOf(S, Operand(In.b()));
  auto Varies = [&](const std::optional<Lanes> &L) { return L && varies(S, *L); };
  const bool Pairs = In.op() == Op::Compare || In.op() == Op::Derive;
  if (Pairs && !A && Varies(B))
    A = constantOf(S, Operand(In.a()), I);
  else if (Pairs && !B && Varies(A))
    B = constantOf(S, Operand(In.b()), I);
  if (In.op() == Op::Compare)
    return compared(At(A), At(B), Predicate(In.sub()), S.Alive);
  if (In.op() == Op::Select) {
    const std::optional<Lanes> C = operandOf(S, Operand(In.c()));
    return A ? selected(*A, At(B), At(C), S.Alive) : selectedByWay(S, In);
  }
  if (DeriveOp(In.sub()) == DeriveOp::LogicalAnd || DeriveOp(In.sub()) == DeriveOp::LogicalOr)
    return shortCircuit(S, In);
  // A counter of the program is not followed round and round.
  const auto How = DeriveOp(In.sub());
  if (!Varies(A) && !Varies(B) && How != DeriveOp::Not)
    return std::nullopt;
  std::optional<Lanes> Made = derived(At(A), At(B), How, S.Alive);
  if (Made && In.c() && How != DeriveOp::Not) // wraps at the width in which it is computed
    Made = castOf(*Made, CastOp::Integral, In.c(), view(S.Body).Of.string(In.type()));
  return Made;
}

bool ForwardWalk::isOfResult(const WalkState &S, const Inst &In) {
  llvm::SmallVector<uint32_t, 3> Operands = {In.a()};
  if (In.op() != Op::Copy)
    Operands.push_back(In.b());
  if (In.op() == Op::Select)
    Operands.push_back(In.c());
  return llvm::any_of(Operands, [&](uint32_t Raw) {
    const auto Value = operandOf(S, Operand(Raw));
    return Value && Value->OfResult;
  });
}

/// The one number that the other side of an operation can be, set before the walk began.
std::optional<Lanes> ForwardWalk::constantOf(const WalkState &S, Operand O, uint32_t I) {
  if (O.isNone())
    return std::nullopt;
  const ValueSet Values = J.Values.operand(J.Values.root(S.Body), O, I);
  const Value *Only = Values.single();
  return Only && Only->K == Value::Kind::Int ? std::optional(Lanes::all(Only->Int)) : std::nullopt;
}

/// The right side of && and || is computed just before the two meet, or not at all: then the left
/// side has decided.
std::optional<Lanes> ForwardWalk::shortCircuit(const WalkState &S, const Inst &In) {
  const Operand Right(In.b());
  const auto How = DeriveOp(In.sub());
  const std::optional<Lanes> Left = operandOf(S, Operand(In.a())), Other = operandOf(S, Right);
  if (Right.is(OperandKind::Temp) && S.Via != NoId) {
    const uint32_t From = Bodies[S.Body].blockOf(Right.index());
    if (From != S.Via && From != S.Block)
      return Lanes::all(How == DeriveOp::LogicalOr);
    return Other ? std::optional(castOf(*Other, CastOp::Bool, 0, "")) : std::nullopt;
  }
  return derived(Left ? &*Left : nullptr, Other ? &*Other : nullptr, How, S.Alive);
}

/// Of a condition that has nothing to do with the result the way knows which arm it came through.
std::optional<Lanes> ForwardWalk::selectedByWay(const WalkState &S, const Inst &In) {
  const Operand Arms[] = {Operand(In.b()), Operand(In.c())};
  bool Varies = false;
  for (unsigned A : {0u, 1u}) {
    const std::optional<Lanes> Value = operandOf(S, Arms[A]);
    Varies |= Value && varies(S, *Value);
    if (!Arms[A].is(OperandKind::Temp) || S.Via == NoId)
      continue;
    const uint32_t From = Bodies[S.Body].blockOf(Arms[A].index());
    if (From == S.Via)
      return Value;
    if (view(S.Body).Data.blocks()->Get(From)->num_succs() == 1 && From != S.Block)
      return operandOf(S, Arms[1 - A]);
  }
  return Varies ? std::optional(Lanes::opaque()) : std::nullopt;
}
