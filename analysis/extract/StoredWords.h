/// Words of a compile command as a summary keeps them.
#ifndef ASSAY_ANALYSIS_EXTRACT_STOREDWORDS_H
#define ASSAY_ANALYSIS_EXTRACT_STOREDWORDS_H

#include "analysis/model/Paths.h"
#include "analysis/model/TUSummary_generated.h"

#include <string>
#include <vector>

namespace assay {

/// Words name places; those of this checkout must not get into a summary.
std::string withoutCheckout(llvm::StringRef Word, const PathForms &Paths);

/// "NAME" or "NAME=VALUE" for each macro that a stored command defines, ordered.
std::vector<std::string> definedMacros(const Command &Known);

} // namespace assay

#endif
