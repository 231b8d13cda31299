/// What a taken branch says of the value it tests: "the result of this call is 0".
///
/// It looks through comparisons with constants, negations and conversions to the value that the
/// program asked about (the result of a call, a load, a parameter). Where a condition is no such
/// test it says nothing, which is always true.
#ifndef ASSAY_ANALYSIS_SOLVE_TESTS_H
#define ASSAY_ANALYSIS_SOLVE_TESTS_H

#include "analysis/model/Operand.h"
#include "analysis/solve/NumberSet.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace assay {

/// The value of `Of`, a temporary of this body, lies in `In`.
struct Test {
  uint32_t Of = 0;
  NumberSet In;
  friend auto operator<=>(const Test &, const Test &) = default;
};

/// `Values` of an operand, said of the value that it was made from. Nothing for a constant that is
/// in `Values`; nullopt when the two contradict: this way is never taken.
std::optional<llvm::SmallVector<Test, 2>> testsOf(const Body &B, Operand O,
                                                  const NumberSet &Values);

/// What is known on the edge from a block to its successor of that index.
std::optional<llvm::SmallVector<Test, 2>> testsOnEdge(const Body &B, uint32_t Block, uint32_t Edge);

} // namespace assay

#endif
