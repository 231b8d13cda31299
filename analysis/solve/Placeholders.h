/// Zeros of initialisers that stand for "nothing yet": memory that is filled before it is used
/// mostly begins with them.
#ifndef ASSAY_ANALYSIS_SOLVE_PLACEHOLDERS_H
#define ASSAY_ANALYSIS_SOLVE_PLACEHOLDERS_H

#include "analysis/model/Program.h"
#include "analysis/solve/Values.h"

namespace assay {

/// Is what this store of an initialiser writes a zero, and no more than that? More is one in memory
/// that nobody can fill, and one that has a name in a row of a table: {"lab", SSL_VERIFY_NONE}.
bool isPlaceholder(const Value &V, InstRef Store, const Program &Prog);

} // namespace assay

#endif
