/// How memory is called in one body, for a flow: one name where several pointers name the same,
/// and the other names that a pointer may have on the way to here (docs/engine.md, "Flow").
///
/// What memory holds is FlowSteps'.
#ifndef ASSAY_ANALYSIS_SOLVE_FLOWNAMES_H
#define ASSAY_ANALYSIS_SOLVE_FLOWNAMES_H

#include "analysis/solve/PointeeTable.h"

#include "llvm/ADT/DenseMap.h"

#include <map>

namespace assay {

class FlowNames {
public:
  FlowNames(const RoleIndex &Roles, BodyTable &Bodies, PointeeTable &Pointees)
      : Prog(Bodies.program()), Roles(Roles), Bodies(Bodies), Pointees(Pointees) {}

  struct Alias {
    ObjectPath Name;
    EntityId Doubt = NoId; ///< a function of which nothing is known returned it
    uint32_t At = 0;
  };
  /// A doubt that no function of the program stands for: a place of too many steps.
  static constexpr EntityId TooDeep = NoId - 2;
  /// Past the last instruction of a body.
  static constexpr uint32_t AtReturn = ~0u;

  /// A field of memory that may have other names: behind a pointer, or of a global.
  static bool isSharedField(const ObjectPath &M);
  ObjectPath normal(BodyId Body, ObjectPath M) const;
  static ObjectPath blunt(ObjectPath M);
  const ObjectPath &place(BodyId Body, uint32_t Row) const { return Pointees.place(Body, Row); }
  /// What the operand points to; nothing for a constant.
  std::optional<ObjectPath> behind(BodyId Body, Operand O) const;
  /// A name under which an instruction may write: of the place that a store sets, of what an
  /// argument of a call points to.
  struct Touched {
    ObjectPath Name, Blunt;
    EntityId Doubt = NoId;
    uint32_t Arg = 0;
    bool IsAlias = false;   ///< it hides nothing
    bool IsElement = false; ///< of an array; the name is the whole's
  };
  class BodyNames {
  public:
    llvm::ArrayRef<Touched> at(uint32_t Inst) const {
      return llvm::ArrayRef(All).slice(First[Inst], First[Inst + 1] - First[Inst]);
    }

  private:
    friend class FlowNames;
    using Insts = std::vector<uint32_t>;
    std::vector<Touched> All;
    std::vector<uint32_t> First; ///< by instruction: where its names begin
    Insts Calls;
    /// Instructions with a name of this base, and calls that are handed a pointer to such memory in
    /// a structure.
    llvm::DenseMap<std::pair<unsigned, uint32_t>, Insts> ByBase;
    llvm::DenseMap<uint32_t, Insts> ByField; ///< stores to it where it is shared
  };
  const BodyNames &namesIn(BodyId In);
  /// The instructions, in order, that may say something of what such memory holds: no other of the
  /// body does. `Own` keeps them where they are of no list that is kept anyway.
  llvm::ArrayRef<uint32_t> touching(BodyId In, const ObjectPath &M, bool Unsure,
                                    std::vector<uint32_t> &Own);
  /// Is what the call returns a place in something that it was given?
  bool returnsPlaceIn(InstRef Call);
  /// Stores through a global pointer, and calls that are handed it.
  const std::vector<InstRef> &usesBehind(EntityId Global);
  /// Calls that a model says to write this variable: of getopt(), for optarg.
  const std::vector<InstRef> &modelledWritesOf(EntityId Global);
  /// The arguments of a call that a model's row means.
  llvm::SmallVector<Operand, 4> arguments(InstRef Call, const ArgRef &Ref) const;

private:
  void ofStore(InstRef At, std::vector<Touched> &To);
  void ofCall(InstRef At, std::vector<Touched> &To);
  void add(InstRef At, Touched Own, std::vector<Touched> &To);
  void index(BodyId In, BodyNames &N) const;
  void indexHeld(InstRef Call, const Touched &T, BodyNames &N) const;
  bool isCut(BodyId In, Operand O) const;
  std::vector<Alias> aliases(InstRef At, const ObjectPath &Named) const;
  bool mayHaveAliases(BodyId In, const ObjectPath &Named) const;
  std::optional<EntityId> pointerOf(BodyId In, Operand O) const;
  void ofVariable(BodyId In, const Alias &From, std::vector<Alias> &To) const;
  void ofTemp(BodyId In, const Alias &From, std::vector<Alias> &To) const;
  void ofResult(InstRef Call, EntityId Callee, const Alias &From, std::vector<Alias> &To) const;
  void ofReturned(InstRef Call, BodyId Inner, const Alias &From, std::vector<Alias> &To) const;
  void ofOperand(BodyId In, Operand O, uint32_t At, const Alias &From,
                 std::vector<Alias> &To) const;

  const Program &Prog;
  const RoleIndex &Roles;
  BodyTable &Bodies;
  PointeeTable &Pointees;
  std::map<InstRef, bool> ReturnsPlaces;
  std::vector<std::unique_ptr<BodyNames>> Known; ///< by body
  /// By global pointer; filled at first use.
  std::optional<std::map<EntityId, std::vector<InstRef>>> BehindGlobals, ModelledWrites;
};

} // namespace assay

#endif
