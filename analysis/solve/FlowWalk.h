/// Where a value at a sink may have come from: a walk backwards over operands, memory and calls
/// until a source is met (docs/engine.md, "Flow").
///
/// On each way it stops at the nearest source; it judges nothing. What a value is, is
/// not asked: Evaluator does that. What a function gives or writes is asked once for all calls that
/// ask the same; each call takes the answer by its own arguments.
#ifndef ASSAY_ANALYSIS_SOLVE_FLOWWALK_H
#define ASSAY_ANALYSIS_SOLVE_FLOWWALK_H

#include "analysis/solve/FlowSources.h"
#include "analysis/solve/KeptPointers.h"
#include "analysis/solve/ObjectPath.h"

#include <set>

namespace assay {

/// The calls by which a value came out of the sink's function, the innermost last; null: none.
struct FlowLift {
  InstRef Call;
  const FlowLift *Inner = nullptr;
};

/// A step of a flow; no step: nothing that a reader need see.
struct FlowMark {
  std::optional<Trace::Kind> Step;
  InstRef At;
  uint32_t Arg = 0;
  bool Lifts = false; ///< Passed, to a body that any call may have entered
};

/// Where a way inside a body comes to what its caller gives.
struct FlowArrival {
  uint32_t Node = 0;
  uint32_t Index = 0; ///< of the parameter; NoId: the object
  std::vector<PlaceStep> Rest;
  bool IsList = false; ///< all arguments after the parameters
};

/// What a body returns, or has written behind a parameter when it returns.
struct FlowQuestion {
  /// A node that asked, by a call, and what a reader is told of entering it.
  struct Asker {
    uint32_t Node;
    FlowMark How;
    InstRef Call;
  };
  std::vector<Asker> Askers;
  std::vector<FlowArrival> Arrivals;
};

class FlowWalk {
public:
  struct Answer {
    std::string Source; ///< how it is called; empty: none was found
    InstRef SourceAt;
    std::vector<Trace> Way;   ///< from the source to the sink
    std::vector<InstRef> Out; ///< the calls by which the value came in through parameters, from the
                              ///< outermost; the first is where it can be mended
    std::string Doubt;        ///< without a source: what kept the walk from being complete ...
    EntityId Unknown = NoId;  ///< ... a function of which nothing is known
    InstRef Unresolved;       ///< ... a call
    BodyId Uncalled = NoId;   ///< ... a body whose callers are not seen
  };

  FlowWalk(const FlowProperty &P, const Judging &J, BodyTable &Bodies)
      : P(P), J(J), Bodies(Bodies), Sources(P, J, Bodies), Keepers(Bodies) {}

  /// Every source that is met, nearest first; none: one answer that says what was not followed.
  std::vector<Answer> run(InstRef Sink, llvm::ArrayRef<Operand> Held);
  /// The calls that ended a way of the last question, since what they give holds nothing any more.
  struct Cleaning {
    InstRef Call;
    const FunctionModel *Row;
  };
  const std::vector<Cleaning> &cleanedBy() const { return Cleaned; }

  /// Arguments that a model's row means at this call.
  llvm::SmallVector<Operand, 4> arguments(InstRef Call, const ArgRef &Ref) const;

private:
  static constexpr uint32_t AtReturn = ~0u;
  static constexpr size_t MostNodes = 12000, MostWays = 16;
  /// Doubts that no function of the program stands for.
  static constexpr EntityId OutsideCode = NoId - 1, TooDeep = NoId - 2;

  using Mark = FlowMark;
  /// Either what an operand is (and points to at `Use`), or what memory holds before `At`.
  struct Node {
    BodyId Body = NoId;
    FlowQuestion *In = nullptr;    ///< what the body was entered for; null: by any call
    const FlowLift *Out = nullptr; ///< kept where it decides
    Operand What;
    std::optional<ObjectPath> Memory;
    uint32_t At = 0, Use = 0;
    uint32_t Towards = NoId; ///< the node that asked; NoId: whoever asked the question
    Mark How;
    uint32_t Asker = NoId; ///< of the question that was left by this step
    EntityId Doubt = NoId; ///< on the way there is a function of which nothing is known
  };
  using Path = llvm::ArrayRef<PlaceStep>;

