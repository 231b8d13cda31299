#include "analysis/solve/Relevance.h"

using namespace assay;

static constexpr unsigned MostLinks = 8;

Relevance::Relevance(BodyTable &Bodies, const std::vector<InstRef> &Satisfying,
                     const llvm::BitVector &LeadsToBy)
    : Bodies(Bodies), Prog(Bodies.program()), LeadsToBy(LeadsToBy),
      Satisfying(Satisfying.begin(), Satisfying.end()) {}

void Relevance::keepOnlyRelevant(WayFacts &F, BodyId In) {
  llvm::erase_if(F.Temps, [&](const Test &T) { return !isRelevantTemp(In, T.Of); });
  llvm::erase_if(F.Places, [&](const PlaceFact &P) { return !isRelevantPlace(In, P.Of); });
}

bool Relevance::leads(BodyId In) const {
  return LeadsToBy.test(Prog.body(In).Entity);
}

bool Relevance::isRelevantTemp(BodyId In, uint32_t Temp, unsigned Steps) {
  if (++Steps > MostLinks)
    return true;
  const Inst &I = Prog.inst({In, Temp});
  auto Operands = [&](std::initializer_list<uint32_t> Raw) {
    return llvm::any_of(Raw, [&](uint32_t R) {
      const Operand O(R);
      return O.is(OperandKind::Temp) && isRelevantTemp(In, O.index(), Steps);
    });
  };
  switch (I.op()) {
  case Op::Call:
    return Satisfying.count({In, Temp}) ||
           llvm::any_of(Prog.calleesOf({In, Temp}).Targets,
                        [&](EntityId T) { return LeadsToBy.test(Prog.definitionOf(T)); });
  case Op::Load:
    return isRelevantPlace(In, ObjectNames(Bodies, In).place(I.a()));
  case Op::Copy:
    return Operands({I.a()});
  case Op::Compare:
  case Op::Derive:
    return Operands({I.a(), I.b()});
  case Op::Select:
    return true;
  default:
    return false;
  }
}

bool Relevance::isRelevantPlace(BodyId In, const ObjectPath &P) {
  if (P.Base == BaseKind::Param && P.Path.empty())
    return true;
  for (const PlaceStep &S : llvm::reverse(P.Path))
    if (S.Kind == StepKind::Field)
      return isSetWhereItMatters(S.Value);
  if (P.Base == BaseKind::Global)
    return isSetWhereItMatters(P.Index);
  return P.Base != BaseKind::Local || isRelevantLocal(In, P.Index);
}

/// Only code that leads to the role can set a flag that stands for it: to a constant, or to what a
/// relevant call said.
bool Relevance::isSetWhereItMatters(EntityId Written) {
  auto [It, New] = Shared.try_emplace(Written, false);
  if (!New)
    return It->second;
  const bool Matters = llvm::any_of(Prog.storesTo(Written), [&](InstRef S) {
    const Operand What(Prog.inst(S).b());
    return leads(S.Body) && (!What.is(OperandKind::Temp) || isRelevantTemp(S.Body, What.index()));
  });
  return Shared[Written] = Matters;
}

bool Relevance::isRelevantLocal(BodyId In, uint32_t Local) {
  // Met again while it is decided: what else is stored there decides.
  auto [It, New] = Locals.try_emplace({In, Local}, false);
  if (!New)
    return It->second;
  const bool Decided = decideLocal(In, Local);
  return Locals[{In, Local}] = Decided;
}

bool Relevance::decideLocal(BodyId In, uint32_t Local) {
  if (!leads(In))
    return false;
  const BodyFacts &F = Bodies[In];
  if (F.isAddressTaken(Local))
    return true;
  return llvm::any_of(F.storesToLocal(Local), [&](uint32_t Store) {
    const Inst &I = Prog.inst({In, Store});
    if (I.flags() & static_cast<uint16_t>(StoreFlag::Initialise))
      return Operand(I.b()).is(OperandKind::Temp) && isRelevantTemp(In, Operand(I.b()).index());
    return !Operand(I.b()).is(OperandKind::Temp) || isRelevantTemp(In, Operand(I.b()).index());
  });
}
