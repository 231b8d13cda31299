/// Which functions may, in themselves or in what they call, do something: call a role, write a
/// field. A may-set over the resolved calls; what an unresolved call does is not in it.
#ifndef ASSAY_ANALYSIS_SOLVE_REACH_H
#define ASSAY_ANALYSIS_SOLVE_REACH_H

#include "analysis/solve/ObjectPath.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

#include <map>

namespace assay {

class Reach {
public:
  explicit Reach(const Program &Prog) : Prog(Prog) {}

  /// The entities whose bodies lead to one of these places.
  llvm::BitVector to(llvm::ArrayRef<InstRef> Places) const;
  /// ... to a throw.
  const llvm::BitVector &toThrows();
  /// ... to a `delete`.
  const llvm::BitVector &toDeletes();
  /// ... to a call that goes nobody knows where.
  const llvm::BitVector &toUnresolved();
  /// ... to a store to this field or global.
  bool mayWrite(EntityId Function, EntityId Written);
  /// ... to this (part of a) global, or something around it.
  bool mayWrite(EntityId Function, const ObjectPath &Global);
  /// No way through its bodies comes to an end: it aborts, exits, loops for ever or only throws.
  bool neverReturns(EntityId Function);
  /// May control come there from outside the program? What only dead code calls is dead.
  bool isReached(EntityId Function);

private:
  const Program &Prog;
  void findReached();
  bool canReturn(BodyId B);
  bool overlaps(InstRef At, uint32_t Place, const ObjectPath &Global) const;
  template <class Test> llvm::BitVector toPlacesWhere(Test Is) const;

  llvm::DenseMap<EntityId, llvm::BitVector> Writers;
  std::map<ObjectPath, llvm::BitVector> GlobalWriters;
  llvm::DenseMap<EntityId, bool> NeverReturns;
  llvm::BitVector Reached, Throws, Deletes, Unresolved; ///< empty: not asked for yet
};

} // namespace assay

#endif
