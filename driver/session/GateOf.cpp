#include "driver/session/GateOf.h"

#include "driver/session/CoverageOf.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace assay;

namespace {

Level leastLevel(GateLevel L) {
  switch (L) {
  case GateLevel::Error:
    return Level::Error;
  case GateLevel::Warning:
    return Level::Warning;
  case GateLevel::Note:
  case GateLevel::Never:
    return Level::Note;
  }
  return Level::Error;
}

} // namespace

Gate assay::gateOf(const GateRules &Rules, const Report &R) {
  bool NothingSeen = R.Cover.Functions == 0 && R.Cover.LostFunctions > 0;
  size_t Analysed =
      R.Cover.count(UnitCoverage::State::Whole) + R.Cover.count(UnitCoverage::State::WithErrors);
  if (Analysed == 0 || NothingSeen)
    return {Gate::Outcome::CoverageFails, "nothing could be analysed"};
  double Percent = coveredPercent(R.Cover);
  if (Percent < Rules.CoveragePercent)
    return {Gate::Outcome::CoverageFails,
            llvm::formatv("{0:F1} % of the functions were analysed, the gate asks for {1} %",
                          Percent, Rules.CoveragePercent)
                .str()};
  auto Counts = [&](const Finding &F) { return F.Lvl >= leastLevel(Rules.FailOn); };
  size_t N = Rules.FailOn == GateLevel::Never
                 ? 0
                 : static_cast<size_t>(llvm::count_if(R.Findings, Counts));
  if (N)
    return {Gate::Outcome::FindingsFail,
            llvm::formatv("{0} finding{1} of level {2} or above", N, N == 1 ? "" : "s",
                          wordFor(leastLevel(Rules.FailOn)))
                .str()};
  size_t Unproven = static_cast<size_t>(llvm::count_if(
      R.Verdicts, [](const CheckVerdict &V) { return V.Outcome == Verdict::Unproven; }));
  if (Rules.FailOnUnproven && Unproven)
    return {Gate::Outcome::FindingsFail, llvm::formatv("{0} checks are unproven", Unproven).str()};
  return {Gate::Outcome::Holds, ""};
}
