#include "analysis/solve/DoneBeside.h"

#include "analysis/model/Rows.h"

using namespace assay;

std::string DoneBeside::near(InstRef Site) {
  if (Roles.empty())
    return "";
  if (Leading.empty()) {
    for (const std::string &R : Roles)
      for (const RoleSite &S : J.Roles.sitesOf(R))
        Calls.insert(S.At);
    Leading = J.Reaches.to(std::vector<InstRef>(Calls.begin(), Calls.end()));
  }
  for (uint32_t I = 0; I != rowCount(J.Prog.body(Site.Body).Data->insts()); ++I) {
    const InstRef Call{Site.Body, I};
    if (Call == Site || J.Prog.inst(Call).op() != Op::Call)
      continue;
    if (Calls.count(Call) || llvm::any_of(J.Prog.calleesOf(Call).Targets, [&](EntityId T) {
          return Leading.test(J.Prog.definitionOf(T));
        }))
      return J.Words.callee(Call);
  }
  return "";
}
