/// Summarises all units of a database, in forked workers.
///
/// Bad units are results, not errors: each is named in its outcome. It neither reads nor writes a
/// store: the caller's sink does, in the worker that made the summary.
#ifndef ASSAY_ANALYSIS_EXTRACT_EXTRACTOR_H
#define ASSAY_ANALYSIS_EXTRACT_EXTRACTOR_H

#include "analysis/extract/CompilationDatabase.h"
#include "analysis/extract/UnitParser.h"

#include <functional>

namespace assay {

struct ExtractOptions {
  std::string ProjectRoot, BuildDir; ///< absolute; see PathForms
  unsigned Jobs = 1;
  unsigned TimeLimitSeconds = 0; ///< per unit; 0 = none
  uint64_t MemoryLimitBytes = 0; ///< per worker; 0 = none
  int StopDescriptor = -1;       ///< see WorkLimits
};

/// Called in a worker. An error makes that unit Failed.
using SummarySink = std::function<llvm::Error(size_t CommandIndex, const WrittenUnit &Written)>;
/// Called in the calling process, after each unit.
using ExtractProgress = std::function<void(size_t Done, size_t Total, const std::string &File)>;

/// Outcomes are parallel to the commands. Fails only when no worker can be started, or with
/// StoppedError. No thread but the caller's may run.
llvm::Expected<std::vector<UnitOutcome>> extractUnits(llvm::ArrayRef<CompileCommand> Commands,
                                                      const ExtractOptions &Options,
                                                      const SummarySink &Sink,
                                                      const ExtractProgress &Progress);

} // namespace assay

#endif
