/// One value as each of several representatives of a call's result would make it.
///
/// A forward walk follows a result as a handful of numbers at once: one lane for each class of it
/// ("success", "failure as 0", "failure as -1"). What the program computes from the result is
/// computed in every lane; a branch that sends two lanes to different ways has told them apart.
/// Nothing here knows of paths or of memory.
#ifndef ASSAY_ANALYSIS_SOLVE_LANES_H
#define ASSAY_ANALYSIS_SOLVE_LANES_H

#include "analysis/model/Operand.h"
#include "policies/schema/Policy.h"

#include "llvm/ADT/StringRef.h"

#include <array>
#include <compare>
#include <optional>

namespace assay {

struct BodyView;

/// A bit for each lane.
using LaneSet = uint8_t;
constexpr unsigned MostLanes = 8;

/// One lane's number, or "depends on the result in a way that is not known".
using LaneValue = std::optional<int64_t>;

struct Lanes {
  std::array<LaneValue, MostLanes> Of;
  bool Unsigned = false; ///< compared without sign
  bool OfResult = false; ///< computed from the result, and no number that only stands beside it
  friend auto operator<=>(const Lanes &, const Lanes &) = default;

  static Lanes all(int64_t X);
  /// Depends on the result, and how is not known.
  static Lanes opaque() { return {}; }
  /// Differs between two of these lanes, or may.
  bool variesOver(LaneSet Alive) const;
  bool knownOver(LaneSet Alive) const;
  /// The lanes of `Alive` in which it is (not) zero; a lane whose value is not known is in both.
  LaneSet truthy(LaneSet Alive) const;
  LaneSet falsy(LaneSet Alive) const;
};

/// `Type` is canonical, and no enumeration.
bool isBoolType(llvm::StringRef Type);
bool isUnsignedNumber(llvm::StringRef Type);
/// Of a canonical integer type that results have; 0: it is none.
unsigned bitsOfNumber(llvm::StringRef Type);
/// The number `X` after a conversion to so many bits (0 = as it is).
int64_t convert(int64_t X, unsigned Bits, bool ToUnsigned);
Lanes castOf(const Lanes &From, CastOp How, unsigned Bits, llvm::StringRef Type);
/// Null: this operand has nothing to do with the result and its value is not known. Nothing: so is
/// what comes out.
std::optional<Lanes> compared(const Lanes *A, const Lanes *B, Predicate P, LaneSet Alive);
std::optional<Lanes> derived(const Lanes *A, const Lanes *B, DeriveOp How, LaneSet Alive);
std::optional<Lanes> selected(const Lanes &If, const Lanes *Then, const Lanes *Else, LaneSet Alive);

/// The classes of a result that a model's row tells: which numbers stand for success and failure.
struct ResultClasses {
  Lanes Values;
  LaneSet Success = 0, Failure = 0;
  LaneSet Cut = 0; ///< of the failures: those that fewer bits make look like a success
  friend auto operator<=>(const ResultClasses &, const ResultClasses &) = default;
  LaneSet all() const { return Success | Failure; }
  /// One more, if the row says that it is a failure and there is a lane left.
  void addFailure(int64_t X, const FunctionModel &Row);
  /// Error numbers that the body itself compares with: who handles one of them has not handled the
  /// others.
  void addCompared(const FunctionModel &Row, const BodyView &B);
  /// Failures of which 8 or 16, of a long number also 32, bits are those of a success.
  void addCutFailures(const FunctionModel &Row, llvm::StringRef Type);
};
/// `Type` is the canonical type of the result. Empty sets: the row says nothing of it.
ResultClasses classesOf(const FunctionModel &Row, llvm::StringRef Type);

} // namespace assay

#endif
