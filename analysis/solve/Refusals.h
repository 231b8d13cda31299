/// Ways on which nobody has asked for a result, and which end as they would after a failure:
///
///     if (n == 0 || rc != 0) goto out;      if (other != 0) return other;
///
/// Who comes so is refused, whatever the result was. What is a success and what a failure is the
/// caller's knowledge.
#ifndef ASSAY_ANALYSIS_SOLVE_REFUSALS_H
#define ASSAY_ANALYSIS_SOLVE_REFUSALS_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/BodyTable.h"
#include "analysis/solve/Lanes.h"

#include <set>

namespace assay {

struct Refusals {
  /// A block of a body; who goes round a loop to it is not refused where who enters the loop goes
  /// on.
  struct At {
    BodyId Body = NoId;
    uint32_t Block = 0;
    bool InLoop = false; ///< it was come to from within a loop
    friend auto operator<=>(const At &, const At &) = default;
  };
  using Places = std::set<At>;

  /// What the site's function returns after a success and after a failure; nothing in it: some
  /// number that is not known.
  struct Returned {
    std::set<LaneValue> Good, Bad;
  };

  Places Blocks; ///< to which a test sends failures and no success
  Returned Returns;
};

/// Adds a place, and if its block is empty (a `goto`) what it leads to.
void addPlace(Refusals::Places &To, BodyTable &Bodies, Refusals::At Place);

/// `Return` gives back what the branch of the block `Via`, from which the way came to `Block`, has
/// found not to be zero.
bool returnsNonZero(const BodyView &B, uint32_t Block, uint32_t Via, uint32_t Return);

} // namespace assay

#endif
