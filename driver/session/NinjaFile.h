/// The commands that a build.ninja (CMake's, Meson's, GN's) would run, with all variables filled
/// in.
///
/// Nothing is run, and what is not understood is left out. Limit: depfiles and dyndep are not read.
#ifndef ASSAY_DRIVER_SESSION_NINJAFILE_H
#define ASSAY_DRIVER_SESSION_NINJAFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace assay {

/// Texts for a shell, in the order of the file. Only of build statements whose first output is
/// `Wanted`; response files are written out.
std::vector<std::string> ninjaCommands(llvm::StringRef File,
                                       llvm::function_ref<bool(llvm::StringRef Output)> Wanted);

} // namespace assay

#endif
