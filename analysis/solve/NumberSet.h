/// A set of numbers, as a condition tells it: an interval or all others, of a number or of some of
/// its bits.
#ifndef ASSAY_ANALYSIS_SOLVE_NUMBERSET_H
#define ASSAY_ANALYSIS_SOLVE_NUMBERSET_H

#include "analysis/model/TUSummary_generated.h"
#include "policies/schema/Policy.h"

#include <compare>
#include <limits>
#include <optional>
#include <string>

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
  /// The numbers in both, where they are again such a set.
  std::optional<NumberSet> both(const NumberSet &O) const;
  friend auto operator<=>(const NumberSet &, const NumberSet &) = default;
};

/// "== 0".
std::string textOf(const IntCondition &C);

} // namespace assay

#endif
