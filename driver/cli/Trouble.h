/// The one way in which a command says that it could not do its work.
#ifndef ASSAY_DRIVER_CLI_TROUBLE_H
#define ASSAY_DRIVER_CLI_TROUBLE_H

#include "llvm/Support/Error.h"

namespace assay {

/// Prints "assay: error: ..." (one line for each joined error) to standard error and returns exit
/// status 2. Ends the process when a signal had ended the run.
int trouble(llvm::Error E);

} // namespace assay

#endif
