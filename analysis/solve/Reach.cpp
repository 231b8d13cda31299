#include "analysis/solve/Reach.h"

#include "llvm/ADT/SmallVector.h"

using namespace assay;

llvm::BitVector Reach::to(llvm::ArrayRef<InstRef> Places) const {
  llvm::BitVector Found(Prog.entityCount());
  llvm::SmallVector<EntityId, 32> Work;
  auto Add = [&](BodyId B) {
    const EntityId E = Prog.body(B).Entity;
    if (!Found.test(E)) {
      Found.set(E);
      Work.push_back(E);
    }
  };
  for (const InstRef &P : Places)
    Add(P.Body);
  while (!Work.empty())
    for (const InstRef &Caller : Prog.callersOf(Work.pop_back_val()))
      Add(Caller.Body);
  return Found;
}

bool Reach::mayWrite(EntityId Function, EntityId Written) {
  auto [It, New] = Writers.try_emplace(Written);
  if (New) {
    llvm::SmallVector<InstRef, 16> Places(Prog.storesTo(Written));
    llvm::append_range(Places, Prog.addressPassedTo(Written));
    It->second = to(Places);
  }
  return It->second.test(Prog.definitionOf(Function)) || It->second.test(Function);
}
