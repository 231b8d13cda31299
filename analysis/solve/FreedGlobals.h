/// Whether memory that is found through a global is given back, and wiped before:
/// `memset_s(cur->key, ...); free(cur);`.
///
/// By names alone, in the function that frees it or that hands it to one which frees its parameter;
/// in which order the program uses and frees it is not asked. A pointer that is copied first is
/// missed.
#ifndef ASSAY_ANALYSIS_SOLVE_FREEDGLOBALS_H
#define ASSAY_ANALYSIS_SOLVE_FREEDGLOBALS_H

#include "analysis/solve/Follow.h"

namespace assay {

class FreedGlobals {
public:
  FreedGlobals(const FollowProperty &P, const Judging &J, ForwardWalk &Walk, FollowSites &Sites)
      : P(P), J(J), Walk(Walk), Sites(Sites) {}

  /// Who frees what the object lies in without wiping it in his own function, in words; empty:
  /// nobody does.
  std::string unwiped(const ObjectPath &Object);

private:
  struct Freed {
    InstRef At;
    ObjectPath What;
  };
  void find();
  void findWrappers(InstRef Call, const ObjectPath &What);
  std::optional<ObjectPath> named(const FollowSites::Meaning &Site, InstRef Call);
  bool wipesParameter(InstRef Call, unsigned Index);
  std::set<uint32_t> wipesIn(const Freed &F, const ObjectPath &Object);
  bool isWipedBefore(const Freed &F, const ObjectPath &Object);

  const FollowProperty &P;
  const Judging &J;
  ForwardWalk &Walk;
  FollowSites &Sites;
  std::optional<std::vector<Freed>> All;
};

} // namespace assay

#endif
