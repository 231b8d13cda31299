/// What one body's control flow says without following any value: predecessors, loops, definitions
/// of locals. Computed once per body on first use.
#ifndef ASSAY_ANALYSIS_SOLVE_BODYFACTS_H
#define ASSAY_ANALYSIS_SOLVE_BODYFACTS_H

#include "analysis/model/Operand.h"
#include "analysis/model/TUSummary_generated.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"

#include <vector>

namespace assay {

class BodyFacts {
public:
  explicit BodyFacts(const Body &B);

  uint32_t blockOf(uint32_t Inst) const { return BlockOfInst[Inst]; }
  llvm::ArrayRef<uint32_t> predecessors(uint32_t Block) const { return Preds[Block]; }
  bool inLoop(uint32_t Block) const;
  /// The natural loop with this header, or null.
  const llvm::BitVector *loopAt(uint32_t Header) const;

  /// Stores whose place is exactly this local (parameter), in order.
  llvm::ArrayRef<uint32_t> storesToLocal(uint32_t Local) const { return LocalStores[Local]; }
  llvm::ArrayRef<uint32_t> storesToParam(uint32_t Param) const {
    return Param < ParamStores.size() ? llvm::ArrayRef<uint32_t>(ParamStores[Param])
                                      : llvm::ArrayRef<uint32_t>();
  }
  /// Stores to a part of a local, in order.
  llvm::ArrayRef<uint32_t> storesIntoLocals() const { return PartStores; }
  /// Its address is passed to a call or stored: somebody else may set it.
  bool isAddressTaken(uint32_t Local) const { return AddressTaken[Local]; }

private:
  void findPredecessors(const Body &B);
  void findLoops();
  void findStores(const Body &B);
  void noteAddress(const Body &B, Operand O);

  std::vector<uint32_t> BlockOfInst;
  std::vector<llvm::SmallVector<uint32_t, 2>> Preds;
  std::vector<std::pair<uint32_t, llvm::BitVector>> Loops; ///< by header
  std::vector<llvm::SmallVector<uint32_t, 1>> LocalStores, ParamStores;
  std::vector<uint32_t> PartStores;
  llvm::BitVector AddressTaken;
};

} // namespace assay

#endif
