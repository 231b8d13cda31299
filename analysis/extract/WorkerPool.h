/// Runs numbered pieces of work in forked processes, so that one that crashes, hangs or eats memory
/// costs only itself.
///
/// Each worker gets one number at a time; the parent therefore always knows who was working on
/// what. A worker that ends is replaced, and its piece tried once more after all others: what ended
/// it may have been the load of the machine. The caller must have no other thread when it calls.
/// Only Linux and its like. It knows nothing of parsing.
#ifndef ASSAY_ANALYSIS_EXTRACT_WORKERPOOL_H
#define ASSAY_ANALYSIS_EXTRACT_WORKERPOOL_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

struct WorkLimits {
  unsigned Jobs = 1;
  unsigned Seconds = 0;     ///< per piece, wall clock; 0 = none
  uint64_t MemoryBytes = 0; ///< per worker; 0 = none
  int StopDescriptor = -1;  ///< when it becomes readable, all workers end at once; -1 = none
};

struct WorkResult {
  enum class End : uint8_t { Done, Crashed, Killed, TimedOut, OutOfMemory };
  End How = End::Crashed;
  std::string Text;            ///< Done: what the work returned; else the cause, for people
  std::string FirstCause = {}; ///< why the first attempt ended; empty when there was one only
};

/// The work was given up since StopDescriptor said so.
class StoppedError : public llvm::ErrorInfo<StoppedError> {
public:
  static char ID;
  void log(llvm::raw_ostream &Out) const override { Out << "stopped"; }
  std::error_code convertToErrorCode() const override {
    return std::make_error_code(std::errc::operation_canceled);
  }
};

/// `Work` runs in a worker, on a thread with a large stack; `OnResult` in this process, after each
/// piece, with its number. Fails only when no worker can be started, or with `StoppedError`.
llvm::Expected<std::vector<WorkResult>> runInWorkers(size_t Count, const WorkLimits &Limits,
                                                     llvm::function_ref<std::string(size_t)> Work,
                                                     llvm::function_ref<void(size_t)> OnResult);

} // namespace assay

#endif
