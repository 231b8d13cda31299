/// By which parameters of the program's own functions a literal is taken: where it stands in a
/// call, or what it initialises is handed to one as it is.
///
/// It looks at names one call away. What a model says of a function is asked with values.
#ifndef ASSAY_ANALYSIS_SOLVE_TAKENAS_H
#define ASSAY_ANALYSIS_SOLVE_TAKENAS_H

#include "analysis/solve/Judging.h"

namespace assay {

/// The first such parameter whose name, in a function of its name, is of the property's classes, or
/// by itself of those that it gives for what is handed on; empty: none.
std::string takenAs(const LiteralSpot &S, const LiteralProperty &P, const Judging &J);

} // namespace assay

#endif
