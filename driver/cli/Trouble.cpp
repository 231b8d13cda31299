#include "driver/cli/Trouble.h"

#include "driver/cli/CheckCommand.h"

#include "llvm/Support/raw_ostream.h"

int assay::trouble(llvm::Error E) {
  llvm::handleAllErrors(std::move(E), [](const llvm::ErrorInfoBase &Info) {
    llvm::errs() << "assay: error: " << Info.message() << "\n";
  });
  return ExitTrouble;
}
