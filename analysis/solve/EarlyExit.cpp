#include "analysis/solve/EarlyExit.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/BranchWords.h"

using namespace assay;

/// The branch depends on it, as it is or turned round.
static bool decides(const BodyView &B, uint32_t Compare, uint32_t Branch) {
  Operand O(B.Insts[Branch].a());
  for (unsigned Left = 8; Left && O.is(OperandKind::Temp) && O.index() != Compare; --Left) {
    const Inst &In = B.Insts[O.index()];
    const bool IsTurned = In.op() == Op::Derive && DeriveOp(In.sub()) == DeriveOp::Not;
    if (In.op() != Op::Copy && !IsTurned)
      return false;
    O = Operand(In.a());
  }
  return O == Operand(OperandKind::Temp, Compare);
}

bool assay::leavesLoop(InstRef Compare, BodyTable &Bodies) {
  const BodyView &B = Bodies.view(Compare.Body);
  const BodyFacts &Facts = Bodies[Compare.Body];
  const uint32_t At = Facts.blockOf(Compare.Inst);
  const Block &Data = *B.Data.blocks()->Get(At);
  const uint32_t Last = Data.first_inst() + Data.num_insts() - 1;
  if (B.Insts[Last].op() != Op::Branch || !decides(B, Compare.Inst, Last))
    return false;
  const auto To = rows(B.Data.succs()).slice(Data.first_succ(), Data.num_succs());
  for (uint32_t Header = 0; Header != rowCount(B.Data.blocks()); ++Header)
    if (const llvm::BitVector *Loop = Facts.loopAt(Header); Loop && Loop->test(At))
      if (llvm::any_of(To, [&](uint32_t Next) { return Next != ~0u && !Loop->test(Next); }))
        return true;
  return false;
}

bool assay::endsSearch(InstRef Compare, BodyTable &Bodies) {
  const BodyView &B = Bodies.view(Compare.Body);
  const BodyFacts &Facts = Bodies[Compare.Body];
  const uint32_t At = Facts.blockOf(Compare.Inst), Blocks = rowCount(B.Data.blocks());
  for (uint32_t Header = 0; Header != Blocks; ++Header) {
    const llvm::BitVector *Loop = Facts.loopAt(Header);
    if (!Loop || !Loop->test(At))
      continue;
    for (const uint32_t Each : Loop->set_bits()) {
      const Block &From = *B.Data.blocks()->Get(Each);
      const auto To = rows(B.Data.succs()).slice(From.first_succ(), From.num_succs());
      const auto Stays = [&](uint32_t Next) { return Next != ~0u && Loop->test(Next); };
      for (uint32_t Edge = 0; Edge != To.size() && llvm::any_of(To, Stays); ++Edge)
        if (!Stays(To[Edge]) && saysEqual(B, Compare.Inst, Each, Edge))
          return true;
    }
  }
  return false;
}

bool assay::addsUpDifferences(InstRef Xor, const Program &Prog) {
  const BodyView B(Prog, Xor.Body);
  const auto IsOp = [](const Inst &In, DeriveOp Wanted) {
    return In.op() == Op::Derive && static_cast<DeriveOp>(In.sub()) == Wanted;
  };
  const Operand Difference(OperandKind::Temp, Xor.Inst);
  return IsOp(Prog.inst(Xor), DeriveOp::Xor) && llvm::any_of(B.Insts, [&](const Inst &In) {
           return IsOp(In, DeriveOp::Or) && (B.unconverted(Operand(In.a())) == Difference ||
                                             B.unconverted(Operand(In.b())) == Difference);
         });
}
