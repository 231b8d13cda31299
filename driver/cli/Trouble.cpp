#include "driver/cli/Trouble.h"

#include "driver/cli/CheckCommand.h"
#include "driver/session/Interrupts.h"

#include "llvm/Support/raw_ostream.h"

/// By the signal itself, so that a shell that runs a script stops, too.
static void endBy(int Signal) {
  std::signal(Signal, SIG_DFL);
  std::raise(Signal);
}

int assay::trouble(llvm::Error E) {
  if (E.isA<InterruptedError>()) {
    llvm::handleAllErrors(std::move(E), [](const InterruptedError &Stop) {
      llvm::errs() << "assay: " << Stop.message() << "\n";
      endBy(Stop.signal());
    });
    return ExitTrouble;
  }
  llvm::handleAllErrors(std::move(E), [](const llvm::ErrorInfoBase &Info) {
    llvm::errs() << "assay: error: " << Info.message() << "\n";
  });
  return ExitTrouble;
}
