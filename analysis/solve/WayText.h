/// A way through the program in a reader's words.
#ifndef ASSAY_ANALYSIS_SOLVE_WAYTEXT_H
#define ASSAY_ANALYSIS_SOLVE_WAYTEXT_H

#include "analysis/solve/BackwardWalk.h"
#include "analysis/solve/Describe.h"

namespace assay {

class WayText {
public:
  WayText(const Program &Prog, const Describer &Words) : Prog(Prog), Words(Words) {}

  /// From the entry, or where the object was made or changed, to the site.
  std::vector<PathStep> steps(const WayPoint &Open) const;
  /// The one thing that makes this way wrong, if something on it does.
  std::string ending(const WayPoint &Open) const;
  std::string doubt(const Reservation &Doubt) const;
  std::string rests(const std::set<InstRef> &Calls) const;
  std::string object(BodyId In, Operand O) const;

private:
  PathStep step(const WayPoint &W) const;
  std::string note(const WayPoint &W) const;
  PathStep entry(BodyId In) const;

  const Program &Prog;
  const Describer &Words;
};

} // namespace assay

#endif
