/// Whether a stored summary still says what its unit would say now.
///
/// Limit: a new file that would be found before one of those read is not noticed here.
#ifndef ASSAY_ANALYSIS_STORE_FRESHNESS_H
#define ASSAY_ANALYSIS_STORE_FRESHNESS_H

#include "analysis/model/Paths.h"
#include "analysis/model/TUSummary_generated.h"
#include "analysis/store/FileDigests.h"

namespace assay {

/// True when every file that the unit read is there and holds what it held.
bool isFresh(const TUSummary &Summary, FileDigests &Files, const PathForms &Paths);

} // namespace assay

#endif
