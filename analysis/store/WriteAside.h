/// A file appears whole or not at all: written under a name of its own in the same folder, then
/// renamed.
///
/// For the store's own files only: unlike writeFileAtomically it makes the folder and replaces a
/// symbolic link instead of following it, since a store may be somebody else's gift and nothing is
/// written outside it. It does not wait for the disk (no fsync): after a power cut a checksum
/// tells.
#ifndef ASSAY_ANALYSIS_STORE_WRITEASIDE_H
#define ASSAY_ANALYSIS_STORE_WRITEASIDE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>

namespace assay {

/// What the names of unfinished files end in, so that they can be found after a crash.
constexpr llvm::StringRef UnfinishedSuffix = ".unfinished";

/// Creates the folder of `Path` where needed. On failure nothing is left behind.
llvm::Error writeAside(llvm::StringRef Path, llvm::ArrayRef<llvm::ArrayRef<uint8_t>> Parts);

} // namespace assay

#endif
