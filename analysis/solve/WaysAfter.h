/// How the ways end that lead on from a call, or from the entry of its body, in that body: what it
/// answers, and which calls it makes.
///
/// It judges nothing. Callees are entered only where they are handed the result.
#ifndef ASSAY_ANALYSIS_SOLVE_WAYSAFTER_H
#define ASSAY_ANALYSIS_SOLVE_WAYSAFTER_H

#include "analysis/solve/HandedOn.h"
#include "analysis/solve/ReturnedNumbers.h"

namespace assay {

struct WaysAfter {
  std::set<Outcome> Ends;
  std::set<uint32_t> Met; ///< calls of the body, also those at which a way ends
  bool Complete = true;   ///< false: there are too many ways
};

/// A call of which the result is taken to be this number.
using PinnedCall = std::pair<InstRef, int64_t>;

/// From a call whose result has these classes. Round a loop the way ends at the same call, which
/// gives its next result.
WaysAfter waysAfter(const Judging &J, const HandedStatus &Of,
                    llvm::function_ref<bool(InstRef)> EndsAt,
                    std::optional<PinnedCall> Pinned = std::nullopt);
/// From the entry.
WaysAfter waysInto(const Judging &J, BodyId Body, llvm::function_ref<bool(InstRef)> EndsAt);

} // namespace assay

#endif
