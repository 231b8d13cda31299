#include "analysis/solve/SuccessNumber.h"

using namespace assay;

namespace {

/// One number stands for all successes.
void succeedWith(int64_t Number, ResultClasses &Classes) {
  for (unsigned L = 0; L != MostLanes; ++L)
    if (Classes.Success & (1u << L)) {
      Classes.Values.Of[L] = Number;
      Classes.Success = static_cast<LaneSet>(1u << L);
      return;
    }
}

/// A call whose result is compared for equality with one successful number: that is what success is
/// here, and the others are refused with the failures.
std::optional<int64_t> numberExpected(const BodyView &B, const RoleSite &Of) {
  if (Of.Call->Success->Operator == IntCondition::Op::EQ)
    return std::nullopt;
  const bool IsBool = isBoolType(B.Of.string(B.Insts[Of.At.Inst].type()));
  for (const Inst &I : B.Insts) {
    const auto P = static_cast<Predicate>(I.sub());
    if (I.op() != Op::Compare || (P != Predicate::EQ && P != Predicate::NE))
      continue;
    const Operand Right(I.b());
    if (B.unconverted(Operand(I.a())) != Operand(OperandKind::Temp, Of.At.Inst) ||
        !Right.is(OperandKind::Const))
      continue;
    const int64_t Number = B.Constants[Right.index()].value();
    if (Of.Call->Success->holds(Number) && !(IsBool && (Number < 0 || Number > 1)))
      return Number;
  }
  return std::nullopt;
}

/// A number of bytes is a success when it is the number that was asked for.
WalkMemory sizeAsked(const Judging &J, ForwardWalk &Walk, const RoleSite &Of,
                     ResultClasses &Classes) {
  WalkMemory Known;
  auto Size = Of.Call->Binds.find("size");
  const auto Sign = Of.Call->Success->Operator;
  const bool Counts = Sign == IntCondition::Op::GT || Sign == IntCondition::Op::GE;
  if (!Counts || Size == Of.Call->Binds.end() || Size->second.Where != ArgRef::Kind::Argument)
    return Known;
  const BodyView &B = Walk.view(Of.At.Body);
  const Operand O = B.unconverted(J.Values.argument(Of.At, Size->second.Index));
  int64_t Asked = 0x10001; // stands for a length that is not known
  if (O.is(OperandKind::Const))
    Asked = B.Constants[O.index()].value();
  else if (O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Load)
    Known[Walk.placeOf(Of.At.Body, B.Places[B.Insts[O.index()].a()])] = Lanes::all(Asked);
  else
    return Known;
  succeedWith(Asked, Classes);
  return Known;
}

} // namespace

WalkMemory assay::narrowSuccess(const Judging &J, ForwardWalk &Walk, const RoleSite &Of,
                                ResultClasses &Classes) {
  if (auto Number = numberExpected(Walk.view(Of.At.Body), Of))
    succeedWith(*Number, Classes);
  return sizeAsked(J, Walk, Of, Classes);
}
