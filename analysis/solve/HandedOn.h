/// What a function answers after a call in it has succeeded, and after it has failed: the status of
/// a wrapper, for whoever calls that.
///
/// Only numbers that are known on every way count. It does not ask whether the function has dealt
/// with the failure itself: who answers the same for both has.
#ifndef ASSAY_ANALYSIS_SOLVE_HANDEDON_H
#define ASSAY_ANALYSIS_SOLVE_HANDEDON_H

#include "analysis/solve/Forward.h"

#include <vector>

namespace assay {

/// Such a function has a row of its own that says what success is.
bool isJudgedByCall(const Judging &J, EntityId Function);

/// The calls of the program whose result is such a status, through any number of wrappers: each is
/// looked at, or the failure is lost there. A function that is judged by its calls ends the search.
std::vector<InstRef> callsHandedOn(const Judging &J, InstRef Call, const ResultClasses &Result);

} // namespace assay

#endif
