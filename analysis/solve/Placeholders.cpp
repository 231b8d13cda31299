#include "analysis/solve/Placeholders.h"

#include "analysis/link/BodyView.h"

using namespace assay;

bool assay::isPlaceholder(const Value &V, InstRef Store, const Program &Prog) {
  if (V.K != Value::Kind::Null && !(V.K == Value::Kind::Int && V.Int == 0))
    return V.K == Value::Kind::Zero;
  const BodyInfo &In = Prog.body(Store.Body);
  if (In.Data->kind() == BodyKind::Initialiser && Prog.entity(In.Entity).has(EntityFlag::Const))
    return false;
  if (V.K != Value::Kind::Int || V.Const == NoId)
    return true;
  const Constant &C = *Prog.body(V.Body).Data->constants()->Get(V.Const);
  const BodyView B(Prog, Store.Body);
  const bool IsRow = llvm::any_of(B.pathOf(B.Places[B.Insts[Store.Inst].a()]),
                                  [](const Step &S) { return S.kind() == StepKind::Index; });
  return !IsRow || (C.entity() == 0 && C.inner_macro() == 0);
}
