/// From which blocks of a body a local, a parameter or a temporary can still be read: what a walk
/// need not carry any further.
///
/// It follows from the body alone, and is made for what is asked.
#ifndef ASSAY_ANALYSIS_SOLVE_BODYREADS_H
#define ASSAY_ANALYSIS_SOLVE_BODYREADS_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/BodyFacts.h"

#include <map>
#include <tuple>
#include <vector>

namespace assay {

class BodyReads {
public:
  /// The two are of the same body, in each call.
  const llvm::BitVector &before(const BodyView &B, const BodyFacts &Facts, BaseKind Kind,
                                uint32_t Index);

private:
  using Read = std::tuple<BaseKind, uint32_t, uint32_t>; ///< of what, in which block
  void find(const BodyView &B, const BodyFacts &Facts);

  bool Found = false;
  std::vector<Read> Reads; ///< ordered
  std::map<std::pair<BaseKind, uint32_t>, llvm::BitVector> Blocks;
};

} // namespace assay

#endif
