/// What linker scripts, version scripts and dynamic lists say of who is reached from outside.
///
/// Nothing is linked: sections get no address, expressions no value. Limits: INCLUDE is looked for
/// beside the script and in the folders given; conditional PROVIDEs all count.
#ifndef ASSAY_DRIVER_SESSION_LINKERSCRIPT_H
#define ASSAY_DRIVER_SESSION_LINKERSCRIPT_H

#include "analysis/model/Image.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace assay {

/// ENTRY, EXTERN, KEEP, and the symbols that others are defined by. `Folders`: where INCLUDE looks.
void readLinkerScript(llvm::StringRef Text, llvm::ArrayRef<std::string> Folders, Image &Into);

/// Global and Local of `{ global: a*; local: *; };`, and of a dynamic list, which names neither.
void readVersionScript(llvm::StringRef Text, Image &Into);

/// The file's text; empty when it cannot be read or is too long for a script.
std::string scriptText(llvm::StringRef File);

} // namespace assay

#endif
