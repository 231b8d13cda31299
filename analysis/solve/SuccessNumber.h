/// The one number that means success at a call whose model allows several: what the body compares
/// the result with, or the number of bytes that was asked for.
#ifndef ASSAY_ANALYSIS_SOLVE_SUCCESSNUMBER_H
#define ASSAY_ANALYSIS_SOLVE_SUCCESSNUMBER_H

#include "analysis/solve/Forward.h"

namespace assay {

/// Leaves one success in `Classes`, if the body or the call says which. What it returns is known in
/// memory before the walk: the variable in which the number of bytes lies.
WalkMemory narrowSuccess(const Judging &J, ForwardWalk &Walk, const RoleSite &Of,
                         ResultClasses &Classes);

} // namespace assay

#endif
