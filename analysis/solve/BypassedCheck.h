/// comparison with `past`: does a name of the source let somebody in past the check of his
/// password?
///
/// Three things must come together in one body: what is named as a login name is compared with a
/// text of the source, in place or in a function that is called; a call verifies somebody
/// (Verifications); and on a way where the two are equal, that call is passed by, and the body ends
/// as it does after a success of it, and as it never does after a failure. What the answers mean is
/// learnt from the verification, not from names. Where nothing is verified, nothing is said.
#ifndef ASSAY_ANALYSIS_SOLVE_BYPASSEDCHECK_H
#define ASSAY_ANALYSIS_SOLVE_BYPASSEDCHECK_H

#include "analysis/solve/Judging.h"

namespace assay {

void judgeBypass(const ComparisonProperty &P, const Judging &J);

} // namespace assay

#endif
