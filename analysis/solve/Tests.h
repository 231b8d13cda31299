/// What a taken branch says of the value it tests: "the result of this call is 0".
///
/// It looks through comparisons with constants, negations and conversions to the value that the
/// program asked about (the result of a call, a load, a parameter). Where a condition is no such
/// test it says nothing, which is always true.
#ifndef ASSAY_ANALYSIS_SOLVE_TESTS_H
#define ASSAY_ANALYSIS_SOLVE_TESTS_H

#include "analysis/model/Operand.h"
#include "policies/schema/Policy.h"

#include "llvm/ADT/SmallVector.h"

#include <limits>
#include <optional>

namespace assay {

/// The numbers of an interval, or all others; of a status word those whose bits under a mask are
/// such. Null is 0.
struct NumberSet {
  int64_t Low = std::numeric_limits<int64_t>::min();
  int64_t High = std::numeric_limits<int64_t>::max();
  bool Outside = false;
  int64_t Mask = -1; ///< only these bits of a number count

  static NumberSet only(int64_t X) { return {X, X, false}; }
  static NumberSet zero() { return only(0); }
  static NumberSet of(Predicate P, int64_t Than);
  static NumberSet of(const IntCondition &C);
  NumberSet others() const { return {Low, High, !Outside, Mask}; }
  /// Those of which these bits are in the set.
  NumberSet under(int64_t Bits) const { return {Low, High, Outside, Mask & Bits}; }
  bool has(int64_t X) const { return ((X & Mask) >= Low && (X & Mask) <= High) != Outside; }
  bool hasAll() const;
  bool hasNone() const;
  /// Says no more than whether a number (what the mask leaves of it) is zero.
  bool isZero() const { return Low == 0 && High == 0 && !Outside; }
  bool isNotZero() const { return others().isZero(); }
  /// May a number be in both? Exact where the masks are equal or one set is small; else yes.
  bool meets(const NumberSet &O) const;
  /// Is every number of this in `O`? As exact; else no.
  bool within(const NumberSet &O) const { return !meets(O.others()); }
  friend auto operator<=>(const NumberSet &, const NumberSet &) = default;
};

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
