#include "analysis/solve/HeldConstant.h"

using namespace assay;

bool HeldConstant::isMadeByEvent() const {
  const Role *R = J.Roles.role(At.role());
  return !R || R->Writes.count(Bind);
}

bool HeldConstant::atEvent() const {
  const std::optional<Operand> O = boundOperand(At, Bind, J);
  if (!O || isMadeByEvent())
    return false;
  J.Values.begin();
  const ValueSet Bytes = J.Values.bytesBehind(J.Values.root(At.At.Body), *O, At.At.Inst);
  return !Bytes.empty() && llvm::all_of(Bytes, [](const Value &V) { return V.isConstant(); });
}

bool HeldConstant::isHandedIn(InstRef Call,
                              llvm::function_ref<bool(const ObjectPath &)> IsNamed) const {
  const BodyView &B = Walk.view(Call.Body);
  const Inst &In = B.Insts[Call.Inst];
  if (isMadeByEvent() || In.op() != Op::Call)
    return false;
  J.Values.begin();
  return llvm::any_of(B.argsOf(In), [&](uint32_t Raw) {
    const auto &Given = Walk.behind(Call.Body, Operand(Raw));
    if (!Given || !IsNamed(*Given))
      return false;
    const ValueSet Bytes = J.Values.bytesBehind(J.Values.root(Call.Body), Operand(Raw), Call.Inst);
    return !Bytes.empty() && llvm::all_of(Bytes, [](const Value &V) {
      return V.K == Value::Kind::Zero || V.K == Value::Kind::Text;
    });
  });
}
