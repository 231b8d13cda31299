#include "analysis/solve/PointeeTable.h"

using namespace assay;

const ObjectPath &PointeeTable::place(BodyId In, uint32_t Row) {
  if (const auto It = Places.find({In, Row}); It != Places.end())
    return *It->second;
  auto Found = std::make_unique<ObjectPath>(ObjectNames(Bodies, In).place(Row));
  return *(Places[{In, Row}] = std::move(Found));
}

const std::optional<ObjectPath> &PointeeTable::behind(BodyId In, Operand O) {
  const std::pair Key(In, O.raw());
  if (const auto It = Pointees.find(Key); It != Pointees.end())
    return *It->second;
  auto Found = std::make_unique<std::optional<ObjectPath>>(ObjectNames(Bodies, In).behind(O));
  return *(Pointees[Key] = std::move(Found));
}

const std::optional<ObjectPath> &PointeeTable::behindViews(BodyId In, Operand O) {
  const BodyView &B = Bodies.view(In);
  for (unsigned Left = 16; Left && O.is(OperandKind::Temp); --Left) {
    const Inst &I = B.Insts[O.index()];
    if (I.op() == Op::Copy || (I.op() == Op::Derive && DeriveOp(I.sub()) == DeriveOp::PointerAdd)) {
      O = Operand(I.a());
      continue;
    }
    if (I.op() != Op::Call)
      break;
    const auto Given = objectViewedBy({In, O.index()}, Bodies.program(), Roles);
    if (!Given)
      break;
    O = *Given;
  }
  return behind(In, O);
}
