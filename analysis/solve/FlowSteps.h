/// What lies one step behind a node of a flow: operands, memory and calls backwards, each node
/// asked once for all sites of a check (docs/engine.md, "Flow").
///
/// It judges nothing and follows no way to its end: FlowWalk does that. What a value is, is not
/// asked: Evaluator does that.
#ifndef ASSAY_ANALYSIS_SOLVE_FLOWSTEPS_H
#define ASSAY_ANALYSIS_SOLVE_FLOWSTEPS_H

#include "analysis/solve/FlowGraph.h"
#include "analysis/solve/FlowSources.h"
#include "analysis/solve/FlowTables.h"

namespace assay {

/// Over how much of the program's flows a walk goes.
enum class FlowExtent : uint8_t {
  All,  ///< also over what may be so
  Sure, ///< over what is so: all that a fault rests on
  /// ... as far as a way leads to the files that findings are asked for in, by calls alone: out of
  /// a body only to callers that control comes to from there, and to memory that is written
  /// wherever only behind them. What is found on such a way is not all of it: it says where all is
  /// to be asked.
  Near
};

class FlowSteps {
public:
  /// Doubts that no function of the program stands for.
  static constexpr EntityId OutsideCode = NoId - 1, TooDeep = FlowNames::TooDeep,
                            OtherName = NoId - 3, OverlaidPart = NoId - 4;

  FlowSteps(const FlowProperty &P, const Judging &J, FlowGraph &Graph, FlowExtent Extent)
      : P(P), J(J), Graph(Graph), Extent(Extent), Bodies(J.Flows.Bodies), Names(J.Flows.Names),
        Keepers(J.Flows.Keepers), Callbacks(J.Flows.Callbacks), Sources(P, J, Bodies) {}

  /// What an argument of the sink is; NoId: nothing that could hold a value.
  uint32_t start(InstRef Sink, Operand Held);
  const FlowStep &from(uint32_t N);
  /// The graph begins anew.
  void forget() {
    for (auto &Of : AskedFor)
      Of.clear();
  }
  const FlowNames &names() const { return Names; }
  const FlowSources &sources() const { return Sources; }

private:
  static bool hasDeref(llvm::ArrayRef<PlaceStep> Path) {
    return llvm::any_of(Path, [](const PlaceStep &S) { return S.Kind == StepKind::Deref; });
  }
  static constexpr uint32_t AtReturn = FlowNames::AtReturn;
  using Mark = FlowMark;
  using Node = FlowNode;
  using Path = llvm::ArrayRef<PlaceStep>;

  /// Memory, in one body.
  struct Asked {
    bool IsList = false;             ///< the arguments after the parameters
    bool IsAnywhere = false;         ///< not told apart in the body
    std::optional<std::string> Name; ///< of a source
    std::vector<uint32_t> Own;
    llvm::ArrayRef<uint32_t> Touching; ///< instructions that may say something of it
    bool isWalked() const { return !IsList && !IsAnywhere && !Name; }
    /// The last of them in [First, End); End: none.
    uint32_t lastIn(uint32_t First, uint32_t End) const;
  };

