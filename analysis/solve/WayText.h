/// A way through the program in a reader's words.
#ifndef ASSAY_ANALYSIS_SOLVE_WAYTEXT_H
#define ASSAY_ANALYSIS_SOLVE_WAYTEXT_H

#include "analysis/solve/BackwardWalk.h"
#include "analysis/solve/BranchText.h"
#include "analysis/solve/Describe.h"

namespace assay {

class WayText {
public:
  WayText(const Program &Prog, const Describer &Words)
      : Prog(Prog), Words(Words), Branches(Prog, Words) {}

  /// From the entry, or where the object was made or changed, to the site. A branch is told where
  /// it decides whether the way comes here, or passes over a call of which `Leads` holds.
  std::vector<PathStep> steps(const WayPoint &Open, llvm::function_ref<bool(InstRef)> Leads) const;
  /// The one thing that makes this way wrong, if something on it does.
  std::string ending(const WayPoint &Open) const;
  std::string doubt(const Reservation &Doubt) const;
  std::string rests(const std::set<InstRef> &Satisfying) const;
  /// A call, or the test of a field.
  std::string satisfier(InstRef At) const;
  std::string object(BodyId In, Operand O) const;

private:
  PathStep step(const WayPoint &W) const;
  std::optional<uint32_t> edge(const WayPoint &W) const;
  std::string note(const WayPoint &W) const;
  PathStep entry(BodyId In) const;

  const Program &Prog;
  const Describer &Words;
  BranchText Branches;
};

} // namespace assay

#endif
