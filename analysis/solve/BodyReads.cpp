#include "analysis/solve/BodyReads.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <utility>

using namespace assay;

void BodyReads::find(const BodyView &B, const BodyFacts &Facts) {
  const auto Read = [&](BaseKind Kind, uint32_t Index, uint32_t I) {
    Reads.emplace_back(Kind, Index, Facts.blockOf(I));
  };
  for (uint32_t I = 0; I != B.Insts.size(); ++I) {
    const Inst &In = B.Insts[I];
    if (In.op() == Op::Load)
      Read(B.Places[In.a()].kind(), B.Places[In.a()].base(), I);
    if (In.op() == Op::Store && B.Places[In.a()].kind() == BaseKind::Temp)
      Read(BaseKind::Temp, B.Places[In.a()].base(), I);
    const auto Use = [&](Operand O) {
      if (O.is(OperandKind::Temp))
        Read(BaseKind::Temp, O.index(), I);
      else if (O.is(OperandKind::AddressOf))
        Read(B.Places[O.index()].kind(), B.Places[O.index()].base(), I);
    };
    B.forEachOperand(In, Use);
  }
  llvm::sort(Reads);
  Reads.erase(std::unique(Reads.begin(), Reads.end()), Reads.end());
}

const llvm::BitVector &BodyReads::before(const BodyView &B, const BodyFacts &Facts, BaseKind Kind,
                                         uint32_t Index) {
  auto [It, New] = Blocks.try_emplace({Kind, Index});
  llvm::BitVector &From = It->second;
  if (!New)
    return From;
  if (!std::exchange(Found, true))
    find(B, Facts);
  From.resize(rowCount(B.Data.blocks()));
  llvm::SmallVector<uint32_t, 16> Todo;
  for (auto R = std::lower_bound(Reads.begin(), Reads.end(), Read{Kind, Index, 0});
       R != Reads.end() && std::get<0>(*R) == Kind && std::get<1>(*R) == Index; ++R)
    Todo.push_back(std::get<2>(*R));
  while (!Todo.empty()) {
    const uint32_t Block = Todo.pop_back_val();
    if (From.test(Block))
      continue;
    From.set(Block);
    Todo.append(Facts.predecessors(Block).begin(), Facts.predecessors(Block).end());
  }
  return From;
}
