/// Whether a place is reached only where a text is not empty: `if (strlen(p))`, `if (p[0])`,
/// `if (!word.empty())`.
///
/// It looks at branches of one body that no way to the place goes around; that the text is changed
/// between is not seen.
#ifndef ASSAY_ANALYSIS_SOLVE_HASTEXT_H
#define ASSAY_ANALYSIS_SOLVE_HASTEXT_H

#include "analysis/solve/Judging.h"

namespace assay {

/// `Text`: an operand of the instruction: a pointer to the text, or its object.
bool isOnlyWithText(InstRef At, Operand Text, const Judging &J);

} // namespace assay

#endif
