/// Runs numbered pieces of work in forked processes, so that one that crashes, hangs or eats memory
/// costs only itself.
///
/// Each worker gets one number at a time; the parent therefore always knows who was working on
/// what. A worker that ends is replaced. The caller must have no other thread when it calls. Only
/// Linux and its like. It knows nothing of parsing.
#ifndef ASSAY_ANALYSIS_EXTRACT_WORKERPOOL_H
#define ASSAY_ANALYSIS_EXTRACT_WORKERPOOL_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

struct WorkLimits {
  unsigned Jobs = 1;
  unsigned Seconds = 0;     ///< per piece, wall clock; 0 = none
  uint64_t MemoryBytes = 0; ///< per worker; 0 = none
};

struct WorkResult {
  enum class End : uint8_t { Done, Crashed, TimedOut, OutOfMemory };
  End How = End::Crashed;
  std::string Text; ///< Done: what the work returned; else the cause, for people
};

/// `Work` runs in a worker, on a thread with a large stack; `OnResult` in this process, after each
/// piece, with its number. Fails only when no worker can be started.
llvm::Expected<std::vector<WorkResult>> runInWorkers(size_t Count, const WorkLimits &Limits,
                                                     llvm::function_ref<std::string(size_t)> Work,
                                                     llvm::function_ref<void(size_t)> OnResult);

} // namespace assay

#endif
