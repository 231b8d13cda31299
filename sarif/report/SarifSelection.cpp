#include "sarif/report/SarifResults.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace assay {

using Place = std::tuple<std::string, std::string, unsigned, unsigned>;

static Place placeOf(const std::string &Check, const Location &At) {
  return {Check, At.File, At.Line, At.Column};
}

/// The `Max` most severe findings, in the report's order.
static std::vector<const Finding *> mostSevere(const Report &R, SarifForm Form, size_t Max) {
  std::vector<const Finding *> Chosen;
  for (const Finding &F : R.Findings)
    if (Form == SarifForm::Evidence || F.Lvl != Level::None)
      Chosen.push_back(&F);
  if (Chosen.size() <= Max)
    return Chosen;
  // All in one vector: by address is by position, so equals keep the report's order.
  std::sort(Chosen.begin(), Chosen.end(), [](const Finding *A, const Finding *B) {
    return std::tie(B->Sev, B->Lvl, A) < std::tie(A->Sev, A->Lvl, B);
  });
  Chosen.resize(Max);
  std::sort(Chosen.begin(), Chosen.end());
  return Chosen;
}

static std::vector<const Site *> sitesBeside(const Report &R) {
  std::set<Place> Shown;
  for (const Finding &F : R.Findings) {
    Shown.insert(placeOf(F.Check, F.At));
    for (const PathStep &Step : F.Path)
      Shown.insert(placeOf(F.Check, Step.At));
    for (const PathStep &Step : F.Related)
      Shown.insert(placeOf(F.Check, Step.At));
  }
  std::vector<const Site *> Sites;
  for (const Site &S : R.Sites)
    if (S.Outcome != Verdict::Fail || !Shown.count(placeOf(S.Check, S.At)))
      Sites.push_back(&S);
  return Sites;
}

SarifSelection selectResults(const Report &R, SarifForm Form, size_t MaxResults) {
  SarifSelection Out;
  Out.Findings = mostSevere(R, Form, MaxResults);
  if (Form == SarifForm::Alerts) {
    auto Alerting = std::count_if(R.Findings.begin(), R.Findings.end(),
                                  [](const Finding &F) { return F.Lvl != Level::None; });
    Out.LeftOut = static_cast<size_t>(Alerting) - Out.Findings.size();
    return Out;
  }
  Out.Sites = sitesBeside(R);
  std::set<std::pair<std::string, Verdict>> Spoken;
  for (const Finding *F : Out.Findings)
    Spoken.emplace(F->Check, Verdict::Fail);
  for (const Site *S : Out.Sites)
    Spoken.emplace(S->Check, S->Outcome);
  for (const CheckVerdict &V : R.Verdicts)
    if (!Spoken.count({V.Check, V.Outcome}))
      Out.Verdicts.push_back(&V);
  return Out;
}

} // namespace assay
