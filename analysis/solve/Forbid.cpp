// forbid: may this role appear at all, in this context?
#include "analysis/solve/Destinations.h"
#include "analysis/solve/Settings.h"
#include "analysis/solve/WipedNames.h"

using namespace assay;

namespace {

void judgeSite(const RoleSite &S, const ForbidProperty &P, Settings &Chosen, const Judging &J) {
  std::string Function = J.Words.function(S.At.Body), Callee = J.Words.callee(S.At);
  if (S.Exempt)
    return J.addSite(S.role(), S.At, Verdict::NotApplicable, S.Exempt);
  std::vector<std::string> Names;
  if (asksForNames(P.Where))
    Names = destinationsOf(S.At, J.Prog, J.Roles);
  Location At = J.Words.at(S.At);
  if (!inContext(P.Where, J, Function, At.File, Names))
    return J.addSite(S.role(), S.At, Verdict::Pass,
                     Callee + " is not used in the context that the check is about");
  Finding F = J.findingAt(S.At);
  std::string Into = Names.empty() ? "" : Names.front();
  F.Message = fillIn(P.Message.empty() ? "{callee} is used here" : P.Message,
                     {{"callee", Callee}, {"function", Function}, {"into", Into}});
  if (const auto By = Chosen.before(S.At))
    tellSetting(F, *By);
  F.Path.push_back(
      {At, Function,
       Callee + " is called" + (Into.empty() ? "" : "; its result ends in '" + Into + "'"),
       PathStepKind::Site});
  F.SiteKey = S.role() + "|" + Callee + "|" + Into;
  J.addFault(S.role(), S.At, std::move(F));
}

} // namespace

void assay::judge(const ForbidProperty &P, const Judging &J) {
  Settings Chosen(P.Grade.ChosenBy, J);
  std::optional<WipedNames> Wiped;
  if (!P.WipedBy.empty())
    Wiped.emplace(P.WipedBy, J.Roles, J.Prog);
  for (const std::string &R : P.Roles)
    for (const RoleSite &S : J.Roles.sitesOf(R))
      if (J.Asked.here(S.At.Body) && (!Wiped || Wiped->hasObject(S)))
        judgeSite(S, P, Chosen, J);
}
