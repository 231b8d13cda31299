#include "analysis/solve/FlowGraph.h"

#include "llvm/ADT/Hashing.h"

using namespace assay;

size_t FlowGraph::HashOfNode::operator()(const FlowNode &N) const {
  return llvm::hash_combine(N.Body, N.In, N.Out, N.Callbacks, N.What.raw(), N.Memory, N.At, N.Use,
                            N.IsAfter, N.Unsure, N.Spread, N.Part);
}

size_t FlowGraph::HashOfName::operator()(const ObjectPath &M) const {
  llvm::hash_code H =
      llvm::hash_combine(static_cast<unsigned>(M.Base), M.Index, llvm::StringRef(M.Constant));
  for (const PlaceStep &S : M.Path)
    H = llvm::hash_combine(H, static_cast<unsigned>(S.Kind), S.Value);
  return H;
}

uint32_t FlowGraph::add(const FlowNode &N) {
  const auto [It, New] = Numbers.try_emplace(N, static_cast<uint32_t>(Nodes.size()));
  if (New) {
    Nodes.push_back(N);
    Steps.emplace_back();
  }
  return It->second;
}

bool FlowGraph::open(uint32_t N) {
  if (Steps[N])
    return false;
  Steps[N] = std::make_unique<FlowStep>();
  return true;
}

void FlowGraph::cross(FlowQuestion &Q, FlowQuestion::Crossing C) {
  const auto Number = static_cast<uint32_t>(Q.Crossings.size());
  Q.Askers[C.Asker].Crossings.push_back(Number);
  step(C.Arrival).Crossings.push_back(Number);
  Q.Crossings.push_back(std::move(C));
  New.push_back({&Q, Number, NoId});
}

void FlowGraph::connect(uint32_t From, FlowEdge Edge) {
  std::vector<FlowEdge> &Edges = step(From).Edges;
  New.push_back({nullptr, static_cast<uint32_t>(Edges.size()), From});
  Edges.push_back(std::move(Edge));
}

std::pair<FlowQuestion *, bool> FlowGraph::question(BodyId Of, const std::optional<ObjectPath> &M,
                                                    const FlowLift *Out,
                                                    const FlowCallbacks::Given *Callbacks) {
  const auto [It, New] = Questions.try_emplace({Of, M, Out, Callbacks});
  It->second.Of = Of;
  It->second.Callbacks = Callbacks;
  return {&It->second, New};
}

FlowQuestion &FlowGraph::inDoubt(BodyId Of) {
  FlowQuestion &Q = InDoubt[Of];
  Q.Of = Of;
  Q.InDoubt = &Q;
  return Q;
}