  // FlowWalk.cpp: operands, and what is found
  void value(uint32_t N, Operand O, uint32_t At, uint32_t Use, Mark How = {});
  void memory(uint32_t N, ObjectPath M, uint32_t At, uint32_t Use, Mark How = {});
  Node next(uint32_t N, InstRef At, uint32_t Use, Mark How) const;
  Node anyEntry(uint32_t N, InstRef At, Mark How) const;
  void valueIn(Node Next, Operand O);
  void memoryIn(Node Next, ObjectPath M);
  void push(Node Next);
  void visit(uint32_t N);
  void visitValue(uint32_t N);
  void visitTemp(uint32_t N, uint32_t Temp);
  bool isKeptNumber(BodyId Body, const Inst &Load) const;
  void writtenSince(uint32_t N, size_t FoundBefore);
  void visitPlace(uint32_t N, uint32_t Row, uint32_t LoadedAt);
  void found(uint32_t N, std::string Name, InstRef At);
  void answers(uint32_t N, const std::string &Name, InstRef At, std::vector<Answer> &All) const;
  Answer answer(uint32_t N, llvm::ArrayRef<uint32_t> Askers, const std::string &Name,
                InstRef At) const;
  Answer none() const;
  Answer &unfollowed(std::string Why) {
    Unfollowed = {};
    Unfollowed.Doubt = std::move(Why);
    return Unfollowed;
  }
  ObjectPath normal(BodyId Body, ObjectPath M);
  std::optional<ObjectPath> behind(BodyId Body, Operand O);
  const Body &body(uint32_t N) const { return *J.Prog.body(Nodes[N].Body).Data; }
  // FlowMemory.cpp: one body backwards
  void visitMemory(uint32_t N);
  bool back(uint32_t N, uint32_t Inst);
  bool backOverStore(uint32_t N, uint32_t Inst);
  bool copied(uint32_t N, uint32_t Store, Path Rest);
  void atEntry(uint32_t N);
  void fromEverywhere(uint32_t N);
  void fromStore(uint32_t N, InstRef Store, Path Rest);
  void fromHandedAddress(uint32_t N, InstRef Call, EntityId Subject, Path Rest);
  void atCall(uint32_t N, InstRef Call, ObjectPath M);
  void fromPointee(uint32_t N);
  bool isArgumentList(uint32_t N) const;
  bool storedUnder(uint32_t N, uint32_t Store, const ObjectPath &Raw);
  void inDoubt(uint32_t N, EntityId Of, llvm::function_ref<void()> Ask);
  // FlowAliases.cpp: other names of what a pointer leads to
  struct Alias {
    ObjectPath Name;
    EntityId Doubt = NoId; ///< a function of which nothing is known returned it
    uint32_t At = 0;
  };
  const std::vector<Alias> &aliases(InstRef At, const ObjectPath &Named);
  std::vector<Alias> findAliases(InstRef At, const ObjectPath &Named);
  bool mayHaveAliases(BodyId In, const ObjectPath &Named) const;
  const std::vector<Alias> &aliasesOfResult(InstRef Call);
  const std::vector<InstRef> &usesBehind(EntityId Global);
  std::optional<EntityId> pointerOf(BodyId In, Operand O) const;
  void ofVariable(BodyId In, const Alias &From, std::vector<Alias> &To);
  void ofTemp(BodyId In, const Alias &From, std::vector<Alias> &To);
  void ofResult(InstRef Call, EntityId Callee, const Alias &From, std::vector<Alias> &To);
  void ofOperand(BodyId In, Operand O, uint32_t At, const Alias &From, std::vector<Alias> &To);
  // FlowCalls.cpp: over calls
  Callees targets(InstRef Call, bool Matters);
  void result(uint32_t N, uint32_t Call);
  void resultOf(uint32_t N, uint32_t Call, EntityId Callee);
  bool backOverCall(uint32_t N, uint32_t Call);
  bool behindArgument(uint32_t N, InstRef Call, unsigned Arg, const ObjectPath &Named);
  void throughResult(uint32_t N, uint32_t Call);
  bool writtenBy(uint32_t N, InstRef Call, unsigned Arg, EntityId Callee, Path Rest, bool Whole);
  bool writtenByModel(uint32_t N, InstRef Call, unsigned Arg, EntityId Callee, bool Whole);
  void unmodelled(uint32_t N, InstRef Call, unsigned Except, EntityId Callee);
  void fromBinds(uint32_t N, InstRef Call, const FunctionModel &Row,
                 llvm::ArrayRef<std::string> Binds, Trace::Kind How);
  static ArgRef numbered(ArgRef::Kind Where, unsigned Index);
  // FlowQuestions.cpp: into bodies, and out of them
  void ask(uint32_t N, BodyId Callee, std::optional<ObjectPath> M, Mark How);
  void fromReturns(Node Next, const std::optional<ObjectPath> &M);
  void leave(const FlowArrival &Arrival);
  void leaveTo(const FlowArrival &Arrival, const FlowQuestion &Q, uint32_t Asker);
  void leaveBy(const FlowArrival &Arrival, Node Caller, InstRef Call, bool IsLift);
  void lift(const FlowArrival &Arrival);
  void outsideCallers(uint32_t N, EntityId Function);
  void parameter(uint32_t N, uint32_t Index, Path Rest);
  void given(Node Next, Operand O, Path Rest);
  void handedAlong(uint32_t N, Path Rest);
  void argumentList(uint32_t N);
  bool readsOnly(EntityId Callee, InstRef Call, unsigned Arg) const;

  const FlowProperty &P;
  const Judging &J;
  BodyTable &Bodies;
  FlowSources Sources;
  KeptPointers Keepers;
  const bool TextsOnly = Sources.onlyTexts();
  std::vector<Node> Nodes;
  /// Whether it was met without a doubt; with one it tells nothing more then.
  std::map<std::tuple<BodyId, const FlowQuestion *, const FlowLift *, uint32_t,
                      std::optional<ObjectPath>, uint32_t, uint32_t>,
           bool>
      Seen;
  std::map<std::tuple<BodyId, std::optional<ObjectPath>, bool, const FlowLift *>, FlowQuestion>
      Questions;
  std::map<std::pair<const FlowLift *, InstRef>, FlowLift> Lifts;
  struct Met {
    uint32_t At;
    std::string Name;
    InstRef Place;
  };
  std::vector<Met> Found;
  std::vector<Cleaning> Cleaned;
  std::map<std::pair<InstRef, ObjectPath>, std::vector<Alias>> KnownAliases;
  /// By global pointer: stores through it, and calls that are handed it. Filled at first use.
  std::optional<std::map<EntityId, std::vector<InstRef>>> BehindGlobals;
  std::optional<Met> FoundInDoubt;
  Answer Unfollowed; ///< its Doubt, and what that is about
};

} // namespace assay

#endif
