/// What front ends that show a finding in one line say of it, all in the same words.
#ifndef ASSAY_ANALYSIS_MODEL_FINDINGTEXT_H
#define ASSAY_ANALYSIS_MODEL_FINDINGTEXT_H

#include "analysis/model/Result.h"

namespace assay {

/// The message, and behind it how sure it is where that is less than usual: who reads it may look
/// twice.
std::string messageOf(const Finding &F);

} // namespace assay

#endif
