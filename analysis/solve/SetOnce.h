/// Members that only their class's constructors set: whoever holds the object, they stay what they
/// were made.
#ifndef ASSAY_ANALYSIS_SOLVE_SETONCE_H
#define ASSAY_ANALYSIS_SOLVE_SETONCE_H

#include "analysis/model/Program.h"

namespace assay {

/// Written, or handed out to be written, by constructors and initialisers alone.
bool isSetByConstructorsOnly(EntityId Field, const Program &Prog);

} // namespace assay

#endif
