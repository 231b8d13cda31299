/// Which checks are on, at which level, with which limits: the rows of [checks] from all layers of
/// a policy, applied to the catalogue. The last matching row wins, an exact name over a glob, a
/// later layer over an earlier one.
///
/// It does not read files; ProfileLoader and ProjectLoader do.
#ifndef ASSAY_POLICIES_SCHEMA_CHECKLEVELS_H
#define ASSAY_POLICIES_SCHEMA_CHECKLEVELS_H

#include "policies/schema/Policy.h"
#include "policies/schema/Reader.h"

#include <set>

namespace assay {

/// What a row says of a check's level.
struct LevelChoice {
  bool FromSeverity = false; ///< "on"
  std::optional<Level> Lvl;  ///< else: this level; none = off
};

/// One row of [checks].
struct CheckRow {
  Located<std::string> Pattern;      ///< a check's id, or a glob
  std::optional<LevelChoice> Chosen; ///< absent: the row only sets parameters
  std::map<std::string, Located<int64_t>> Parameters;

  bool isGlob() const;
};

/// The table [checks] of a profile or a project.
Reader<std::vector<CheckRow>> checkRows();

/// The level that follows from a severity.
Level levelFor(Severity S);

class CheckSelection {
public:
  /// `OnByDefault`: ids that are on where no row says otherwise (a project's own pages).
  CheckSelection(std::vector<CheckPage> Pages, std::set<std::string> OnByDefault)
      : Pages(std::move(Pages)), OnByDefault(std::move(OnByDefault)) {}

  llvm::Error
  apply(const std::vector<CheckRow> &Layer); ///< from the base of all profiles to the project
  llvm::Error
  only(const std::vector<std::string> &Patterns); ///< --check: these and no others, on even if off

  /// Moves the pages into the policy: Checks, OffChecks, Levels.
  void finish(Policy &P) &&;

private:
  std::optional<Level> levelOf(const CheckPage &Page) const;
  std::vector<std::string> ids() const;

  std::vector<CheckPage> Pages;
  std::set<std::string> OnByDefault;
  std::map<std::string, LevelChoice> Choices;
  std::optional<std::set<std::string>> Only;
};

} // namespace assay

#endif
