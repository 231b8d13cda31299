/// Says whether a summary's bytes can be read without checking any index again.
///
/// A summary may come from a damaged disk or from somebody else's store: after this, no index in it
/// leaves its table. Limit: instructions may still refer to each other in a circle; who follows
/// operands keeps a visited set. It does not compare a summary with the sources; that is
/// Freshness.h.
#ifndef ASSAY_ANALYSIS_STORE_VERIFY_H
#define ASSAY_ANALYSIS_STORE_VERIFY_H

#include "analysis/model/Program.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

namespace assay {

/// Every string, entity, operand, place, step, block, successor, case, argument, file and
/// enumerator in range; entities strictly ordered by name; string 0 empty. The first fault is
/// named.
llvm::Error verifySummary(const TUSummary &Summary);

/// FlatBuffers' own verification, then the above, of what follows `Offset` in `Bytes`.
/// `Unit::Entities` stays empty: the linker fills it.
llvm::Expected<Unit> openSummary(std::shared_ptr<llvm::MemoryBuffer> Bytes, size_t Offset = 0);

} // namespace assay

#endif
