/// Program + Policy -> sites, findings and verdicts. The last step that thinks; reports only write
/// down.
#ifndef ASSAY_ANALYSIS_SOLVE_SOLVER_H
#define ASSAY_ANALYSIS_SOLVE_SOLVER_H

#include "analysis/model/Program.h"
#include "analysis/model/Result.h"
#include "policies/schema/Policy.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>
#include <set>

namespace assay {

struct Solved {
  std::vector<Site> Sites;            ///< by check, then place
  std::vector<Finding> Findings;      ///< by place, then check
  std::vector<CheckVerdict> Verdicts; ///< parallel to Policy::Checks
  std::vector<EntryRow> Entries;
  std::vector<Note> Notes; ///< annotations that could not be read
};

/// `Unseen` says what part of the program could not be analysed; if it is not empty, no check can
/// pass.
Solved solve(const Program &Prog, const Policy &Rules, const std::string &Unseen);

/// Only what stands in these files (path form of FileRead.path), at the cost of what can lead
/// there; of the checks that are wanted. `Before`: as of SiteScope.
std::vector<Finding> solveIn(const Program &Prog, const Policy &Rules,
                             const std::set<std::string> &Files,
                             std::optional<std::set<std::string>> Before,
                             llvm::function_ref<bool(const CheckPage &)> IsWanted);

/// External functions that are called, have no body and no model.
uint64_t countUnmodelled(const Program &Prog, const Policy &Rules);

} // namespace assay

#endif
