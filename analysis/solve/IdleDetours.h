/// Branches whose ways meet again and have done nothing in between but tell somebody: a failure
/// that is written to a log, after which the program goes on as after a success.
///
/// A way that stores something, calls anything else, returns or ends the program is no such detour,
/// and neither are the arms of `?:`, `&&` and `||`: a value comes of them.
#ifndef ASSAY_ANALYSIS_SOLVE_IDLEDETOURS_H
#define ASSAY_ANALYSIS_SOLVE_IDLEDETOURS_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/Judging.h"

#include <map>
#include <set>

namespace assay {

class IdleDetours {
public:
  struct Meeting {
    uint32_t Block = 0; ///< where the ways meet
    bool Talks = false; ///< something is told on one of them
  };

  /// `Roles` are those of calls that only tell somebody.
  IdleDetours(const Judging &J, const std::vector<std::string> &Roles);

  /// Of the branch or switch at the end of the block; nothing: its ways do something, or part.
  std::optional<Meeting> after(BodyId Body, uint32_t Block);

  /// The call does nothing, or only tells somebody.
  bool isIdle(InstRef Call) { return deedOfCall(Call) != Deed::Else; }

private:
  enum class Deed : uint8_t { Nothing, Tells, Else };

  std::optional<Meeting> find(BodyId Body, uint32_t Block);
  std::optional<bool> detour(const BodyView &B, uint32_t Block, uint32_t To, llvm::BitVector &OnWay,
                             llvm::BitVector &Passed);
  bool choosesValue(const BodyView &B, uint32_t At, const llvm::BitVector &Passed);
  Deed deedOf(InstRef At, bool InCallee);
  Deed deedOfCall(InstRef Call);
  Deed deedOfBody(BodyId Body);
  bool formatsText(EntityId Callee) const;
  bool isOnlyTold(InstRef Call);

  const Judging &J;
  std::set<InstRef> Telling;
  std::map<std::pair<BodyId, uint32_t>, std::optional<Meeting>> Known;
  std::map<BodyId, Deed> KnownBodies;
};

} // namespace assay

#endif
