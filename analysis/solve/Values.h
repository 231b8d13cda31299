/// The values that may arrive at an operand, each with where it came from.
///
/// A value set is a may-set: what is in it can arrive, as far as the engine sees; an Unknown in it
/// says that something else may arrive too. No value is ever dropped without an Unknown taking its
/// place.
#ifndef ASSAY_ANALYSIS_SOLVE_VALUES_H
#define ASSAY_ANALYSIS_SOLVE_VALUES_H

#include "analysis/model/Program.h"
#include "policies/schema/Policy.h"

#include "llvm/ADT/SmallVector.h"

#include <compare>
#include <string>
#include <vector>

namespace assay {

/// Where evaluation happens: a body, and for a body entered from a known call that call.
struct Frame {
  BodyId Body = NoId;
  const Frame *Caller = nullptr; ///< null: any caller
  uint32_t CallInst = 0;         ///< in Caller's body
  unsigned Depth = 0;
};

struct PlaceStep {
  StepKind Kind = StepKind::Deref;
  uint32_t Value = 0; ///< Field: EntityId; Index: element
  friend auto operator<=>(const PlaceStep &, const PlaceStep &) = default;
};

/// Few places have more.
using PlaceSteps = llvm::SmallVector<PlaceStep, 4>;

/// A place in memory, in terms of the whole program.
struct AbstractPlace {
  const Frame *In = nullptr; ///< null for Global
  BaseKind Base = BaseKind::Unknown;
  uint32_t Index =
      0; ///< Local, Param, Temp (instruction), Literal (constant) of In's body; Global: EntityId
  PlaceSteps Path;

  AbstractPlace plus(llvm::ArrayRef<PlaceStep> Rest) const;
  bool sameBase(const AbstractPlace &O) const {
    return In == O.In && Base == O.Base && Index == O.Index;
  }
  bool hasDeref() const;
  /// Position of the last Field step, or npos.
  size_t lastField() const;
  bool operator==(const AbstractPlace &O) const = default;
};

/// One step of a value's way, linked from the place of use back to the origin's side.
struct Trace {
  enum class Kind : uint8_t { Stored, Passed, Returned, Filled, Copied } Step = Kind::Stored;
  InstRef At;
  uint32_t Arg = 0;              ///< Passed: index of the parameter
  const Trace *Origin = nullptr; ///< the step before this one, nearer to the origin
};

struct Value {
  enum class Kind : uint8_t {
    Int,
    Float,
    Null,
    Zero,    ///< bytes, all zero
    Text,    ///< bytes of a string literal or a constant array
    Pointer, ///< the address of Place
    Function,
    Result, ///< what a call of a function without a body returned
    Fresh,  ///< made by a role: random bytes, input, a derived key
    Uninitialised,
    Unknown
  };
  Kind K = Kind::Unknown;
  bool Patched = false; ///< Zero, Text: some bytes were overwritten by other constants
  bool Implicit =
      false; ///< Zero, Null, Int 0: of static storage or of an initialiser, not of an assignment
  int64_t Int = 0;        ///< Int; Text: length in bytes; Zero: length when known
  BodyId Body = NoId;     ///< of Const
  uint32_t Const = NoId;  ///< row of Body.constants that this was written as
  EntityId Entity = NoId; ///< Function; Result, Fresh: the callee; Pointer: a global's id
  InstRef At;             ///< Result, Fresh: the call. Unknown: where knowledge ended
  const AbstractPlace *Place = nullptr; ///< Pointer
  InstRef Anchor;                       ///< Pointer: where the address was handed out of its frame
  const Role *MadeBy = nullptr;         ///< Fresh
  const Facts *Extra = nullptr;         ///< facts that a model adds on the way
  const char *Reason = "";              ///< Unknown: why
  EntityId Subject = NoId;              ///< Unknown: whom the reason is about
  const Trace *Way = nullptr;
  InstRef Outer; ///< the call in the outermost function that supplied it; Body == NoId: it was not
                 ///< passed in

  bool isUnknown() const { return K == Kind::Unknown; }
  bool isConstant() const { return K <= Kind::Text || K == Kind::Function; }
  /// Asked most often of all: what differs most often is compared first.
  LLVM_ATTRIBUTE_ALWAYS_INLINE bool sameAs(const Value &O) const {
    return K == O.K && At == O.At && Entity == O.Entity && Const == O.Const && Place == O.Place &&
           Outer == O.Outer && Int == O.Int && Body == O.Body && Patched == O.Patched &&
           MadeBy == O.MadeBy && Subject == O.Subject &&
           (Reason == O.Reason || llvm::StringRef(Reason) == O.Reason);
  }
  /// Of an Unknown: the variable that it was read from, where the program does not define it. Its
  /// name may say what it holds: a constant of a header that is not there.
  EntityId namedOutside(const Program &Prog) const;
};

class ValueSet {
public:
  /// More distinct values than this are one Unknown.
  static constexpr size_t Limit = 48;

  void add(const Value &V);
  void add(const ValueSet &O);
  void add(ValueSet &&O);
  bool empty() const { return Items.empty(); }
  auto begin() const { return Items.begin(); }
  auto end() const { return Items.end(); }
  auto begin() { return Items.begin(); }
  auto end() { return Items.end(); }
  size_t size() const { return Items.size(); }
  /// The one integer of the set, if it is one.
  const Value *single() const { return Items.size() == 1 ? &Items.front() : nullptr; }
  bool hasUnknown() const;
  /// Drops the zeroes and nulls that only say "not set yet".
  void dropImplicit();
  /// ... if something else is there.
  void dropImplicitZeroes();

private:
  std::vector<Value> Items;
};

} // namespace assay

#endif
