#include "analysis/solve/SetOnce.h"

#include "analysis/link/BodyView.h"

using namespace assay;

/// The call takes the field's address to read it: by a const method, or as a pointer to const.
static bool readsOnly(InstRef Call, EntityId Field, const Program &Prog) {
  const BodyView B(Prog, Call.Body);
  const Inst &I = Prog.inst(Call);
  const auto Args = B.argsOf(I);
  for (uint32_t A = 0; A != Args.size(); ++A) {
    const Place *P = B.addressedPlace(Operand(Args[A]));
    if (!P || B.lastField(*P) != Field)
      continue;
    for (EntityId Callee : Prog.calleesOf(Call).Targets) {
      const EntityInfo &Info = Prog.entity(Callee);
      const bool IsObject = BodyView::receivers(I) && A == 0;
      const auto *Params = Info.Row->params();
      const uint32_t Param = A - BodyView::receivers(I);
      constexpr auto Const = static_cast<uint16_t>(ParamFlag::PointeeConst) |
                             static_cast<uint16_t>(ParamFlag::RecordByValue);
      if (IsObject ? !Info.has(EntityFlag::ConstMethod)
                   : !Params || Param >= Params->size() || !(Params->Get(Param)->flags() & Const))
        return false;
    }
  }
  return true;
}

bool assay::isSetByConstructorsOnly(EntityId Field, const Program &Prog) {
  if (Prog.entity(Field).has(EntityFlag::SystemHeader)) // of a library, which is not here whole
    return false;
  const auto IsMaking = [&](InstRef R) {
    const EntityKind Kind = Prog.entity(Prog.body(R.Body).Entity).Kind;
    return Kind == EntityKind::Constructor || Kind == EntityKind::Destructor ||
           Prog.body(R.Body).Data->kind() == BodyKind::Initialiser;
  };
  const auto Stores = Prog.storesTo(Field), Calls = Prog.addressPassedTo(Field);
  return llvm::all_of(Stores, IsMaking) &&
         llvm::all_of(Calls, [&](InstRef C) { return IsMaking(C) || readsOnly(C, Field, Prog); });
}
