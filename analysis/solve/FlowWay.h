/// What the way of a flow says of how sure it is.
#ifndef ASSAY_ANALYSIS_SOLVE_FLOWWAY_H
#define ASSAY_ANALYSIS_SOLVE_FLOWWAY_H

#include "analysis/solve/FlowWalk.h"

namespace assay {

/// Through how many functions a value goes: those that it comes out of, and those that it goes into
/// before it lies in memory. Who only hands it on to the sink makes of it nothing else.
int64_t functionsOn(llvm::ArrayRef<Trace> Way);

/// Out of a function, or out of memory in which one left it that is not among those that hand the
/// value in.
bool comesOut(BodyId Sink, const FlowWalk::Answer &A);

} // namespace assay

#endif
