/// How a Fix is written where the source stands: the engine knows a constant by name or number, the
/// source may write a number in several ways.
#ifndef ASSAY_ANALYSIS_MODEL_FIXES_H
#define ASSAY_ANALYSIS_MODEL_FIXES_H

#include "analysis/model/Result.h"

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace assay {

/// What to write instead of `Token`, the whole token at F.At; none: it is not what F is about. The
/// suffix of a number stays, and a truth value stays one.
std::optional<std::string> textOf(const Fix &F, llvm::StringRef Token);

} // namespace assay

#endif
