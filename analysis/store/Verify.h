/// Says whether a summary's bytes can be read without checking any index again.
///
/// A summary may come from a damaged disk or from somebody else's store: after this, no index in it
/// leaves its table, nor in the bodies that it shares with other units. Limit: instructions may
/// still refer to each other in a circle; who follows operands keeps a visited set. It does not
/// compare a summary with the sources; that is Freshness.h.
#ifndef ASSAY_ANALYSIS_STORE_VERIFY_H
#define ASSAY_ANALYSIS_STORE_VERIFY_H

#include "analysis/model/Program.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

namespace assay {

/// Every string, entity, operand, place, step, block, successor, case, argument, file and
/// enumerator in range; entities strictly ordered by name; string 0 empty. The first fault is
/// named. What the summary shares is not looked at.
llvm::Error verifySummary(const TUSummary &Summary);

using SharedRef = std::shared_ptr<const SharedBodies>;
/// Gives the bodies that a digest (32 bytes) stands for, or says why it cannot.
using FindShared = llvm::function_ref<llvm::Expected<SharedRef>(llvm::ArrayRef<uint8_t> Digest)>;

/// FlatBuffers' own verification, then the above, of what follows `Offset` in `Bytes`; then that
/// the bodies that the unit shares mean entities that it has. `Unit::Entities` stays empty: the
/// linker fills it; `Unit::Checksum` is set by who knows it.
llvm::Expected<Unit> openSummary(std::shared_ptr<llvm::MemoryBuffer> Bytes, size_t Offset,
                                 FindShared Find);

/// The same of bytes that were never stored (they are copied): a summary and all that it shares, in
/// the order in which it names them.
llvm::Expected<Unit> openSummary(llvm::ArrayRef<uint8_t> Summary,
                                 llvm::ArrayRef<std::vector<uint8_t>> Shared = {});

/// The bodies of one header, likewise: all indices but those of parameters, which openSummary
/// compares with what each unit says of the function.
llvm::Expected<SharedRef> openShared(std::shared_ptr<llvm::MemoryBuffer> Bytes, size_t Offset = 0);

} // namespace assay

#endif
