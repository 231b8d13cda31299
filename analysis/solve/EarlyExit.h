/// Comparisons of one's own: is a loop left where a comparison in it says so, as memcmp() stops at
/// the first difference, or does it add up the differences and goes on to the end?
///
/// It looks at one body; what is compared is the caller's knowledge.
#ifndef ASSAY_ANALYSIS_SOLVE_EARLYEXIT_H
#define ASSAY_ANALYSIS_SOLVE_EARLYEXIT_H

#include "analysis/solve/BodyTable.h"

namespace assay {

bool leavesLoop(InstRef Compare, BodyTable &Bodies);
/// for (e = all; e; e = e->next) if (!memcmp(e->id, id, 16)) return e: what is equal ends the loop,
/// and what is not goes on with the next.
bool endsSearch(InstRef Compare, BodyTable &Bodies);
/// diff |= a[i] ^ b[i];
bool addsUpDifferences(InstRef Xor, const Program &Prog);

} // namespace assay

#endif
