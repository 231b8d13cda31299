/// Parses one unit in this process and summarises it.
///
/// Errors in the source are normal: everything that Clang recovers is kept. It guards against
/// nothing that ends a process (a crash of the parser, memory): that is WorkerPool.h's part.
/// Nothing is written and no program is run.
#ifndef ASSAY_ANALYSIS_EXTRACT_UNITPARSER_H
#define ASSAY_ANALYSIS_EXTRACT_UNITPARSER_H

#include "analysis/extract/CompilationDatabase.h"
#include "analysis/extract/WrittenUnit.h"
#include "analysis/model/Paths.h"
#include "analysis/model/Result.h"

#include "llvm/Support/VirtualFileSystem.h"

namespace assay {

/// What became of one unit, for Coverage.
struct UnitOutcome {
  UnitCoverage::State State = UnitCoverage::State::Whole;
  unsigned Functions = 0, LostFunctions = 0, Errors = 0;
  std::string Detail; ///< the first error, or the cause; empty when whole
  Location DetailAt;
  std::string Digest;     ///< BLAKE3 of the summary, in hex; empty when there is none
  std::string FirstCause; ///< why a first attempt ended; empty when there was one only
};

struct ParsedUnit {
  UnitOutcome Outcome;
  WrittenUnit Written; ///< its summary is empty when the unit failed
};

/// `Overlay`, if given, is looked into before the disk: unsaved editor buffers. The unit fails
/// (Outcome says why) when its file or folder is not there or it is no C or C++; there is no other
/// error.
ParsedUnit parseUnit(const CompileCommand &Command, const PathForms &Paths,
                     llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Overlay = nullptr);

/// To be called once per process, before the first unit and before any thread or fork.
void prepareParser();

} // namespace assay

#endif
