#include "analysis/solve/Refusals.h"

#include "analysis/model/Rows.h"
#include "analysis/solve/Tests.h"

using namespace assay;

static bool readsSame(const BodyView &B, uint32_t One, uint32_t Other) {
  const Inst &X = B.Insts[One], &Y = B.Insts[Other];
  return One == Other || (X.op() == Op::Load && Y.op() == Op::Load && X.a() == Y.a());
}

void assay::addPlace(Refusals::Places &To, BodyTable &Bodies, Refusals::At Place) {
  const Body &B = Bodies.view(Place.Body).Data;
  const BodyFacts &Facts = Bodies[Place.Body];
  while (Place.Block < rowCount(B.blocks()) && To.insert(Place).second) {
    const Block &At = *B.blocks()->Get(Place.Block);
    if (At.num_insts() != 0 || At.num_succs() != 1)
      return;
    Place.InLoop = Facts.inLoop(Place.Block);
    Place.Block = rows(B.succs())[At.first_succ()];
  }
}

bool assay::returnsNonZero(const BodyView &B, uint32_t Block, uint32_t Via, uint32_t Return) {
  const Operand Value(B.Insts[Return].a());
  if (Via == NoId || !Value.is(OperandKind::Temp))
    return false;
  const uint32_t First = B.Data.blocks()->Get(Block)->first_inst();
  const bool MayChange = llvm::any_of(B.Insts.slice(First, Return - First), [](const Inst &In) {
    return In.op() == Op::Store || In.op() == Op::Call;
  });
  const assay::Block &Before = *B.Data.blocks()->Get(Via);
  auto Edges = rows(B.Data.succs()).slice(Before.first_succ(), Before.num_succs());
  if (MayChange || llvm::count(Edges, Block) != 1)
    return false;
  const auto Edge = static_cast<uint32_t>(llvm::find(Edges, Block) - Edges.begin());
  const auto Tests = testsOnEdge(B.Data, Via, Edge);
  return Tests && llvm::any_of(*Tests, [&](const Test &T) {
           return !T.In.has(0) && readsSame(B, T.Of, Value.index());
         });
}
