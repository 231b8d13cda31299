/// What must hold at a point for the way that was walked, from there on, to be taken; and the
/// object that the walk is about. A walk carries it backwards from instruction to instruction.
///
/// Every fact is a necessary condition: to drop one is always safe, and only lets more ways
/// through.
#ifndef ASSAY_ANALYSIS_SOLVE_WAYFACTS_H
#define ASSAY_ANALYSIS_SOLVE_WAYFACTS_H

#include "analysis/solve/ObjectPath.h"
#include "analysis/solve/Tests.h"

namespace assay {

/// Steps of an object's path, and of a place that something is known of.
constexpr size_t LongestPath = 8;

struct PlaceFact {
  ObjectPath Of;
  NumberSet In;
  friend auto operator<=>(const PlaceFact &, const PlaceFact &) = default;
};

struct WayFacts {
  std::vector<Test> Temps;
  std::vector<PlaceFact> Places;
  std::optional<NumberSet> Result; ///< of the body, until its return is met
  std::optional<ObjectPath> Object;
  friend auto operator<=>(const WayFacts &, const WayFacts &) = default;

  /// False: it contradicts what is there. Past a limit the oldest fact is dropped.
  bool add(const Test &T);
  bool add(const std::optional<llvm::SmallVector<Test, 2>> &Tests);
  /// All that is said of a temporary, taken out.
  std::vector<NumberSet> take(uint32_t Temp);
  bool addPlace(PlaceFact F);
};

/// How a write meets an object.
enum class Meeting : uint8_t { Apart, Inside, Whole, Pointer };
/// `Rest`: for Whole and Pointer, the steps of the object below what is written (without the
/// Deref).
Meeting meet(const ObjectPath &Written, const ObjectPath &Object, llvm::ArrayRef<PlaceStep> &Rest);

/// Applies one store, backwards.
enum class StoreEffect : uint8_t { Kept, Changed, Impossible };
StoreEffect backOverStore(WayFacts &F, uint32_t At, const Body &B, const ObjectNames &Names);

/// Of which place a structure is the copy that is stored, handed over or returned at `Before`: one
/// that is read, with nothing done since, or what a call gives.
std::optional<ObjectPath> wholeOf(const ObjectNames &Names, const Body &B, Operand O,
                                  uint32_t Before);

/// From inside a body to the call that entered it, and the other way. Facts about what the other
/// side cannot see are dropped. An object that is lost on the way up was made inside: `Object` is
/// empty then, and Lost is set.
struct CallSides {
  BodyTable &Bodies;
  InstRef Call;
  BodyId Callee;
};
struct Carried {
  WayFacts Facts;
  /// Down: what stays with the caller; its object, where the callee sees a part of it or none.
  WayFacts Kept;
  bool Lost = false;       ///< no part of the object has a name on the other side
  bool Impossible = false; ///< an argument contradicts
};
/// The caller's name of an object that the callee reaches through a parameter or a global.
std::optional<ObjectPath> callersName(const ObjectPath &O, const CallSides &S);
Carried toCaller(const WayFacts &Inside, const WayFacts &Kept, const CallSides &S);
Carried toCallee(const WayFacts &After, const CallSides &S);

} // namespace assay

#endif
