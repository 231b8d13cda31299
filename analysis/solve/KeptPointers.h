/// Variables whose address somebody keeps: a constructor in its object, a struct on the stack, a
/// function in a global. A later call that is handed the keeper may write them unseen.
///
/// A function without source is taken to keep nothing.
#ifndef ASSAY_ANALYSIS_SOLVE_KEPTPOINTERS_H
#define ASSAY_ANALYSIS_SOLVE_KEPTPOINTERS_H

#include "analysis/solve/ObjectPath.h"

#include <map>
#include <set>

namespace assay {

class KeptPointers {
public:
  explicit KeptPointers(BodyTable &Bodies) : Bodies(Bodies), Prog(Bodies.program()) {}

  /// Is any variable of this body kept?
  bool keepsAny(BodyId B) { return !keptIn(B).empty(); }
  /// May this call write what lies at `O`, a variable of the caller or a part of one, through a
  /// pointer that was kept?
  bool mayReach(InstRef Call, const ObjectPath &O);
  /// Is the address of this global kept anywhere in the program, so that it may be written under
  /// another name? Stricter than OtherNames, which follows where an address goes: here any naming
  /// of it counts, as an induction over all entries must not rest on a pointer being harmless.
  bool isKept(EntityId Global);

private:
  /// A local or a parameter of a body; Unknown: memory that anybody may reach.
  struct Variable {
    BaseKind Base = BaseKind::Unknown;
    uint32_t Index = 0;
    friend auto operator<=>(const Variable &, const Variable &) = default;
  };
  struct Kept {
    Variable What, Keeper;
    friend auto operator<=>(const Kept &, const Kept &) = default;
  };
  const std::set<Kept> &keptIn(BodyId B);
  void keptByStores(BodyId B);
  bool keptByCall(InstRef Call, BodyId Callee);
  std::optional<Variable> given(InstRef Call, const Variable &Param) const;
  std::optional<Variable> variableBehind(BodyId In, Operand O) const;
  bool keepsArgument(InstRef Call, EntityId Global);

  BodyTable &Bodies;
  const Program &Prog;
  std::map<BodyId, std::set<Kept>> Found;
};

} // namespace assay

#endif
