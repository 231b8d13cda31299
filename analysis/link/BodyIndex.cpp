#include "analysis/link/BodyIndex.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;

static bool isVariable(BaseKind K) {
  return K == BaseKind::Local || K == BaseKind::Param;
}

/// The variable, or elements of it: a part that a field names belongs to the field.
static bool isWhole(const BodyView &B, const Place &P) {
  return isVariable(P.kind()) && !B.hasDeref(P) && B.lastField(P) == NoId;
}

/// The parameter whose value an operand is, through casts and element arithmetic; null = none.
static const Place *parameterBehind(const BodyView &B, Operand O) {
  for (unsigned Left = 16; Left && O.is(OperandKind::Temp); --Left) {
    const Inst &I = B.Insts[O.index()];
    if (I.op() == Op::Load) {
      const Place &From = B.Places[I.a()];
      return From.kind() == BaseKind::Param && !From.path_len() ? &From : nullptr;
    }
    if (I.op() != Op::Copy && !(I.op() == Op::Derive && DeriveOp(I.sub()) == DeriveOp::PointerAdd))
      return nullptr;
    O = Operand(I.a());
  }
  return nullptr;
}

const Place *BodyIndex::parameterThrough(const BodyView &B, const Place &P) {
  const auto Path = B.pathOf(P);
  if (Path.empty() || Path.front().kind() != StepKind::Deref || B.lastField(P) != NoId ||
      B.pathInObject(P).size() + 1 != Path.size())
    return nullptr;
  if (P.kind() == BaseKind::Param)
    return &P;
  return P.kind() == BaseKind::Temp ? parameterBehind(B, Operand(OperandKind::Temp, P.base()))
                                    : nullptr;
}

BodyIndex::BodyIndex(const BodyView &B) {
  for (uint32_t N = 0; N != B.Insts.size(); ++N)
    add(B, N);
  llvm::sort(Rows);
}

void BodyIndex::add(const BodyView &B, uint32_t N) {
  const Inst &I = B.Insts[N];
  switch (I.op()) {
  case Op::Store:
    return store(B, N, I);
  case Op::Return:
    if (!Operand(I.a()).isNone())
      Returns.push_back(N);
    return kept(B, N, Operand(I.a()));
  case Op::Select:
    kept(B, N, Operand(I.b()));
    return kept(B, N, Operand(I.c()));
  case Op::Call:
    for (uint32_t Slot = 0; Slot != I.c(); ++Slot)
      passed(B, N, Slot, Operand(B.Args[I.b() + Slot]));
    return;
  default:
    return;
  }
}

void BodyIndex::store(const BodyView &B, uint32_t N, const Inst &I) {
  const Place &To = B.Places[I.a()];
  if (isWhole(B, To))
    Rows.push_back({Role::StoreTo, To.kind(), To.base(), N});
  else if (const Place *P = parameterThrough(B, To))
    Rows.push_back({Role::StoreThrough, BaseKind::Param, P->base(), N});
  kept(B, N, Operand(I.b()));
}

void BodyIndex::passed(const BodyView &B, uint32_t N, uint32_t Slot, Operand O) {
  if (const Place *P = B.addressedPlace(O); P && isWhole(B, *P))
    Rows.push_back({Role::AddressPassed, P->kind(), P->base(), N, Slot});
  else if (const Place *P = parameterBehind(B, O))
    Rows.push_back({Role::ValuePassed, BaseKind::Param, P->base(), N, Slot});
}

void BodyIndex::kept(const BodyView &B, uint32_t N, Operand O) {
  if (const Place *P = B.addressedPlace(O); P && isWhole(B, *P))
    Rows.push_back({Role::AddressKept, P->kind(), P->base(), N});
  else if (const Place *P = parameterBehind(B, O))
    Rows.push_back({Role::ValueKept, BaseKind::Param, P->base(), N});
}

llvm::ArrayRef<BodyIndex::Row> BodyIndex::rowsOf(Role What, BaseKind Of, uint32_t Variable) const {
  const Row First{What, Of, Variable, 0, 0}, Last{What, Of, Variable, ~0u, ~0u};
  const auto *Begin = std::lower_bound(Rows.data(), Rows.data() + Rows.size(), First);
  const auto *End = std::upper_bound(Begin, Rows.data() + Rows.size(), Last);
  return {Begin, End};
}
