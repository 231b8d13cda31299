/// Numbers that locals surely hold before a call: `st = ERROR; ... if (verify() != 1) goto fail;`
/// begins before it.
///
/// It looks at the stores of one body to whole locals, and follows no value.
#ifndef ASSAY_ANALYSIS_SOLVE_KNOWNBEFORE_H
#define ASSAY_ANALYSIS_SOLVE_KNOWNBEFORE_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/BodyFacts.h"
#include "analysis/solve/Forward.h"

namespace assay {

/// Those locals that every way to the call has left one and the same number in.
WalkMemory knownBefore(const BodyView &B, const BodyFacts &Facts, uint32_t Call);

} // namespace assay

#endif
