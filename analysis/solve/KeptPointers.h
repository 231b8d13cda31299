/// Variables whose address somebody keeps: a constructor in its object, a struct on the stack, a
/// function in a global. A later call that is handed the keeper may write them unseen.
///
/// A function without source is taken to keep nothing.
#ifndef ASSAY_ANALYSIS_SOLVE_KEPTPOINTERS_H
#define ASSAY_ANALYSIS_SOLVE_KEPTPOINTERS_H

#include "analysis/solve/ObjectPath.h"

#include <map>

namespace assay {

class KeptPointers {
public:
  explicit KeptPointers(BodyTable &Bodies) : Bodies(Bodies), Prog(Bodies.program()) {}

  /// Is any variable of this body kept?
  bool keepsAny(BodyId B) { return !keptIn(B).empty(); }
  /// May this call write what lies at `O`, a variable of the caller or a part of one, through a
  /// pointer that was kept?
  bool mayReach(InstRef Call, const ObjectPath &O);

private:
  /// What points where: the kept one's base, and its keeper's; a keeper that is no variable or
  /// parameter can be reached by anybody.
  struct Kept {
    ObjectPath What, Keeper;
  };
  const std::vector<Kept> &keptIn(BodyId B);
  void findKept(BodyId B, std::vector<Kept> &To);
  void keptByCall(InstRef Call, std::vector<Kept> &To);
  std::optional<ObjectPath> baseBehind(BodyId In, Operand O) const;

  BodyTable &Bodies;
  const Program &Prog;
  std::map<BodyId, std::vector<Kept>> Found;
};

} // namespace assay

#endif
