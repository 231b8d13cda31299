/// Coverage, verdicts and gate as properties of the invocation. Plain figures; nothing is judged.
#ifndef ASSAY_SARIF_REPORT_SARIFCOVERAGE_H
#define ASSAY_SARIF_REPORT_SARIFCOVERAGE_H

#include "analysis/model/Result.h"
#include "sarif/report/SarifJson.h"

namespace assay {

/// `EachUnit`: with a row for every unit. What depends on the store's state is not written.
Json coverageOf(const Coverage &C, bool EachUnit);
/// How many there are of each reason, and each of them.
Json entryPointsOf(const Report &R, bool EachOne);
Json verdictsOf(const Report &R);
Json gateOf(const Gate &G);

} // namespace assay

#endif
