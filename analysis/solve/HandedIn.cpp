#include "analysis/solve/HandedIn.h"

#include "analysis/link/BodyView.h"
#include "analysis/model/Rows.h"

using namespace assay;

static bool isIndirect(const Inst &I) {
  return I.op() == Op::Call && static_cast<CallKind>(I.sub()) == CallKind::Indirect;
}

static ObjectPath pointeeOf(uint32_t Param) {
  ObjectPath P;
  P.Base = BaseKind::Param;
  P.Index = Param;
  return P.pointee();
}

std::optional<ObjectPath> HandedIn::given(BodyId In, Operand O, const Handed &Mine) const {
  if (O.is(OperandKind::Function)) {
    ObjectPath F;
    F.Base = BaseKind::Global;
    F.Index = Prog.definitionOf(Prog.entityIn(In, O.index()));
    return F;
  }
  const auto Behind = ObjectNames(Bodies, In).behind(O);
  if (!Behind)
    return std::nullopt;
  for (const auto &[Param, What] : Mine)
    if (*Behind == pointeeOf(Param) && Bodies[In].storesToParam(Param).empty())
      return What;
  const bool Table =
      Behind->Base == BaseKind::Global && llvm::none_of(Behind->Path, [](const PlaceStep &S) {
        return S.Kind == StepKind::Deref || S.Kind == StepKind::AnyIndex;
      });
  return Table ? Behind : std::nullopt;
}

Handed HandedIn::of(InstRef Call, BodyId Callee, const Handed &Mine) {
  Handed Out;
  const Inst &I = Prog.inst(Call);
  for (uint32_t A = BodyView::receivers(I); A < I.c(); ++A) {
    const uint32_t Param = A - BodyView::receivers(I);
    if (!callsThrough(Callee, Param))
      continue;
    const Operand O(Prog.body(Call.Body).Data->args()->Get(I.b() + A));
    if (auto What = given(Call.Body, O, Mine))
      Out.emplace_back(Param, std::move(*What));
  }
  return Out;
}

bool HandedIn::callsThrough(BodyId B, uint32_t Param) {
  // Met again in recursion: what else the body does decides.
  auto [It, New] = Through.try_emplace({B, Param}, false);
  if (New && findCallThrough(B, pointeeOf(Param)))
    Through[{B, Param}] = true;
  return Through[{B, Param}];
}

bool HandedIn::findCallThrough(BodyId Id, const ObjectPath &Pointee) {
  const Body &B = *Prog.body(Id).Data;
  const ObjectNames Names(Bodies, Id);
  for (uint32_t K = 0; K != rowCount(B.insts()); ++K) {
    const Inst &I = *B.insts()->Get(K);
    if (I.op() != Op::Call)
      continue;
    const auto Through = isIndirect(I) ? Names.behind(Operand(I.a())) : std::nullopt;
    if (Through && Pointee.stepsTo(*Through))
      return true;
    for (uint32_t A = BodyView::receivers(I); A < I.c(); ++A)
      if (Names.behind(Operand(B.args()->Get(I.b() + A))) == Pointee)
        for (EntityId T : Prog.calleesOf({Id, K}).Targets)
          for (BodyId Next : Prog.bodiesOf(T))
            if (callsThrough(Next, A - BodyView::receivers(I)))
              return true;
  }
  return false;
}

std::optional<EntityId> HandedIn::target(InstRef Call, const Handed &Mine) const {
  const Inst &I = Prog.inst(Call);
  const auto Through =
      isIndirect(I) ? ObjectNames(Bodies, Call.Body).behind(Operand(I.a())) : std::nullopt;
  if (!Through || Through->Path.empty())
    return std::nullopt;
  for (const auto &[Param, What] : Mine) {
    const auto Below = pointeeOf(Param).stepsTo(*Through);
    if (!Below || !Bodies[Call.Body].storesToParam(Param).empty())
      continue;
    if (Prog.entity(What.Index).isFunction())
      return Below->empty() ? std::optional(What.Index) : std::nullopt;
    if (!Below->empty() && Below->back().Kind == StepKind::Deref)
      return functionIn(What.plus(Below->drop_back()));
  }
  return std::nullopt;
}

/// What one cell of a table holds, if it is set once, where the table is.
std::optional<EntityId> HandedIn::functionIn(const ObjectPath &Cell) const {
  if (Cell.Path.empty() || Cell.Path.back().Kind != StepKind::Field)
    return std::nullopt;
  const bool Fixed = Prog.entity(Cell.Index).has(EntityFlag::Const);
  std::optional<EntityId> Found;
  for (const InstRef &S : Prog.storesTo(Cell.Path.back().Value)) {
    const ObjectPath To = namedPlace(Prog, S.Body, Prog.inst(S).a());
    if (!Fixed && To.Base != BaseKind::Global && To.Base != BaseKind::Local)
      return std::nullopt;
    if (!To.stepsTo(Cell) && !Cell.stepsTo(To))
      continue;
    const Operand What(Prog.inst(S).b());
    if (Found || !What.is(OperandKind::Function))
      return std::nullopt;
    Found = Prog.definitionOf(Prog.entityIn(S.Body, What.index()));
  }
  return Found;
}
