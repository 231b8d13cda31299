#include "analysis/solve/MadeValues.h"

using namespace assay;

namespace {
/// compute() < sign() < verify() < receive()
constexpr unsigned CallsOut = 3;
/// equal() < check(), both handed what another made
constexpr unsigned CallsIn = 2;
} // namespace

MadeValues::MadeValues(llvm::ArrayRef<std::string> MakingRoles, const RoleIndex &Roles,
                       const Program &Prog)
    : MakingRoles(MakingRoles), Prog(Prog), Making(Prog.bodyCount()) {
  std::vector<BodyId> At;
  for (const std::string &R : MakingRoles)
    for (const RoleSite &S : Roles.sitesOf(R))
      if (S.At.Body != NoId)
        At.push_back(S.At.Body);
  for (const BodyId B : withCallers(std::move(At), CallsOut))
    Making.set(B);
}

std::vector<BodyId> MadeValues::withCallers(std::vector<BodyId> Of, unsigned Calls) const {
  llvm::BitVector Met(Prog.bodyCount());
  llvm::erase_if(Of, [&](BodyId B) {
    const bool Again = Met.test(B);
    Met.set(B);
    return Again;
  });
  for (size_t Next = 0; Calls; --Calls)
    for (const size_t End = Of.size(); Next != End; ++Next)
      for (const InstRef Caller : Prog.callersOf(Prog.body(Of[Next]).Entity))
        if (!Met.test(Caller.Body)) {
          Met.set(Caller.Body);
          Of.push_back(Caller.Body);
        }
  return Of;
}

bool MadeValues::reaches(BodyId Body) const {
  if (Making.none())
    return false;
  const auto [It, New] = Known.try_emplace(Body, false);
  if (New)
    It->second =
        llvm::any_of(withCallers({Body}, CallsIn), [&](BodyId B) { return Making.test(B); });
  return It->second;
}

const Value *MadeValues::madeOf(const ValueSet &Values) const {
  const auto It = llvm::find_if(Values, [&](const Value &V) {
    return V.K == Value::Kind::Fresh && V.MadeBy &&
           llvm::is_contained(MakingRoles, V.MadeBy->Id.Value);
  });
  return It == Values.end() ? nullptr : &*It;
}

const Value *MadeValues::oneOf(const ValueSet &Left, const ValueSet &Right) const {
  const Value *L = madeOf(Left), *R = madeOf(Right);
  return L && R ? nullptr : L ? L : R;
}
