#include "analysis/solve/Ways.h"

#include "analysis/model/Rows.h"

#include <tuple>

using namespace assay;

WayPoint assay::endOf(Activation &Of, const Body &Data) {
  WayPoint End;
  End.In = &Of;
  End.Block = rowCount(Data.blocks()) - 1;
  End.Next = Data.blocks()->Get(End.Block)->first_inst();
  return End;
}

std::vector<const WayPoint *> assay::waysOn(const WayPoint &From) {
  std::vector<const WayPoint *> Out, Calls;
  for (const WayPoint *P = &From; P; Out.push_back(P)) {
    if (P->Resume)
      Calls.push_back(P->Resume);
    P = P->Later;
    if (!P && !Calls.empty()) {
      P = Calls.back();
      Calls.pop_back();
    }
    if (!P)
      break;
  }
  return Out;
}

static auto stateOf(const WayPoint &W) {
  return std::tuple(W.Block, W.Next, W.LoopRun, bool(W.Doubt), bool(W.Risk), W.Ended != nullptr);
}

bool Activation::SameState::operator()(const WayPoint *A, const WayPoint *B) const {
  if (auto Order = stateOf(*A) <=> stateOf(*B); Order != 0)
    return Order < 0;
  return A->Facts < B->Facts;
}
