/// What Assay makes of a compile database, before a run: which compilers it names, how each is
/// understood, and what is missing.
///
/// It parses a few units of each compiler, not all, and judges nothing.
#ifndef ASSAY_DRIVER_SESSION_DIAGNOSE_H
#define ASSAY_DRIVER_SESSION_DIAGNOSE_H

#include "driver/session/Toolchains.h"
#include "driver/session/Units.h"

#include <map>

namespace assay {

/// All units that one compiler makes of one language, in one way.
struct CompilerGroup {
  ToolchainUse Use; ///< of its first unit
  size_t Units = 0, OptionSets = 0;
  // Of the sample:
  size_t Sampled = 0, Whole = 0, Failed = 0;
  unsigned Errors = 0;
  std::string Target, FirstError;
  std::map<std::string, size_t> Missing; ///< headers -> units of the sample
};

struct Diagnosis {
  std::vector<CompilerGroup> Groups; ///< by driver, then language
  size_t Entries = 0, Assembler = 0, Link = 0, Headers = 0, Other = 0, FilesWithVariants = 0;
  std::vector<std::string> Absent; ///< sources that are not there
  std::vector<Remedy> Remedies;    ///< for the headers that the sample misses
  std::vector<Note> Notes;
};

/// Parses up to `Sample` units of each compiler, spread over the database.
llvm::Expected<Diagnosis> diagnose(const Project &P, const Policy &Rules,
                                   const SessionOptions &Options, size_t Sample);

} // namespace assay

#endif
