#include "analysis/extract/BodyIndices.h"

using namespace assay;

namespace {

class Renumbering {
public:
  explicit Renumbering(const NewIndices &New) : New(New) {}

  void inst(Inst &I) const;
  void constant(Constant &C) const;
  uint32_t operand(uint32_t Raw) const {
    const Operand O(Raw);
    return O.is(OperandKind::Function) ? Operand(OperandKind::Function, New.Entity(O.index())).raw()
                                       : Raw;
  }

private:
  void operands(Inst &I) const;

  const NewIndices &New;
};

} // namespace

/// Which fields hold operands depends on the instruction; see TUSummary.fbs.
void Renumbering::operands(Inst &I) const {
  switch (I.op()) {
  case Op::ScopeEnd:
  case Op::Opaque:
    return;
  case Op::Load:
  case Op::Store:
    I.mutate_b(operand(I.b()));
    return;
  case Op::Call:
    I.mutate_a(operand(I.a()));
    return;
  case Op::Select:
    I.mutate_c(operand(I.c()));
    [[fallthrough]];
  default:
    I.mutate_a(operand(I.a()));
    I.mutate_b(operand(I.b()));
  }
}

void Renumbering::inst(Inst &I) const {
  operands(I);
  I.mutate_type(New.String(I.type()));
  I.mutable_loc() = New(I.loc());
}

void Renumbering::constant(Constant &C) const {
  C.mutate_text(New.String(C.text()));
  if (C.entity())
    C.mutate_entity(New.Entity(C.entity() - 1) + 1);
  C.mutate_inner_macro(New.String(C.inner_macro()));
  C.mutable_loc() = New(C.loc());
}

void assay::renumber(BodyRows &B, const NewIndices &New) {
  const Renumbering To(New);
  B.Entity = New.Entity(B.Entity);
  B.At = New(B.At);
  B.End = New(B.End);
  for (Inst &I : B.Insts)
    To.inst(I);
  for (uint32_t &Arg : B.Args)
    Arg = To.operand(Arg);
  for (Constant &C : B.Constants)
    To.constant(C);
  for (Place &P : B.Places)
    if (P.kind() == BaseKind::Global)
      P.mutate_base(New.Entity(P.base()));
  for (Step &S : B.Steps)
    if (S.kind() == StepKind::Field)
      S.mutate_value(New.Entity(S.value()));
  for (Local &L : B.Locals) {
    L.mutate_name(New.String(L.name()));
    L.mutate_type(New.String(L.type()));
    L.mutable_loc() = New(L.loc());
  }
}
