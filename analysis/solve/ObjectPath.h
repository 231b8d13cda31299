/// An object as one body names it: "what the parameter `img` points to, its field `data`".
///
/// Two pointers of different names are taken for two objects, unless one was copied from the other
/// on the way that is walked, or for good (docs/engine.md, "Objects"). Offsets inside an array of
/// bytes are not told apart: a part stands for the whole.
#ifndef ASSAY_ANALYSIS_SOLVE_OBJECTPATH_H
#define ASSAY_ANALYSIS_SOLVE_OBJECTPATH_H

#include "analysis/model/Operand.h"
#include "analysis/solve/BodyTable.h"
#include "analysis/solve/Values.h"

#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace assay {

struct ObjectPath {
  BaseKind Base = BaseKind::Unknown;
  uint32_t Index = 0;   ///< Local, Param, Temp: of the body; Global: EntityId
  std::string Constant; ///< Literal: what it is, equal in every body
  PlaceSteps Path;

  /// The value that the body returns, as a base.
  static constexpr uint32_t Returned = ~0u;

  bool sameBase(const ObjectPath &O) const {
    return Base == O.Base && Index == O.Index && Constant == O.Constant;
  }
  ObjectPath plus(llvm::ArrayRef<PlaceStep> Rest) const;
  ObjectPath pointee() const;
  /// What the base points to, or a part of that.
  bool isBehindPointer() const { return !Path.empty() && Path.front().Kind == StepKind::Deref; }
  /// The steps from here down to `Part`, if it lies here or below.
  std::optional<llvm::ArrayRef<PlaceStep>> stepsTo(const ObjectPath &Part) const;
  friend std::strong_ordering operator<=>(const ObjectPath &, const ObjectPath &) = default;
  friend bool operator==(const ObjectPath &, const ObjectPath &) = default;
};

/// A place as the body writes it.
ObjectPath namedPlace(const Program &Prog, BodyId In, uint32_t Row);

/// Names the objects of one body.
class ObjectNames {
public:
  ObjectNames(BodyTable &Bodies, BodyId In)
      : Bodies(Bodies), Prog(Bodies.program()), In(In), B(*Prog.body(In).Data) {}

  ObjectPath place(uint32_t Row) const;
  /// Behind a field of a local structure that is set once, from a variable that never changes: the
  /// name by that variable. Else as given.
  ObjectPath firstName(ObjectPath O) const;
  /// What the operand points to; nothing for null and for what is no pointer to a nameable object.
  /// A number (a slot, a descriptor) is named as if it pointed.
  std::optional<ObjectPath> behind(Operand O) const;
  /// The name, and what the variable at its base was ever set to point to in this body, with the
  /// rest of the path; and what those were.
  std::vector<ObjectPath> originsOf(const ObjectPath &O) const;

  /// An object under the name of a field of this local (a closure, a struct that is handed down)
  /// that points to it and to nothing else from its store on.
  std::optional<ObjectPath> heldBy(const ObjectPath &Holder, const ObjectPath &O) const;

private:
  bool isStable(const ObjectPath &Pointee) const;
  bool changesElsewhere(const ObjectPath &Part) const;
  void addOrigins(Operand O, llvm::ArrayRef<PlaceStep> Rest, std::vector<ObjectPath> &To) const;
  ObjectPath behindTemp(uint32_t Temp, unsigned Steps) const;
  std::optional<ObjectPath> behind(Operand O, unsigned Steps) const;
  std::optional<ObjectPath> constant(uint32_t Row) const;
  std::optional<ObjectPath> secondName(const ObjectPath &Variable, unsigned Steps) const;
  std::optional<uint32_t> onlyStoreOf(uint32_t Local) const;
  std::optional<uint32_t> onlyStoreOfField(const ObjectPath &Field) const;

  BodyTable &Bodies;
  const Program &Prog;
  BodyId In;
  const Body &B;
};

} // namespace assay

#endif
