// Bytes that a loop makes of others, one of each: out[i] = in[i] ^ 0x5a. Who can undo it once can
// do so again, so what was written in the source is still written there.
#include "analysis/solve/Evaluator.h"

using namespace assay;

/// The texts of the source that an element is made of; an empty set: of numbers only; nothing: of
/// something else, too. `Open`: variables that are asked for already.
std::optional<ValueSet> Evaluator::madeOf(const Frame *F, Operand O, Made &Open) {
  if (O.is(OperandKind::Const)) {
    const ConstantKind Kind = body(F).constants()->Get(O.index())->kind();
    const bool IsNumber = Kind == ConstantKind::Int || Kind == ConstantKind::Uninitialised;
    return IsNumber ? std::optional(ValueSet()) : std::nullopt;
  }
  if (!O.is(OperandKind::Temp) || !spend())
    return std::nullopt;
  const Inst &In = inst(F, O.index());
  if (In.op() == Op::Copy)
    return madeOf(F, Operand(In.a()), Open);
  if (In.op() == Op::Load)
    return madeOfLoaded(F, O.index(), Open);
  if (In.op() != Op::Derive)
    return std::nullopt;
  const auto How = static_cast<DeriveOp>(In.sub());
  if (How == DeriveOp::PointerAdd || How == DeriveOp::PointerSub || How == DeriveOp::Other)
    return std::nullopt;
  auto Out = madeOf(F, Operand(In.a()), Open);
  if (!Out || Operand(In.b()).isNone())
    return Out;
  const auto Second = madeOf(F, Operand(In.b()), Open);
  if (!Second)
    return std::nullopt;
  Out->add(*Second);
  return Out;
}

std::optional<ValueSet> Evaluator::madeOfLoaded(const Frame *F, uint32_t Load, Made &Open) {
  const Inst &In = inst(F, Load);
  const Place &From = *body(F).places()->Get(In.a());
  if (From.path_len() != 0) {
    const StepKind Last = body(F).steps()->Get(From.path_start() + From.path_len() - 1)->kind();
    const bool IsWalked =
        Last == StepKind::Deref || (In.flags() & static_cast<uint16_t>(StoreFlag::Walked)) != 0;
    if (IsWalked)
      return textsOnly(bytesAround(F, In.a(), Load));
  } else if (From.kind() == BaseKind::Local && !facts(F->Body).isAddressTaken(From.base())) {
    // A letter on its way, or a number that counts.
    if (!Open.insert(From.base()).second)
      return ValueSet();
    std::optional<ValueSet> Out = ValueSet();
    for (const uint32_t Store : facts(F->Body).storesToLocal(From.base())) {
      const auto One = madeOf(F, Operand(inst(F, Store).b()), Open);
      if (!One)
        return std::nullopt;
      Out->add(*One);
    }
    return Out;
  }
  const ValueSet Numbers = operand(F, Operand(OperandKind::Temp, Load), Load);
  const bool AreKnown = llvm::all_of(
      Numbers, [](const Value &V) { return V.K == Value::Kind::Int || V.K == Value::Kind::Zero; });
  return AreKnown ? std::optional(ValueSet()) : std::nullopt;
}

/// Nothing where a byte is not written in the source. The set may be empty: a text that is decoded
/// where it lies is made of itself.
std::optional<ValueSet> Evaluator::textsOnly(const ValueSet &Bytes) {
  ValueSet Texts;
  for (Value V : Bytes) {
    if (V.K == Value::Kind::Text) {
      V.Patched = true;
      Texts.add(V);
    } else if (V.K != Value::Kind::Zero && V.K != Value::Kind::Uninitialised &&
               !(V.K == Value::Kind::Int && V.Const != NoId))
      return std::nullopt;
  }
  return Texts;
}

/// Of an element that is stored: what it is made of, or its value.
ValueSet Evaluator::element(const Frame *F, Operand What, uint32_t Store) {
  Made Open;
  if (auto Texts = madeOf(F, What, Open); Texts && !Texts->empty())
    return std::move(*Texts);
  return operand(F, What, Store);
}
