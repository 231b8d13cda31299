/// What a call's functions write through volatile pointers made from their parameters: a wipe that
/// no optimiser may drop, written by hand.
///
/// It sees the function that is called, not what that calls in turn.
#ifndef ASSAY_ANALYSIS_SOLVE_VOLATILEWRITES_H
#define ASSAY_ANALYSIS_SOLVE_VOLATILEWRITES_H

#include "analysis/solve/Forward.h"

#include <map>
#include <vector>

namespace assay {

class VolatileWrites {
public:
  VolatileWrites(const Judging &J, ForwardWalk &Walk) : J(J), Walk(Walk) {}

  /// What is written, as the caller names it.
  std::vector<ObjectPath> writtenBy(InstRef Call);

private:
  const std::vector<ObjectPath> &parametersOf(BodyId Body);

  const Judging &J;
  ForwardWalk &Walk;
  std::map<BodyId, std::vector<ObjectPath>> Known;
};

} // namespace assay

#endif
