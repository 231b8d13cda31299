/// What a summary says without where it stands in the main file: after an edit of comments or
/// layout the shape is the same, and what was found in the unit is found again, elsewhere.
///
/// It compares; it finds nothing and maps no texts. Places in other files belong to the shape; what
/// __LINE__ was is a place.
/// Warnings, and files that were looked for in vain, do not: no judge reads them.
#ifndef ASSAY_ANALYSIS_STORE_UNITSHAPE_H
#define ASSAY_ANALYSIS_STORE_UNITSHAPE_H

#include "analysis/model/TUSummary_generated.h"
#include "analysis/store/Digest.h"

#include <optional>
#include <utility>
#include <vector>

namespace assay {

/// Line and column, as Loc has them.
using MainPlace = std::pair<uint32_t, uint32_t>;

struct UnitShape {
  Digest Content{};
  std::vector<MainPlace> Places; ///< in the main file, in the order of the rows
};

UnitShape shapeOf(const TUSummary &Of);

class MovedPlaces {
public:
  /// None: the shapes differ; or lines were joined, parted or reordered, so that who stands before
  /// whom, or on one line with whom, is no longer what it was.
  static std::optional<MovedPlaces> between(const UnitShape &Then, const UnitShape &Now);

  /// Where it is now; none: nothing stood there.
  std::optional<MainPlace> place(MainPlace Then) const;
  std::optional<uint32_t> line(uint32_t Then) const;

private:
  /// Then and now; ordered.
  std::vector<std::pair<MainPlace, MainPlace>> Places;
  std::vector<std::pair<uint32_t, uint32_t>> Lines;
};

} // namespace assay

#endif
