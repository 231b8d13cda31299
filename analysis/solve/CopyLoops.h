/// Loops of one's own that copy text letter by letter: p[i] = q[i], *d++ = *s++.
///
/// Limit: what is done to a letter on the way is not looked at.
#ifndef ASSAY_ANALYSIS_SOLVE_COPYLOOPS_H
#define ASSAY_ANALYSIS_SOLVE_COPYLOOPS_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/BodyTable.h"

#include <map>
#include <optional>

namespace assay {

/// The place that a letter is loaded from before this store puts it into an element of another;
/// null: the store is something else.
const Place *letterCopiedBy(const BodyView &B, const Inst &Store);

class CopyLoops {
public:
  explicit CopyLoops(const Program &Prog) : Prog(Prog), Bodies(Prog) {}

  struct Parameters {
    uint32_t To, From;
  };
  /// The function copies what one parameter points to to where another does, and does no more with
  /// either.
  std::optional<Parameters> copiedBy(EntityId Function);

private:
  std::optional<Parameters> look(BodyId Id);

  const Program &Prog;
  BodyTable Bodies;
  std::map<EntityId, std::optional<Parameters>> Known;
};

} // namespace assay

#endif
