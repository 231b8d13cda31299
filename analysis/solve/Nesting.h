/// How deep in calls each step of a path lies, for every property kind alike: from the functions
/// of the steps and from which of them go into a call or come out of one.
#ifndef ASSAY_ANALYSIS_SOLVE_NESTING_H
#define ASSAY_ANALYSIS_SOLVE_NESTING_H

#include "analysis/model/Result.h"

namespace assay {

/// Sets PathStep::Depth; the outermost function is 0.
void nest(std::vector<PathStep> &Path);

} // namespace assay

#endif
