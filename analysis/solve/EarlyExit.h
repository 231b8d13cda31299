/// Is a loop left where a comparison in it says so: a memcmp() of one's own, which stops at the
/// first difference?
///
/// It looks at the graph of one body; what is compared is the caller's knowledge.
#ifndef ASSAY_ANALYSIS_SOLVE_EARLYEXIT_H
#define ASSAY_ANALYSIS_SOLVE_EARLYEXIT_H

#include "analysis/solve/BodyTable.h"

namespace assay {

bool leavesLoop(InstRef Compare, BodyTable &Bodies);

} // namespace assay

#endif
