/// What a function answers after a call in it has succeeded, and after it has failed, as numbers:
/// what it returns, and what it leaves in memory that its caller can name, on every way from the
/// call to the function's end. It does not ask what callers make of them.
#ifndef ASSAY_ANALYSIS_SOLVE_RETURNEDNUMBERS_H
#define ASSAY_ANALYSIS_SOLVE_RETURNEDNUMBERS_H

#include "analysis/solve/Forward.h"

#include <set>

namespace assay {

/// At the end of a way.
struct Outcome {
  LaneValue Number;                    ///< nothing: it is not known, or there is none
  std::map<WalkPlace, LaneValue> Left; ///< as the function names it
  friend auto operator<=>(const Outcome &, const Outcome &) = default;
};

/// Of one of the numbers that the call may have returned; `Value`: what the body returns, if it
/// does.
Outcome outcomeOf(const WalkState &S, const Lanes *Value, unsigned Lane);

struct ReturnedNumbers {
  std::set<int64_t> AfterSuccess, AfterFailure;
  bool Known = true; ///< false: some way returns what is not known, or there are too many ways
  std::set<Outcome> Successes, Failures;
  bool Complete = true; ///< false: there are too many ways
  /// Calls that failures make on their ways, and successes not: with these arguments, whatever they
  /// return.
  std::vector<InstRef> ByFailure;
};

/// `Left`: what the callee leaves in memory, as it names that.
ReturnedNumbers returnedAfter(const Judging &J, InstRef Call, const ResultClasses &Result,
                              const WalkMemory &Left = {});

} // namespace assay

#endif
