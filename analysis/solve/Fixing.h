/// What may be written instead of a constant that an argument property denies, by what models say.
#ifndef ASSAY_ANALYSIS_SOLVE_FIXING_H
#define ASSAY_ANALYSIS_SOLVE_FIXING_H

#include "analysis/solve/Judging.h"

namespace assay {

/// Only where the constant, or the call of the function that makes it, is itself the operand
/// `What` of the site, and where the property lets pass what would be written. `Domain`: of the
/// operand.
std::optional<Fix> fixOf(const ArgumentProperty &P, InstRef Site, Operand What, const Value &Denied,
                         const std::string &Domain, const Judging &J);

} // namespace assay

#endif
