/// One unit that a host has parsed and summarised, judged together with what a store knows of the
/// rest of its program: the session of the editor's front ends.
///
/// It gives findings only: what is not found here is not thereby passed. Without the rest, what
/// other units could change is no finding.
#ifndef ASSAY_DRIVER_SESSION_UNITSESSION_H
#define ASSAY_DRIVER_SESSION_UNITSESSION_H

#include "analysis/extract/WrittenUnit.h"
#include "analysis/model/Result.h"
#include "driver/session/StoredProgram.h"
#include "policies/schema/Policy.h"

#include <optional>
#include <set>
#include <string>

namespace assay {

struct UnitQuestion {
  WrittenUnit Parsed;                  ///< by the host
  const StoredProgram *Rest = nullptr; ///< null: the unit is alone
  size_t Mine = 0;                     ///< its index in Rest
  /// The checks that found something in it when assay check saw it; nothing: that is not known.
  std::optional<std::set<std::string>> FoundBefore;
};

/// Of the project, the main file among them.
std::set<std::string> filesOf(const Unit &U);

/// Those that stand in files which the unit reads, ordered as in a Report.
llvm::Expected<std::vector<Finding>>
judgeUnit(const UnitQuestion &Q, const Policy &Rules,
          llvm::function_ref<bool(const CheckPage &)> IsWanted);

} // namespace assay

#endif
