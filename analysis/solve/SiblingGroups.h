/// Functions that stand side by side in a program: in one table, behind one field, in the arms of
/// one switch, in those of one chain of text comparisons, registered by one function, overriding
/// one method.
///
/// It says who the siblings are, not what they do. Limit: a table that is filled through a pointer
/// that is not followed has no members here.
#ifndef ASSAY_ANALYSIS_SOLVE_SIBLINGGROUPS_H
#define ASSAY_ANALYSIS_SOLVE_SIBLINGGROUPS_H

#include "analysis/solve/BodyTable.h"
#include "analysis/solve/Describe.h"
#include "analysis/solve/SiteScope.h"

#include <optional>
#include <vector>

namespace assay {

struct Sibling {
  EntityId Function = NoId;
  InstRef Listed; ///< where it becomes a member; Body == NoId: by its declaration
};

struct SiblingGroup {
  SiblingKind Kind = SiblingKind::Table;
  std::string Name;             ///< as a reader would say it: "of the table 'commands'"
  std::vector<Sibling> Members; ///< functions with a body, ordered and each once
};

/// Those of a program, found when they are first asked for. Of those without a member that is asked
/// about some are left out.
class SiblingGroups {
public:
  /// Both outlive it.
  SiblingGroups(BodyTable &Bodies, const SiteScope &Asked) : Bodies(Bodies), Asked(Asked) {}

  /// All groups of these kinds with at least `Least` members, in an order that the program gives.
  std::vector<SiblingGroup> of(llvm::ArrayRef<SiblingKind> Kinds, size_t Least);

private:
  BodyTable &Bodies;
  const SiteScope &Asked;
  std::optional<std::vector<SiblingGroup>> All;
};

} // namespace assay

#endif
