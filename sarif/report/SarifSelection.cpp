#include "sarif/report/SarifResults.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace assay {

using Place = std::tuple<std::string, std::string, unsigned, unsigned>;

static Place placeOf(const std::string &Check, const Location &At) {
  return {Check, At.File, At.Line, At.Column};
}

/// A code host refuses a result without a file, and shows whatever it is given.
static bool isAlert(const Finding &F) {
  return F.Lvl != Level::None && !F.At.File.empty();
}

/// Keeps the `Max` most severe findings, in the report's order. All are parts of one vector: by
/// address is by position.
static void keepMostSevere(std::vector<const Finding *> &Chosen, size_t Max) {
  if (Chosen.size() <= Max)
    return;
  std::sort(Chosen.begin(), Chosen.end(), [](const Finding *A, const Finding *B) {
    return std::tie(B->Sev, B->Lvl, A) < std::tie(A->Sev, A->Lvl, B);
  });
  Chosen.resize(Max);
  std::sort(Chosen.begin(), Chosen.end());
}

static SarifSelection selectAlerts(const Report &R, size_t Max) {
  SarifSelection Out;
  for (const Finding &F : R.Findings) {
    if (isAlert(F))
      Out.Findings.push_back(&F);
    Out.LeftOut += F.Lvl != Level::None;
  }
  keepMostSevere(Out.Findings, Max);
  Out.LeftOut -= Out.Findings.size();
  return Out;
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
  if (Form == SarifForm::Alerts)
    return selectAlerts(R, MaxResults);
  SarifSelection Out;
  for (const Finding &F : R.Findings)
    Out.Findings.push_back(&F);
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
