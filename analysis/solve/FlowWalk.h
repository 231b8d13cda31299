/// Where a value at a sink may have come from: a walk backwards over operands, memory and calls
/// until a source is met (docs/engine.md, "Flow").
///
/// On each way it stops at the nearest source; it judges nothing. What lies a step behind a node is
/// kept for the next sink of the same check.
#ifndef ASSAY_ANALYSIS_SOLVE_FLOWWALK_H
#define ASSAY_ANALYSIS_SOLVE_FLOWWALK_H

#include "analysis/solve/FlowSteps.h"

#include "llvm/ADT/BitVector.h"

namespace assay {

class FlowWalk {
public:
  struct Answer {
    std::string Source; ///< how it is called; empty: none was found
    InstRef SourceAt;
    uint32_t Text = NoId;     ///< the source is a text: the constant of that body
    std::vector<Trace> Way;   ///< from the source to the sink
    std::vector<InstRef> Out; ///< the calls by which the value came in through parameters, from the
                              ///< outermost; the first is where it can be mended
    unsigned OtherObjects = 0; ///< fields on the way that may be another object's
    std::string Doubt;         ///< without a source: what kept the walk from being complete ...
    EntityId Unknown = NoId;   ///< ... a function of which nothing is known
    InstRef Unresolved;        ///< ... a call
    BodyId Uncalled = NoId;    ///< ... a body whose callers are not seen
  };

  FlowWalk(const FlowProperty &P, const Judging &J, FlowExtent Extent)
      : J(J), Steps(P, J, Graph, Extent),
        MostWays(Extent == FlowExtent::Near ? SIZE_MAX : MostToldWays) {}

  /// Every source that is met, nearest first; none: one answer that says what was not followed.
  std::vector<Answer> run(InstRef Sink, Operand Held);
  /// The calls that ended a way of the last question, since what they give holds nothing any more.
  llvm::ArrayRef<FlowCleaning> cleanedBy() const { return Cleaned; }
  /// Arguments that a model's row means at this call.
  llvm::SmallVector<Operand, 4> arguments(InstRef Call, const ArgRef &Ref) const {
    return Steps.names().arguments(Call, Ref);
  }

private:
  /// Of one walk, without and with a doubt; and of the graph, which begins anew beyond.
  static constexpr size_t MostNodes = 3000, MostInDoubt = 150000, MostKept = 1000000;
  static constexpr size_t MostToldWays = 16;

  /// How this walk came to a node.
  struct Visit {
    uint32_t Walk = 0;     ///< the number of the walk that came here last
    uint32_t Order = 0;    ///< as how many-th
    uint32_t From = NoId;  ///< NoId: it begins here, or in the question that it is in
    uint32_t Asker = NoId; ///< of the question that was entered (From is NoId) or left
    EntityId Doubt = NoId;
    FlowMark How;
  };
  struct Met {
    uint32_t Node;
    const FlowSourceMet *Source;
  };
  bool isReached(uint32_t N) const { return N < Visits.size() && Visits[N].Walk == Walk; }
  void rememberHarmless();
  void reach(const FlowEdge &Edge, uint32_t From, uint32_t Asker, EntityId Doubt);
  void visit(uint32_t N);
  bool visitPart(uint32_t Part, uint32_t Of);
  void note(uint32_t N, const FlowStep &Step);
  void enter(uint32_t N, const FlowStep::Asked &A);
  void cross(const FlowQuestion &Q, llvm::ArrayRef<uint32_t> Numbers);
  std::vector<uint32_t> askers(const FlowQuestion &Q) const;
  void answers(const Met &Of, std::vector<Answer> &All) const;
  Answer answer(const Met &Of, llvm::ArrayRef<uint32_t> Askers) const;
  Answer none() const;

  const Judging &J;
  FlowGraph Graph;
  FlowSteps Steps;
  const size_t MostWays; ///< out of the sink's function, from one source
  uint32_t Walk = 0;
  std::vector<Visit> Visits;   ///< by node
  std::vector<uint32_t> Queue; ///< the nodes of this walk
  llvm::BitVector Harmless;    ///< nodes behind which no walk can meet a source
  size_t SureNodes = 0; ///< of them; with a doubt there are no more than the program has places
  std::vector<Met> Found;
  std::vector<FlowCleaning> Cleaned;
  std::optional<Met> FoundInDoubt;
  EntityId FirstDoubt = NoId; ///< of that
  std::optional<FlowGap> Gap;
};

} // namespace assay

#endif
