// exist: does the program hold at least one site of the role, where something can reach it?
#include "analysis/solve/SwitchedOff.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

void assay::judge(const ExistProperty &P, const Judging &J) {
  const ReachedSite Needs = firstReached(P.Needs, J);
  const RoleSite *Needing = Needs.Surely ? Needs.Surely : Needs.Perhaps;
  if (!Needing)
    return;
  const ReachedSite Has = firstReached(P.Roles, J);
  if (const RoleSite *There = Has.Surely) {
    J.addSite(There->role(), There->At, Verdict::Pass, J.Words.callee(There->At) + " is used");
    if (There->Call)
      J.site().Rests.push_back(
          J.restsOn(There->At, J.Words.callee(There->At) + " is " + saidBy(*There->Call)));
    return;
  }
  if (const RoleSite *Maybe = Has.Perhaps ? Has.Perhaps : Needs.Surely ? nullptr : Needing)
    return J.addSite(Maybe->role(), Maybe->At, Verdict::Unproven,
                     "whether " + J.Words.callee(Maybe->At) +
                         " is the call that is asked for depends on a value that is not known");
  if (J.Prog.isAlone())
    return J.addSite(Needing->role(), Needing->At, Verdict::Unproven,
                     "units that are not here may have it");
  Finding F = J.findingAt(Needing->At);
  F.Message = P.Message;
  if (const RoleSite *Off = Has.Off) {
    const DeadSwitch Dead = *switchedOff(Off->At, J);
    F.Message += "; " + J.Words.callee(Off->At) + " is not reached: " + Dead.Words;
    F.Path.push_back(
        {J.Words.at(Dead.Read), J.Words.function(Dead.Read.Body), Dead.Words, PathStepKind::Site});
  }
  F.Path.push_back(
      {F.At, F.Function, J.Words.callee(Needing->At) + " makes it necessary", PathStepKind::Site});
  F.SiteKey = llvm::join(P.Roles, ",") + "|absent";
  J.Out.Findings.push_back(std::move(F));
  J.addSite(Needing->role(), Needing->At, Verdict::Fail, P.Message);
}
