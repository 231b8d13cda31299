#include "analysis/solve/VolatileWrites.h"

using namespace assay;

std::vector<ObjectPath> VolatileWrites::writtenBy(InstRef Call) {
  const BodyView &B = Walk.view(Call.Body);
  const Inst &In = B.Insts[Call.Inst];
  const llvm::ArrayRef<uint32_t> Args = B.argsOf(In);
  std::vector<ObjectPath> Out;
  for (EntityId T : J.Prog.calleesOf(Call).Targets)
    for (BodyId Callee : J.Prog.bodiesOf(T))
      for (const ObjectPath &Written : parametersOf(Callee)) {
        const unsigned Arg =
            Written.Base == BaseKind::This ? 0 : Written.Index + BodyView::receivers(In);
        if (Arg >= Args.size())
          continue;
        if (const auto &Given = Walk.behind(Call.Body, Operand(Args[Arg])))
          Out.push_back(*Given);
      }
  return Out;
}

/// The parameters whose memory a body writes by volatile stores.
const std::vector<ObjectPath> &VolatileWrites::parametersOf(BodyId Body) {
  auto [It, New] = Known.try_emplace(Body);
  if (!New)
    return It->second;
  const BodyView &B = Walk.view(Body);
  const unsigned Params = rowCount(J.Prog.entity(J.Prog.body(Body).Entity).Row->params());
  for (const Inst &In : B.Insts) {
    if (In.op() != Op::Store || !(In.flags() & static_cast<uint16_t>(StoreFlag::Volatile)))
      continue;
    for (unsigned P = 0; P != Params; ++P) {
      ObjectPath Behind;
      Behind.Base = BaseKind::Param;
      Behind.Index = P;
      if (Walk.mayBeCopies(Body, Behind.pointee(), Walk.placeBehind(Body, In.a())))
        It->second.push_back(Behind);
    }
  }
  return It->second;
}
