#include "policies/schema/Policy.h"

#include "llvm/ADT/STLExtras.h"

namespace assay {

bool IntCondition::holds(int64_t X) const {
  switch (Operator) {
  case Op::EQ:
    return X == Value;
  case Op::NE:
    return X != Value;
  case Op::LT:
    return X < Value;
  case Op::LE:
    return X <= Value;
  case Op::GT:
    return X > Value;
  case Op::GE:
    return X >= Value;
  case Op::AnyBit:
    return (X & Value) != 0;
  case Op::NoBit:
    return (X & Value) == 0;
  }
  return false;
}

const Role *Policy::role(const std::string &Id) const {
  auto It = llvm::lower_bound(
      Roles, Id, [](const Role &R, const std::string &Name) { return R.Id.Value < Name; });
  return It != Roles.end() && It->Id.Value == Id ? &*It : nullptr;
}

} // namespace assay
