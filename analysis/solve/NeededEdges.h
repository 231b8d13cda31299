/// The branches that decide whether an instruction of a body is reached at all.
#ifndef ASSAY_ANALYSIS_SOLVE_NEEDEDEDGES_H
#define ASSAY_ANALYSIS_SOLVE_NEEDEDEDGES_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/BodyTable.h"

#include <vector>

namespace assay {

/// A way out of a block that has two.
struct NeededEdge {
  uint32_t Block = 0, Edge = 0;
};

/// Those over which every way from the entry of its body to `At` goes, by block.
std::vector<NeededEdge> neededEdges(InstRef At, BodyTable &Bodies);

} // namespace assay

#endif
