#include "analysis/model/FindingText.h"

std::string assay::messageOf(const Finding &F) {
  const bool IsSure = F.Precision == "high" || F.Precision == "very-high";
  return IsSure ? F.Message : F.Message + " (precision " + F.Precision + ")";
}
