#include "analysis/solve/NeededEdges.h"

#include "llvm/ADT/BitVector.h"

using namespace assay;

/// Does every way from the entry to `Target` go over this edge?
static bool isEdgeNeeded(const BodyView &B, uint32_t Target, uint32_t Branch, uint32_t Edge) {
  llvm::BitVector Seen(rowCount(B.Data.blocks()));
  std::vector<uint32_t> Work = {0};
  Seen.set(0);
  while (!Work.empty()) {
    const uint32_t At = Work.back();
    Work.pop_back();
    if (At == Target)
      return false;
    const Block &Data = *B.Data.blocks()->Get(At);
    for (uint32_t E = 0; E != Data.num_succs(); ++E) {
      const uint32_t To = rows(B.Data.succs())[Data.first_succ() + E];
      if (To < Seen.size() && !Seen.test(To) && !(At == Branch && E == Edge)) {
        Seen.set(To);
        Work.push_back(To);
      }
    }
  }
  return true;
}

std::vector<NeededEdge> assay::neededEdges(InstRef At, BodyTable &Bodies) {
  const BodyView B(Bodies.program(), At.Body);
  const uint32_t Target = Bodies[At.Body].blockOf(At.Inst);
  std::vector<NeededEdge> Found;
  for (uint32_t K = 0; K != rowCount(B.Data.blocks()); ++K)
    for (uint32_t E = 0; B.Data.blocks()->Get(K)->num_succs() == 2 && E != 2; ++E)
      if (isEdgeNeeded(B, Target, K, E))
        Found.push_back({K, E});
  return Found;
}
