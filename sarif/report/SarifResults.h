/// The results of a run: which of a Report's findings, sites and verdicts go into a form, and how
/// one of them is written.
///
/// Every check has at least one result that carries its verdict, so that a reader of `evidence`
/// needs no other list. A failed site that a finding already shows is not written twice.
#ifndef ASSAY_SARIF_REPORT_SARIFRESULTS_H
#define ASSAY_SARIF_REPORT_SARIFRESULTS_H

#include "sarif/report/SarifPlaces.h"
#include "sarif/report/SarifRules.h"
#include "sarif/report/SarifWriter.h"

#include <vector>

namespace assay {

/// What goes into a form, in the order of writing. Points into the Report.
struct SarifSelection {
  std::vector<const Finding *> Findings;
  std::vector<const Site *> Sites;
  std::vector<const CheckVerdict *> Verdicts; ///< of checks that no result above speaks for
  size_t LeftOut = 0;                         ///< findings that Alerts should show and could not
};

SarifSelection selectResults(const Report &R, SarifForm Form, size_t MaxResults);

class SarifResults {
public:
  SarifResults(const SarifRules &Rules, const SarifPlaces &Places, const SarifOptions &Options)
      : Rules(Rules), Places(Places), Options(Options) {}

  static void addPlaces(const SarifSelection &Selected, SarifPlaces &Places);

  Json result(const Finding &F) const;
  Json result(const Site &S) const;
  Json result(const CheckVerdict &V) const;

private:
  Json head(const std::string &Check, const char *Kind, Level Lvl, const std::string &Text) const;
  Json codeFlow(const std::vector<PathStep> &Path) const;
  Json related(const std::vector<PathStep> &Steps) const;
  bool alerts() const { return Options.Form == SarifForm::Alerts; }

  const SarifRules &Rules;
  const SarifPlaces &Places;
  const SarifOptions &Options;
};

} // namespace assay

#endif
