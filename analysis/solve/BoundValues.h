/// What is bound at a site of a role: the operand that the model's row names, and the values that
/// may arrive there - numbers, or the bytes behind a pointer, or those of a field of what is handed
/// over, as the row and the kind of bind say.
#ifndef ASSAY_ANALYSIS_SOLVE_BOUNDVALUES_H
#define ASSAY_ANALYSIS_SOLVE_BOUNDVALUES_H

#include "analysis/solve/Judging.h"

#include <optional>

namespace assay {

/// Nothing when the row does not bind it.
std::optional<ValueSet> boundValues(const RoleSite &S, const std::string &Bind, const Judging &J);

/// Of a bind that the site has, as an argument or by assignment.
Operand boundArgument(const RoleSite &S, const std::string &Bind, const Judging &J);

} // namespace assay

#endif
