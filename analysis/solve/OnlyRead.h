/// Is memory only read by who is handed a pointer to it, as its declaration says?
///
/// It looks at declarations and at one body; what a cast takes away is not known.
#ifndef ASSAY_ANALYSIS_SOLVE_ONLYREAD_H
#define ASSAY_ANALYSIS_SOLVE_ONLYREAD_H

#include "analysis/model/Program.h"

namespace assay {

/// A parameter to something const, an object of a const method, a word of a variable list.
bool readsOnly(const EntityInfo &Callee, unsigned Param, bool IsThis);

/// The unit is alone, and a function of another one is handed this argument, where it may write.
bool mayWriteElsewhere(InstRef Call, unsigned Argument, const Program &Prog);

/// What the call returns is looked at, and handed to nobody who may write there:
/// send(text.data(), text.size()).
bool isResultOnlyRead(InstRef Call, const Program &Prog);

} // namespace assay

#endif