  const Node &me() const { return Graph.node(Now); }
  bool isHere(BodyId Body) const {
    return Extent == FlowExtent::Near && Body != NoId && J.Asked.here(Body);
  }
  const Body &body() const { return *J.Prog.body(me().Body).Data; }
  /// As the node that is asked calls it.
  const ObjectPath &named(const FlowNames::Touched &T) const {
    return me().Unsure ? T.Blunt : T.Name;
  }
  bool isUnsure() const { return me().Unsure || Doubting != NoId; }
  // FlowSteps.cpp: operands, and what is found
  void push(Node Next, Mark How);
  static Node at(Node Next, InstRef At, uint32_t Use);
  Node next(InstRef At, uint32_t Use) const { return at(me(), At, Use); }
  Node anyEntry(InstRef At) const;
  void value(Operand O, uint32_t At, uint32_t Use, Mark How = {});
  void memory(ObjectPath M, uint32_t At, uint32_t Use, Mark How = {});
  void valueIn(Node Next, Operand O, Mark How);
  void memoryIn(Node Next, ObjectPath M, Mark How);
  static bool isFar(const ObjectPath &M, bool Unsure);
  static bool isNarrow(llvm::StringRef Type);
  void visitValue();
  void visitTemp(uint32_t Temp);
  void visitPlace(uint32_t Row, uint32_t LoadedAt);
  bool isKeptNumber(BodyId Body, const Inst &Load) const;
  void writtenSince();
  void met(std::string Name, InstRef At, uint32_t Const = NoId);
  FlowGap &gap(std::string Why);
  void tooDeep(BodyId In);
  void inDoubt(EntityId Of, llvm::function_ref<void()> Ask);
  // FlowMemory.cpp: one body backwards
  const Asked &asked(const Node &N);
  void visitMemory();
  void backToEntry(const Asked &Of);
  void overAll(const Asked &Of);
  bool shared(FlowPart Part, uint32_t At, llvm::function_ref<bool()> Find);
  bool back(uint32_t Inst);
  bool backOverStore(uint32_t Inst);
  bool mayBeSameField(const ObjectPath &Written) const;
  bool storedUnder(uint32_t Store, const FlowNames::Touched &T);
  bool isSetIn(BodyId Body, const ObjectPath &M) const;
  bool copied(uint32_t Store, Path Rest);
  void atEntry();
  bool isArgumentList(const Node &N) const;
  // FlowAnywhere.cpp: every write of the program
  static std::optional<ObjectPath> nameAnywhere(const ObjectPath &M);
  void anywhere(Node Next, const ObjectPath &M);
  void visitAnywhere();
  EntityId overlaid(Path Written) const;
  void fromStore(InstRef Store, Path Rest);
  void fromHandedAddress(InstRef Call, EntityId Subject, Path Rest);
  void atCall(InstRef Call, ObjectPath M);
  void fromPointee();
  // FlowCalls.cpp: over calls
  Callees targets(InstRef Call, bool Matters);
  void result(uint32_t Call);
  void resultOf(uint32_t Call, EntityId Callee, Path Rest);
  bool backOverCall(uint32_t Call);
  bool doneBy(uint32_t Call);
  bool setsGlobal(InstRef Call) const;
  bool leftInGlobal(InstRef Call);
  bool behindArgument(InstRef Call, const FlowNames::Touched &T);
  void heldBy(InstRef Call, const FlowNames::Touched &T);
  void throughResult(uint32_t Call);
  bool writtenBy(InstRef Call, unsigned Arg, EntityId Callee, Path Rest, bool Whole);
  bool writtenByModel(InstRef Call, unsigned Arg, EntityId Callee, Path Rest, bool Whole);
  bool readsOnly(EntityId Callee, InstRef Call, unsigned Arg) const;
  void unmodelled(InstRef Call, unsigned Except, EntityId Callee);
  void fromBinds(InstRef Call, const FunctionModel &Row, llvm::ArrayRef<std::string> Binds,
                 Path Rest);
  static ArgRef numbered(ArgRef::Kind Where, unsigned Index);
  // FlowQuestions.cpp: into bodies, and out of them
  void ask(BodyId Callee, std::optional<ObjectPath> M, Mark How);
  bool enlist(FlowQuestion &Q, uint32_t Node, Mark How);
  void begin(BodyId Callee, FlowQuestion *Q, const std::optional<ObjectPath> &M, Mark How);
  uint32_t entered(FlowQuestion &Q, InstRef Call, FlowQuestion *In);
  FlowQuestion *blurred(FlowQuestion *In);
  void blur(Node &N);
  void fromReturns(Node Next, const std::optional<ObjectPath> &M);
  bool isLeftTo(BodyId Caller) const;
  void leave(const FlowArrival &Arrival);
  void leaveTo(const FlowArrival &Arrival, FlowQuestion &Q, uint32_t Asker);
  bool leaveBy(const FlowArrival &Arrival, Node Caller, InstRef Call, bool IsLift);
  void lift(const FlowArrival &Arrival);
  void outsideCallers(EntityId Function);
  void parameter(uint32_t Index, Path Rest);
  void given(Node Next, Operand O, Path Rest, Mark How);
  void partOf(Node Next, Operand O, Path Rest, Mark How);
  void handedAlong(Path Rest);
  void argumentList();

  const FlowProperty &P;
  const Judging &J;
  FlowGraph &Graph;
  const FlowExtent Extent;
  BodyTable &Bodies;
  FlowNames &Names;
  KeptPointers &Keepers;
  FlowCallbacks &Callbacks;
  FlowSources Sources;
  const bool TextsOnly = Sources.onlyTexts();
  /// By body and name, which is the graph's; in doubt or not.
  llvm::DenseMap<std::pair<const ObjectPath *, uint32_t>, std::unique_ptr<Asked>> AskedFor[2];
  uint32_t Now = NoId;                    ///< the node whose steps are found
  std::vector<FlowEdge> *Edges = nullptr; ///< where they go
  FlowGap Ignored;                        ///< of a node of which no gap counts
  EntityId Doubting = NoId;               ///< the function on whose account they are in doubt
};

} // namespace assay

#endif
