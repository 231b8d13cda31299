#include "analysis/solve/BodyFacts.h"

#include "analysis/model/Rows.h"

using namespace assay;

namespace {
constexpr uint32_t NoEdge = ~0u;
}

BodyFacts::BodyFacts(const Body &B) {
  findPredecessors(B);
  findLoops();
  findStores(B);
}

void BodyFacts::findPredecessors(const Body &B) {
  Preds.resize(rowCount(B.blocks()));
  BlockOfInst.resize(rowCount(B.insts()));
  for (uint32_t I = 0; I != rowCount(B.blocks()); ++I) {
    const Block *Bl = B.blocks()->Get(I);
    for (uint32_t K = 0; K != Bl->num_insts(); ++K)
      BlockOfInst[Bl->first_inst() + K] = I;
    if (Bl->no_return())
      continue;
    for (uint32_t K = 0; K != Bl->num_succs(); ++K) {
      uint32_t To = B.succs()->Get(Bl->first_succ() + K);
      if (To != NoEdge && !llvm::is_contained(Preds[To], I))
        Preds[To].push_back(I);
    }
  }
}

// Blocks are numbered in reverse post-order, so an edge to a block that is not later closes a loop.
void BodyFacts::findLoops() {
  for (uint32_t Header = 0; Header != Preds.size(); ++Header) {
    llvm::SmallVector<uint32_t, 8> Work;
    for (uint32_t P : Preds[Header])
      if (P >= Header)
        Work.push_back(P);
    if (Work.empty())
      continue;
    llvm::BitVector In(Preds.size());
    In.set(Header);
    while (!Work.empty()) {
      uint32_t Bl = Work.pop_back_val();
      if (In.test(Bl))
        continue;
      In.set(Bl);
      Work.append(Preds[Bl].begin(), Preds[Bl].end());
    }
    Loops.push_back({Header, std::move(In)});
  }
}

void BodyFacts::noteAddress(const Body &B, Operand O) {
  if (!O.is(OperandKind::AddressOf))
    return;
  const Place *P = B.places()->Get(O.index());
  if (P->kind() == BaseKind::Local)
    AddressTaken.set(P->base());
}

void BodyFacts::findStores(const Body &B) {
  LocalStores.resize(rowCount(B.locals()));
  AddressTaken.resize(rowCount(B.locals()));
  for (uint32_t I = 0; I != rowCount(B.insts()); ++I) {
    const Inst *In = B.insts()->Get(I);
    if (In->op() == Op::Call) {
      for (uint32_t K = 0; K != In->c(); ++K)
        noteAddress(B, Operand(B.args()->Get(In->b() + K)));
      continue;
    }
    if (In->op() != Op::Store)
      continue;
    noteAddress(B, Operand(In->b()));
    const Place *P = B.places()->Get(In->a());
    if (P->path_len() != 0) {
      if (P->kind() == BaseKind::Local)
        PartStores.push_back(I);
      continue;
    }
    if (P->kind() == BaseKind::Local)
      LocalStores[P->base()].push_back(I);
    if (P->kind() == BaseKind::Param) {
      if (P->base() >= ParamStores.size())
        ParamStores.resize(P->base() + 1);
      ParamStores[P->base()].push_back(I);
    }
  }
}

bool BodyFacts::inLoop(uint32_t Block) const {
  return llvm::any_of(Loops, [&](const auto &L) { return L.second.test(Block); });
}

const llvm::BitVector *BodyFacts::loopAt(uint32_t Header) const {
  for (const auto &[H, In] : Loops)
    if (H == Header)
      return &In;
  return nullptr;
}
