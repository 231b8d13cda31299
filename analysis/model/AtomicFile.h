/// Writing a named output so that a reader finds the old bytes or the new ones, never a part.
///
/// It does not make directories and does not wait for the disk (no fsync): a power cut may lose the
/// new file, not tear it.
#ifndef ASSAY_ANALYSIS_MODEL_ATOMICFILE_H
#define ASSAY_ANALYSIS_MODEL_ATOMICFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace assay {

/// "-" is standard output. A device, a pipe or a socket is written in place; a symbolic link keeps
/// standing and its target is replaced. The error names `Path`, what failed and what to do.
llvm::Error writeFileAtomically(llvm::StringRef Path, llvm::StringRef Bytes);

} // namespace assay

#endif
