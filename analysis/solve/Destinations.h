/// The names that a call's result ends in: variables, fields, parameters of the calls that take it,
/// the function that returns it; where that, or memory behind a parameter, is what callers get of
/// it, also theirs, a few calls far. A heuristic for "what is this for"; it never proves that a
/// value goes nowhere else.
#ifndef ASSAY_ANALYSIS_SOLVE_DESTINATIONS_H
#define ASSAY_ANALYSIS_SOLVE_DESTINATIONS_H

#include "analysis/solve/Describe.h"
#include "analysis/solve/RoleIndex.h"

namespace assay {

std::vector<std::string> destinationsOf(InstRef Call, const Program &Prog, const RoleIndex &Roles);

} // namespace assay

#endif
