/// Where a value at a sink may have come from: a walk backwards over operands, memory and calls
/// until a source is met (docs/engine.md, "Flow").
///
/// On each way it stops at the nearest source; it judges nothing. What a value is, is
/// not asked: Evaluator does that.
#ifndef ASSAY_ANALYSIS_SOLVE_FLOWWALK_H
#define ASSAY_ANALYSIS_SOLVE_FLOWWALK_H

#include "analysis/solve/FlowSources.h"
#include "analysis/solve/KeptPointers.h"
#include "analysis/solve/ObjectPath.h"

#include <set>

namespace assay {

/// The call by which a body was entered; null: any.
struct FlowContext {
  InstRef Call;
  const FlowContext *Outer = nullptr;
  unsigned Depth = 0;
};

/// A step of a flow; no step: nothing that a reader need see.
struct FlowMark {
  std::optional<Trace::Kind> Step;
  InstRef At;
  uint32_t Arg = 0;
  bool Lifts = false; ///< Passed, to a body that any call may have entered
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
  static constexpr size_t MostNodes = 12000, MostCallers = 64, MostStores = 128, MostDepth = 16;

  using Mark = FlowMark;
  /// Either what an operand is (and points to at `Use`), or what memory holds before `At`.
  struct Node {
    BodyId Body = NoId;
    const FlowContext *In = nullptr;
    Operand What;
    std::optional<ObjectPath> Memory;
    uint32_t At = 0, Use = 0;
    uint32_t Towards = NoId; ///< the node that asked
    Mark How;
    EntityId Doubt = NoId; ///< on the way there is a function of which nothing is known
  };
  using Path = llvm::ArrayRef<PlaceStep>;

  // FlowWalk.cpp: operands, and what is found
  void value(uint32_t N, Operand O, uint32_t At, uint32_t Use, Mark How = {});
  void memory(uint32_t N, ObjectPath M, uint32_t At, uint32_t Use, Mark How = {});
  void valueIn(uint32_t N, InstRef At, const FlowContext *In, Operand O, uint32_t Use, Mark How);
  void memoryIn(uint32_t N, InstRef At, const FlowContext *In, ObjectPath M, uint32_t Use,
                Mark How);
  void push(Node Next);
  void visit(uint32_t N);
  void visitValue(uint32_t N);
  void visitTemp(uint32_t N, uint32_t Temp);
  bool isKeptNumber(BodyId Body, const Inst &Load) const;
  void writtenSince(uint32_t N, size_t FoundBefore);
  void visitPlace(uint32_t N, uint32_t Row, uint32_t LoadedAt);
  void found(uint32_t N, std::string Name, InstRef At);
  Answer answer(uint32_t N, const std::string &Name, InstRef At) const;
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
  // FlowCalls.cpp: over calls, into and out of bodies
  llvm::ArrayRef<EntityId> targets(InstRef Call, bool Matters);
  void result(uint32_t N, uint32_t Call);
  void resultOf(uint32_t N, uint32_t Call, EntityId Callee);
  bool backOverCall(uint32_t N, uint32_t Call);
  bool behindArgument(uint32_t N, InstRef Call, unsigned Arg, const ObjectPath &Named);
  void throughResult(uint32_t N, uint32_t Call);
  void fromReturn(uint32_t N, InstRef Return, const FlowContext *Within);
  bool writtenBy(uint32_t N, InstRef Call, unsigned Arg, EntityId Callee, Path Rest, bool Whole);
  bool writtenByModel(uint32_t N, InstRef Call, unsigned Arg, EntityId Callee, bool Whole);
  void unmodelled(uint32_t N, InstRef Call, unsigned Except, EntityId Callee);
  void fromBinds(uint32_t N, InstRef Call, const FunctionModel &Row,
                 llvm::ArrayRef<std::string> Binds, Trace::Kind How);
  const FlowContext *enter(uint32_t N, uint32_t Call);
  void lift(uint32_t N, llvm::function_ref<void(InstRef, bool)> To);
  bool parameter(uint32_t N, uint32_t Index, Path Rest);
  void given(uint32_t N, InstRef Call, const FlowContext *In, Operand O, Path Rest, Mark How);
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
  std::set<std::tuple<BodyId, const FlowContext *, uint32_t, std::optional<ObjectPath>, uint32_t,
                      uint32_t, EntityId>>
      Seen;
  std::deque<FlowContext> Contexts;
  std::map<std::pair<const FlowContext *, InstRef>, const FlowContext *> ContextOf;
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
