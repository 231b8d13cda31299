/// The summaries of a project's units: from the store where they are fresh, else extracted into it.
#ifndef ASSAY_DRIVER_SESSION_UNITS_H
#define ASSAY_DRIVER_SESSION_UNITS_H

#include "analysis/extract/CompilationDatabase.h"
#include "analysis/model/Image.h"
#include "analysis/model/Paths.h"
#include "analysis/model/Program.h"
#include "driver/session/ProgramMemory.h"
#include "driver/session/Session.h"

namespace assay {

struct Gathered {
  std::vector<Unit> Units;             ///< of those that could be summarised
  std::vector<UnitCoverage> Coverage;  ///< of all, parallel to the commands
  std::vector<KnownUnit> Known;        ///< likewise: where the store has them
  std::vector<Image> Images;           ///< what the units' image numbers mean
  std::vector<uint32_t> ShownToLoaded; ///< of BuiltImages
  std::vector<Note> Notes;
};

/// Fails only when the store cannot be used, no worker can be started, or a signal came
/// (Interrupts.h); a unit's own trouble is in Coverage.
llvm::Expected<Gathered> gatherUnits(llvm::ArrayRef<CompileCommand> Commands, const Project &P,
                                     const PathForms &Paths, const ExtractLimits &Limits,
                                     const SessionOptions &Options);

} // namespace assay

#endif
