// exist: does the program hold at least one site of the role, where something can reach it?
#include "analysis/solve/Judging.h"

#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace assay;

namespace {

/// May control come here from outside the program? Code that only dead code calls is dead.
bool isReached(const RoleSite &S, const Program &Prog) {
  std::set<EntityId> Seen = {Prog.body(S.At.Body).Entity};
  std::vector<EntityId> Work(Seen.begin(), Seen.end());
  while (!Work.empty()) {
    const EntityId In = Work.back();
    Work.pop_back();
    if (Prog.mayHaveUnknownCallers(In))
      return true;
    for (const InstRef &Call : Prog.callersOf(In))
      if (const EntityId Caller = Prog.body(Call.Body).Entity; Seen.insert(Caller).second)
        Work.push_back(Caller);
  }
  return false;
}

struct FirstSites {
  const RoleSite *Surely = nullptr, *Perhaps = nullptr; ///< by the row's `when`
};

FirstSites firstReached(const std::vector<std::string> &Roles, const Judging &J) {
  FirstSites First;
  for (const std::string &R : Roles)
    for (const RoleSite &S : J.Roles.sitesOf(R)) {
      J.Values.begin();
      if (S.Exempt || !isReached(S, J.Prog) || !mayMeanThis(S, J))
        continue;
      if (meansOnlyThis(S, J)) {
        First.Surely = &S;
        return First;
      }
      if (!First.Perhaps)
        First.Perhaps = &S;
    }
  return First;
}

} // namespace

void assay::judge(const ExistProperty &P, const Judging &J) {
  const FirstSites Needs = firstReached(P.Needs, J);
  const RoleSite *Needing = Needs.Surely ? Needs.Surely : Needs.Perhaps;
  if (!Needing)
    return;
  const FirstSites Has = firstReached(P.Roles, J);
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
  F.Path.push_back(
      {F.At, F.Function, J.Words.callee(Needing->At) + " makes it necessary", PathStepKind::Site});
  F.SiteKey = llvm::join(P.Roles, ",") + "|absent";
  J.Out.Findings.push_back(std::move(F));
  J.addSite(Needing->role(), Needing->At, Verdict::Fail, P.Message);
}
