/// What a function returns after a call in it has succeeded, and after it has failed, as numbers:
/// on every way from the call to the function's end. It does not ask what callers make of them.
#ifndef ASSAY_ANALYSIS_SOLVE_RETURNEDNUMBERS_H
#define ASSAY_ANALYSIS_SOLVE_RETURNEDNUMBERS_H

#include "analysis/solve/Forward.h"

#include <set>

namespace assay {

struct ReturnedNumbers {
  std::set<int64_t> AfterSuccess, AfterFailure;
  bool Known = true; ///< false: some way returns what is not known, or there are too many ways
};

ReturnedNumbers returnedAfter(const Judging &J, InstRef Call, const ResultClasses &Result);

} // namespace assay

#endif
