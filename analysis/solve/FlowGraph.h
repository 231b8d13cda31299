/// What is one step behind what, for all sites of one flow check: a graph that grows where a walk
/// comes to, and is kept for the next walk (docs/engine.md, "Flow").
///
/// It holds no verdict and follows nothing: FlowSteps fills it, FlowWalk goes over it.
#ifndef ASSAY_ANALYSIS_SOLVE_FLOWGRAPH_H
#define ASSAY_ANALYSIS_SOLVE_FLOWGRAPH_H

#include "analysis/solve/FlowCallbacks.h"
#include "analysis/solve/ObjectPath.h"

#include "llvm/ADT/DenseMap.h"

#include <deque>
#include <map>
#include <memory>
#include <unordered_set>

namespace assay {

/// The calls by which a value came out of the sink's function, the innermost last; null: none.
struct FlowLift {
  InstRef Call;
  const FlowLift *Inner = nullptr;
};

/// What a reader is told of a step; no step: nothing that a reader need see.
struct FlowMark {
  std::optional<Trace::Kind> Step;
  InstRef At;
  uint32_t Arg = 0;
  bool Lifts = false; ///< Passed, to a body that any call may have entered
};

struct FlowQuestion;

/// Of what happened to a memory before a point, what is the same for all points behind it.
enum class FlowPart : uint8_t {
  All,    ///< no such part
  ByCall, ///< what the call at `At` does
  AtEntry ///< what it was where the body begins
};

/// Either what an operand is (and points to at `Use`), or what memory holds before `At`.
struct FlowNode {
  BodyId Body = NoId;            ///< NoId: memory, wherever in the program it is written
  FlowQuestion *In = nullptr;    ///< what the body was entered for; null: by any call
  const FlowLift *Out = nullptr; ///< kept where it decides
  const FlowCallbacks::Given *Callbacks = nullptr; ///< that the body was given, where it is known
  Operand What;
  const ObjectPath *Memory = nullptr; ///< of the graph's own names
  uint32_t At = 0, Use = 0;
  bool IsAfter = false; ///< what the call at `At` does is not behind it
  /// On the way there is a function of which nothing is known. Such a node stands for all places of
  /// its body, and for all calls that entered it.
  bool Unsure = false;
  /// Unsure, and by memory that is written wherever: there a source counts, but no gap.
  bool Spread = false;
  /// The way to here has been in the files that findings are asked for in (FlowExtent::Near).
  bool WasHere = false;
  FlowPart Part = FlowPart::All;

  friend bool operator==(const FlowNode &, const FlowNode &) = default;
};

struct FlowEdge {
  uint32_t To = NoId;
  FlowMark How;
  EntityId Doubt = NoId; ///< the function of which nothing is known, where a sure way ends at it
};

/// A source.
struct FlowSourceMet {
  std::string Name;
  InstRef At;
  EntityId Doubt = NoId;
  uint32_t Const = NoId; ///< of a text: the constant of that body
};

/// What kept the walk from being complete, and what that is about.
struct FlowGap {
  std::string Why;
  InstRef Unresolved;
  BodyId Uncalled = NoId;
};

/// A call after which nothing is held any more of what is asked for.
struct FlowCleaning {
  InstRef Call;
  const FunctionModel *Row = nullptr;
};

/// All that was found one step behind a node.
struct FlowStep {
  struct Asked {
    FlowQuestion *Of;
    uint32_t Asker;
  };
  std::vector<FlowEdge> Edges;
  std::vector<Asked> Asks;
  std::vector<uint32_t> Crossings; ///< of the question that the node is in
  std::vector<FlowSourceMet> Met;
  std::vector<FlowGap> Gaps;
  std::vector<FlowCleaning> Cleaned;
  bool Hides = false; ///< by a call: nothing earlier matters

  bool saysNothing() const {
    return Edges.empty() && Asks.empty() && Crossings.empty() && Met.empty() && Gaps.empty() &&
           Cleaned.empty();
  }
};

/// Where a way inside a body comes to what its caller gives.
struct FlowArrival {
  uint32_t Node = 0;
  uint32_t Index = 0; ///< of the parameter; NoId: the object
  PlaceSteps Rest;
  bool IsList = false; ///< all arguments after the parameters
};

/// What a body returns, or has written behind a parameter when it returns.
struct FlowQuestion {
  BodyId Of = NoId;
  const FlowCallbacks::Given *Callbacks = nullptr; ///< that it is given with it
  FlowQuestion *InDoubt = nullptr; ///< asked by all who ask this; itself, where this is that
  /// A node that asked, by a call, and what a reader is told of entering it.
  struct Asker {
    uint32_t Node;
    FlowMark How; ///< at the call
    std::vector<uint32_t> Crossings;
  };
  /// Out of the body: from where a way arrived, for one that asked.
  struct Crossing {
    uint32_t Arrival, Asker;
    FlowEdge Edge;
  };
  std::vector<FlowEdge> Starts;
  std::vector<Asker> Askers;
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, uint32_t> AskerOf; ///< by node and call
  std::vector<FlowArrival> Arrivals;
  std::vector<Crossing> Crossings;
};

class FlowGraph {
public:
  uint32_t add(const FlowNode &N);
  const FlowNode &node(uint32_t N) const { return Nodes[N]; }
  FlowStep &step(uint32_t N) { return *Steps[N]; }
  size_t size() const { return Nodes.size(); }

  /// A crossing, or an edge (`Of` is null) of a node.
  struct Fresh {
    FlowQuestion *Of;
    uint32_t Number, From;
  };
  void cross(FlowQuestion &Q, FlowQuestion::Crossing C);
  /// From a node that may have been visited.
  void connect(uint32_t From, FlowEdge Edge);
  /// What joins nodes that may have been visited; each is told once.
  std::vector<Fresh> takeFresh() { return std::exchange(New, {}); }

  /// True once: now it is the caller's to fill.
  bool open(uint32_t N);

  const ObjectPath *name(ObjectPath M) { return &*Names.insert(std::move(M)).first; }
  const FlowLift *lift(const FlowLift *Inner, InstRef Call) {
    return &Lifts.try_emplace({Inner, Call}, FlowLift{Call, Inner}).first->second;
  }
  /// What the body returns (`M` null) or writes, and whether it was asked for the first time.
  /// `WasHere`: of who asks.
  std::pair<FlowQuestion *, bool> question(BodyId Of, const ObjectPath *M, const FlowLift *Out,
                                           const FlowCallbacks::Given *Callbacks, bool WasHere);
  /// All that is asked of the body with a doubt.
  FlowQuestion &inDoubt(BodyId Of);

private:
  static size_t hashOf(const FlowNode &N);
  void growSlots();
  struct HashOfName {
    size_t operator()(const ObjectPath &M) const;
  };
  std::vector<FlowNode> Nodes;
  std::vector<FlowStep *> Steps; ///< by node; null: nobody went on from there
  std::deque<FlowStep> Opened;
  std::vector<uint32_t> Slots; ///< nodes by their hash, NoId: free; the size is a power of two
  std::unordered_set<ObjectPath, HashOfName> Names;
  std::vector<Fresh> New;
  std::map<std::pair<const FlowLift *, InstRef>, FlowLift> Lifts;
  using AskedOf =
      std::tuple<BodyId, const ObjectPath *, const FlowLift *, const FlowCallbacks::Given *>;
  llvm::DenseMap<AskedOf, FlowQuestion *> Questions[2]; ///< by WasHere
  llvm::DenseMap<BodyId, FlowQuestion *> InDoubt;
  std::deque<FlowQuestion> Asked;
};

} // namespace assay

#endif
