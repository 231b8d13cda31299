/// Chains of tests that compare one text with one literal after the other and go another way for
/// each: `if (!strcmp(cmd, "get")) ...; else if (!strcmp(cmd, "set")) ...`.
///
/// Which function compares is not asked, nor what it calls equal: the way that leads on to the next
/// test is the way of those that differ. Limit: the result of a comparison must be tested where it
/// is made.
#ifndef ASSAY_ANALYSIS_SOLVE_TEXTCHAINS_H
#define ASSAY_ANALYSIS_SOLVE_TEXTCHAINS_H

#include "analysis/solve/BodyTable.h"

#include <vector>

namespace assay {

struct TextChain {
  uint32_t First = 0;          ///< the first comparison: an instruction
  std::vector<uint32_t> Arms;  ///< blocks, one for each text, in the order of the tests
  std::vector<uint32_t> Tests; ///< the comparison of each arm: an instruction
};

/// Those of at least two tests.
std::vector<TextChain> textChains(BodyTable &Bodies, BodyId In);

} // namespace assay

#endif
