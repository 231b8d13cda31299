/// What pointers may hold: locations as nodes, "flows to" as edges, solved to a fixpoint.
///
/// A value is a function or the address of another location. It knows neither bodies nor
/// instructions: the constraints come from PointerFlow. Sets only grow; the order of growth does
/// not change the result.
#ifndef ASSAY_ANALYSIS_LINK_POINTERGRAPH_H
#define ASSAY_ANALYSIS_LINK_POINTERGRAPH_H

#include "analysis/model/Program.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

namespace assay {

using NodeId = uint32_t;

enum class NodeKind : uint8_t {
  Field,   ///< Id = the field's entity, of whatever object
  Global,  ///< Id = entity
  Param,   ///< Id = the function's entity, Index = parameter
  Result,  ///< Id = the function's entity
  Written, ///< what a function stores through its parameter: Id = entity, Index = parameter
  Local,   ///< Id = body, Index = local
  Temp,    ///< Id = body, Index = instruction
  Content, ///< what lies where node Id points to
  Held     ///< functions that templates of system headers are handed: one for all
};

struct NodeKey {
  NodeKind Kind;
  uint32_t Id = 0;
  uint32_t Index = 0;
};

/// A function, or the address of a node.
class PointerValue {
public:
  static PointerValue function(EntityId Id) { return PointerValue(Id); }
  static PointerValue addressOf(NodeId N) { return PointerValue(N | AddressBit); }
  bool isFunction() const { return !(Raw & AddressBit); }
  EntityId function() const { return Raw; }
  NodeId node() const { return Raw & ~AddressBit; }
  friend bool operator==(PointerValue, PointerValue) = default;

private:
  static constexpr uint32_t AddressBit = 1u << 31;
  explicit PointerValue(uint32_t Raw) : Raw(Raw) {}
  uint32_t Raw;
};

/// What else may lie in a location, besides the values that are known.
enum class Unseen : uint8_t {
  Nothing,
  Outside, ///< what code outside the program puts there or gives
  Anything ///< what was not followed: functions of the program, too
};

class PointerGraph {
public:
  /// More targets than this tell nobody anything.
  static constexpr unsigned MostValues = 128;

  /// New nodes are reported once through `takeNew`.
  NodeId node(NodeKey K);
  std::optional<NodeId> find(NodeKey K) const;
  const NodeKey &keyOf(NodeId N) const { return Nodes[N].Key; }
  uint32_t size() const { return static_cast<uint32_t>(Nodes.size()); }
  std::optional<NodeId> takeNew();

  void addEdge(NodeId From, NodeId To);
  void addValue(NodeId N, PointerValue V);
  void addUnseen(NodeId N, Unseen What) { Nodes[N].Also = std::max(Nodes[N].Also, What); }
  void addUnknown(NodeId N) { addUnseen(N, Unseen::Anything); }

  /// The next value that arrived at a node since it was last asked for; None at the fixpoint.
  /// Edges have been followed already; Content nodes are the caller's (they may need new nodes).
  struct Arrival {
    NodeId Node;
    PointerValue Value;
  };
  std::optional<Arrival> takeArrival();
  llvm::ArrayRef<NodeId> contentsOf(NodeId Pointer) const { return Nodes[Pointer].Contents; }

  llvm::ArrayRef<PointerValue> values(NodeId N) const { return Nodes[N].Values; }
  /// Functions that some full node did not take.
  const llvm::DenseSet<EntityId> &dropped() const { return Dropped; }
  Unseen unseen(NodeId N) const { return Nodes[N].Also; }
  bool isUnknown(NodeId N) const { return unseen(N) != Unseen::Nothing; }
  /// Carries what is unseen along all edges and from pointers to what they point at.
  void spreadUnseen();

private:
  struct Node {
    NodeKey Key;
    Unseen Also = Unseen::Nothing;
    uint32_t Taken = 0; ///< values before this one have arrived
    llvm::SmallVector<PointerValue, 2> Values;
    llvm::SmallVector<NodeId, 2> Succs;
    llvm::SmallVector<NodeId, 0> Contents; ///< Content nodes of this pointer
  };
  using Pair = std::pair<uint32_t, uint32_t>;
  using RawKey = std::pair<uint64_t, uint32_t>;
  static RawKey raw(NodeKey K) { return {uint64_t(K.Kind) << 32 | K.Index, K.Id}; }

  std::vector<Node> Nodes;
  llvm::DenseMap<RawKey, NodeId> Ids;
  llvm::DenseSet<Pair> EdgesSeen;
  llvm::DenseSet<EntityId> Dropped;
  std::vector<NodeId> Grown;
  uint32_t NextNew = 0;
};

} // namespace assay

#endif
