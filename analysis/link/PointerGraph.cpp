#include "analysis/link/PointerGraph.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;

NodeId PointerGraph::node(NodeKey K) {
  const auto [It, New] = Ids.try_emplace(raw(K), size());
  if (!New)
    return It->second;
  const NodeId Id = It->second;
  Nodes.emplace_back();
  Nodes.back().Key = K;
  if (K.Kind == NodeKind::Content)
    Nodes[K.Id].Contents.push_back(Id);
  return Id;
}

std::optional<NodeId> PointerGraph::find(NodeKey K) const {
  const auto It = Ids.find(raw(K));
  return It == Ids.end() ? std::nullopt : std::optional(It->second);
}

std::optional<NodeId> PointerGraph::takeNew() {
  return NextNew == size() ? std::nullopt : std::optional(NextNew++);
}

void PointerGraph::addEdge(NodeId From, NodeId To) {
  if (From == To || !EdgesSeen.insert({From, To}).second)
    return;
  Nodes[From].Succs.push_back(To);
  // What has not been taken yet will follow the new edge by itself.
  for (uint32_t I = 0; I != Nodes[From].Taken; ++I)
    addValue(To, Nodes[From].Values[I]);
}

void PointerGraph::addValue(NodeId N, PointerValue V) {
  Node &To = Nodes[N];
  if (llvm::is_contained(To.Values, V))
    return;
  if (To.Values.size() == MostValues) {
    To.Also = Unseen::Anything;
    if (V.isFunction())
      Dropped.insert(V.function());
    return;
  }
  To.Values.push_back(V);
  Grown.push_back(N);
}

std::optional<PointerGraph::Arrival> PointerGraph::takeArrival() {
  if (Grown.empty())
    return std::nullopt;
  const NodeId N = Grown.back();
  Grown.pop_back();
  const PointerValue V = Nodes[N].Values[Nodes[N].Taken++];
  for (NodeId To : Nodes[N].Succs)
    addValue(To, V);
  return Arrival{N, V};
}

void PointerGraph::spreadUnseen() {
  std::vector<NodeId> Work;
  for (NodeId N = 0; N != size(); ++N)
    if (isUnknown(N))
      Work.push_back(N);
  const auto Mark = [&](NodeId N, Unseen What) {
    if (Nodes[N].Also >= What)
      return;
    Work.push_back(N);
    Nodes[N].Also = What;
  };
  while (!Work.empty()) {
    const Node &N = Nodes[Work.back()];
    Work.pop_back();
    for (NodeId To : N.Succs)
      Mark(To, N.Also);
    for (NodeId Content : N.Contents)
      Mark(Content, N.Also);
  }
}
