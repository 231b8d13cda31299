/// How much of the program stands behind the verdicts.
#ifndef ASSAY_DRIVER_SESSION_COVERAGEOF_H
#define ASSAY_DRIVER_SESSION_COVERAGEOF_H

#include "analysis/model/Program.h"
#include "analysis/model/Result.h"

namespace assay {

/// State, errors and functions of one summarised unit.
UnitCoverage coverageOf(const Unit &U, bool FromStore);
Coverage coverageOf(const Program &Prog, std::vector<UnitCoverage> Units);
/// One sentence for what no check has seen; empty when everything was seen.
std::string unseenPart(const Coverage &C);
/// Share of the functions that were analysed, in percent; a failed unit counts like the average of
/// the others.
double coveredPercent(const Coverage &C);
/// Sources read, outside system folders, each once.
std::vector<Artifact> artifactsOf(llvm::ArrayRef<Unit> Units);

} // namespace assay

#endif
