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
    const Operand Given = viewed({In, O.index()});
    if (Given.isNone())
      break;
    O = Given;
  }
  return behind(In, O);
}

/// What a call returns a place in: `s` of `s.data()`.
Operand PointeeTable::viewed(InstRef Call) {
  const BodyView &B = Bodies.view(Call.Body);
  const Inst &In = B.Insts[Call.Inst];
  llvm::ArrayRef<uint32_t> Args = B.argsOf(In);
  for (EntityId T : Bodies.program().calleesOf(Call).Targets)
    for (const FunctionModel *Row : Roles.rowsOf(T)) {
      const Role *Of = Roles.role(Row->Role);
      if (!Of)
        continue;
      for (const auto &[Result, From] : Of->PointsInto) {
        auto Given = Row->Binds.find(From);
        if (Given == Row->Binds.end())
          continue;
        const unsigned Arg = Given->second.Where == ArgRef::Kind::This
                                 ? 0
                                 : Given->second.Index + BodyView::receivers(In);
        if (Arg < Args.size())
          return Operand(Args[Arg]);
      }
    }
  return Operand();
}
