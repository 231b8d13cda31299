#include "analysis/solve/SwitchedOff.h"

#include "analysis/solve/FlowTables.h"
#include "analysis/solve/NeededEdges.h"
#include "analysis/solve/Tests.h"

using namespace assay;

/// The one number that is ever read there, if the source writes it and it is outside of the set.
static std::optional<int64_t> onlyOther(InstRef Read, const NumberSet &Needed, const Judging &J) {
  J.Values.begin();
  std::optional<int64_t> Only;
  for (const Value &V : J.Values.operand(J.Values.root(Read.Body),
                                         Operand(OperandKind::Temp, Read.Inst), Read.Inst)) {
    const bool IsNumber = V.K == Value::Kind::Int || V.K == Value::Kind::Zero;
    const int64_t Number = V.K == Value::Kind::Int ? V.Int : 0;
    if (!IsNumber || V.Implicit || Needed.has(Number) || (Only && *Only != Number))
      return std::nullopt;
    Only = Number;
  }
  return Only;
}

std::optional<DeadSwitch> assay::switchedOff(InstRef At, const Judging &J) {
  const BodyView B(J.Prog, At.Body);
  for (const NeededEdge &E : neededEdges(At, J.Flows.Bodies)) {
    const auto Tests = testsOnEdge(B.Data, E.Block, E.Edge);
    for (const Test &T : Tests ? *Tests : llvm::SmallVector<Test, 2>()) {
      if (B.Insts[T.Of].op() != Op::Load)
        continue;
      if (const auto Only = onlyOther({At.Body, T.Of}, T.In, J))
        return DeadSwitch{{At.Body, T.Of},
                          J.Words.place(At.Body, B.Places[B.Insts[T.Of].a()]) + " is always " +
                              std::to_string(*Only)};
    }
  }
  return std::nullopt;
}
