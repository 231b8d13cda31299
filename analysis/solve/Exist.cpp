// exist: does the program hold at least one site of the role, where something can reach it?
#include "analysis/solve/Judging.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

void assay::judge(const ExistProperty &P, const Judging &J) {
  const RoleSite *Needing = firstReached(P.Needs, J);
  if (!Needing)
    return;
  if (const RoleSite *Found = firstReached(P.Roles, J)) {
    J.addSite(Found->role(), Found->At, Verdict::Pass, J.Words.callee(Found->At) + " is used");
    if (Found->Call)
      J.site().Rests.push_back(
          J.restsOn(Found->At, J.Words.callee(Found->At) + " is " + saidBy(*Found->Call)));
    return;
  }
  if (J.Prog.isAlone())
    return J.addSite(Needing->role(), Needing->At, Verdict::Unproven,
                     "units that are not here may have it");
  Finding F = J.findingAt(Needing->At);
  F.Message = P.Message;
  F.Path.push_back(
      {F.At, F.Function, J.Words.callee(Needing->At) + " makes it necessary", PathStepKind::Site});
  F.SiteKey = llvm::join(P.Roles, ",") + "|absent";
  J.Out.Findings.push_back(std::move(F));
  J.addSite(Needing->role(), Needing->At, Verdict::Fail, P.Message);
}
