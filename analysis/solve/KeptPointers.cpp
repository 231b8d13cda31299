#include "analysis/solve/KeptPointers.h"

#include "analysis/model/Rows.h"

using namespace assay;

static bool isOfBody(const ObjectPath &O) {
  return O.Base == BaseKind::Local || O.Base == BaseKind::Param || O.Base == BaseKind::This;
}

static ObjectPath baseOf(const ObjectPath &O) {
  ObjectPath Base;
  Base.Base = O.Base;
  Base.Index = O.Index;
  return Base;
}

/// The variable that the operand points to or into, or the parameter that it came from.
std::optional<ObjectPath> KeptPointers::baseBehind(BodyId In, Operand O) const {
  const auto Behind = ObjectNames(Bodies, In).behind(O);
  const bool Handed = Behind && Behind->Base != BaseKind::Local;
  if (!Behind || !isOfBody(*Behind) || Handed == Behind->Path.empty())
    return std::nullopt;
  return baseOf(*Behind);
}

const std::vector<KeptPointers::Kept> &KeptPointers::keptIn(BodyId B) {
  // Met again in recursion: what else the body does decides.
  if (auto It = Found.find(B); It != Found.end())
    return It->second;
  Found[B];
  std::vector<Kept> Mine;
  findKept(B, Mine);
  return Found[B] = std::move(Mine);
}

void KeptPointers::findKept(BodyId Id, std::vector<Kept> &To) {
  const Body &B = *Prog.body(Id).Data;
  for (uint32_t K = 0; K != rowCount(B.insts()); ++K) {
    const Inst &I = *B.insts()->Get(K);
    if (I.op() == Op::Call)
      keptByCall({Id, K}, To);
    if (I.op() != Op::Store)
      continue;
    const ObjectPath Keeper = ObjectNames(Bodies, Id).place(I.a());
    // A pointer variable of the body itself is a second name that is known.
    if (isOfBody(Keeper) && Keeper.Path.empty())
      continue;
    if (auto What = baseBehind(Id, Operand(I.b())))
      To.push_back({std::move(*What), baseOf(Keeper)});
  }
}

/// What the callee keeps of its parameters, in the caller's words.
void KeptPointers::keptByCall(InstRef Call, std::vector<Kept> &To) {
  const Inst &I = Prog.inst(Call);
  const unsigned Receiver = I.flags() & static_cast<uint16_t>(CallFlag::Receiver) ? 1 : 0;
  auto Given = [&](const ObjectPath &Param) -> std::optional<ObjectPath> {
    const uint32_t A = Param.Base == BaseKind::This ? 0 : Param.Index + Receiver;
    if (A >= I.c() || (Param.Base == BaseKind::This && !Receiver))
      return std::nullopt;
    return baseBehind(Call.Body, Operand(Prog.body(Call.Body).Data->args()->Get(I.b() + A)));
  };
  for (EntityId T : Prog.calleesOf(Call).Targets)
    for (BodyId B : Prog.bodiesOf(T)) {
      const std::vector<Kept> Inside = keptIn(B);
      for (const Kept &K : Inside) {
        auto What = K.What.Base == BaseKind::Local ? std::nullopt : Given(K.What);
        auto Keeper =
            isOfBody(K.Keeper) && K.Keeper.Base != BaseKind::Local ? Given(K.Keeper) : ObjectPath();
        if (What && !(Keeper && *Keeper == *What))
          To.push_back({std::move(*What), Keeper.value_or(ObjectPath())});
      }
    }
}

bool KeptPointers::mayReach(InstRef Call, const ObjectPath &O) {
  if (O.Base != BaseKind::Local)
    return false;
  const Inst &I = Prog.inst(Call);
  for (const Kept &K : keptIn(Call.Body)) {
    if (!(K.What == baseOf(O)))
      continue;
    if (!isOfBody(K.Keeper))
      return true;
    for (uint32_t A = 0; A != I.c(); ++A)
      if (baseBehind(Call.Body, Operand(Prog.body(Call.Body).Data->args()->Get(I.b() + A))) ==
          K.Keeper)
        return true;
  }
  return false;
}
