/// Which conditions can have to do with whether a site is satisfied: those on results of calls that
/// lead to the role, on what they may set, on flags, and on parameters. A walk that keeps only
/// these sees fewer points; one that finds a way open this way has still to ask with all
/// conditions.
#ifndef ASSAY_ANALYSIS_SOLVE_RELEVANCE_H
#define ASSAY_ANALYSIS_SOLVE_RELEVANCE_H

#include "analysis/solve/WayFacts.h"

namespace assay {

class Relevance {
public:
  /// `Satisfying`: the calls of the role. `LeadsToBy`: the functions that hold or reach one.
  Relevance(BodyTable &Bodies, const std::vector<InstRef> &Satisfying,
            const llvm::BitVector &LeadsToBy);

  void keepOnlyRelevant(WayFacts &F, BodyId In);

private:
  bool isRelevantTemp(BodyId In, uint32_t Temp, unsigned Steps = 0);
  bool isRelevantPlace(BodyId In, const ObjectPath &P);
  bool isRelevantLocal(BodyId In, uint32_t Local);
  bool decideLocal(BodyId In, uint32_t Local);
  bool isSetWhereItMatters(EntityId Written);
  bool leads(BodyId In) const;

  BodyTable &Bodies;
  const Program &Prog;
  const llvm::BitVector &LeadsToBy;
  std::set<InstRef> Satisfying;
  std::map<std::pair<BodyId, uint32_t>, bool> Locals;
  llvm::DenseMap<EntityId, bool> Shared;
};

} // namespace assay

#endif
