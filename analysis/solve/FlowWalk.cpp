#include "analysis/solve/FlowWalk.h"

#include "llvm/ADT/SmallPtrSet.h"

#include <set>

using namespace assay;

std::vector<FlowWalk::Answer> FlowWalk::run(InstRef Sink, Operand Held) {
  if (Graph.size() > MostKept) {
    Graph = {};
    Steps.forget();
    Visits.clear();
    Harmless.clear();
  }
  ++Walk;
  Queue.clear();
  SureNodes = 0;
  Found.clear();
  Cleaned.clear();
  FoundInDoubt.reset();
  Gap.reset();
  if (const uint32_t First = Steps.start(Sink, Held); First != NoId)
    reach({First, {}, NoId}, NoId, NoId, NoId);
  bool Complete = true;
  // Where there is no source to be met, one gap says all that can be said.
  for (size_t N = 0; N != Queue.size() && (!Gap || Steps.sources().any()); ++N) {
    if (Complete && (SureNodes > MostNodes || Queue.size() - SureNodes > MostInDoubt)) {
      Gap = FlowGap{"there are too many ways on which the value may come", {}, NoId};
      Complete = false;
    }
    if (SureNodes > MostNodes)
      break;
    // One source behind a doubt is all that is told of them. What is sure does not depend on them.
    if (!Graph.node(Queue[N]).Unsure || (Complete && !FoundInDoubt))
      visit(Queue[N]);
  }
  if (Complete && !FoundInDoubt && Cleaned.empty())
    rememberHarmless();
  std::vector<Answer> All;
  for (const Met &M : Found)
    answers(M, All);
  if (All.empty() || Gap)
    All.push_back(none());
  return All;
}

/// What lies behind memory that is written wherever is the same for every walk.
void FlowWalk::rememberHarmless() {
  Harmless.resize(Graph.size());
  for (const uint32_t N : Queue)
    if (Graph.node(N).Spread)
      Harmless.set(N);
}

void FlowWalk::reach(const FlowEdge &Edge, uint32_t From, uint32_t Asker, EntityId Doubt) {
  if (isReached(Edge.To) || (Edge.To < Harmless.size() && Harmless.test(Edge.To)))
    return;
  if (Visits.size() <= Edge.To)
    Visits.resize(Graph.size());
  Visits[Edge.To] = {Walk,  static_cast<uint32_t>(Queue.size()), From,
                     Asker, Doubt != NoId ? Doubt : Edge.Doubt,  Edge.How};
  Queue.push_back(Edge.To);
  SureNodes += !Graph.node(Edge.To).Unsure;
}

void FlowWalk::visit(uint32_t N) {
  const EntityId Doubt = Visits[N].Doubt;
  llvm::SmallVector<uint32_t, 16> Parts = {N};
  note(N, Steps.from(N));
  for (const FlowEdge &E : Graph.step(N).Edges)
    if (Graph.node(E.To).Part == FlowPart::All)
      reach(E, N, NoId, Doubt);
    else if (visitPart(E.To, N))
      Parts.push_back(E.To);
  for (const uint32_t Part : Parts) {
    for (const FlowStep::Asked &A : Graph.step(Part).Asks)
      enter(Part, A);
    if (const FlowStep &Step = Graph.step(Part); !Step.Crossings.empty())
      cross(*Graph.node(Part).In, Step.Crossings);
  }
  // Between nodes that were visited before.
  for (const FlowGraph::Fresh &F : Graph.takeFresh())
    if (F.Of)
      cross(*F.Of, F.Number);
    else if (isReached(F.From))
      reach(Graph.step(F.From).Edges[F.Number], F.From, NoId, Visits[F.From].Doubt);
}

/// What is shared counts as its user's own: it makes no way longer. False where this walk knows it.
bool FlowWalk::visitPart(uint32_t Part, uint32_t Of) {
  if (isReached(Part))
    return false;
  if (Visits.size() <= Part)
    Visits.resize(Graph.size());
  Visits[Part] = {Walk, Visits[Of].Order, Of, NoId, Visits[Of].Doubt, {}};
  note(Part, Graph.step(Part));
  for (const FlowEdge &E : Graph.step(Part).Edges)
    reach(E, Part, NoId, Visits[Part].Doubt);
  return true;
}

void FlowWalk::note(uint32_t N, const FlowStep &Step) {
  for (const FlowSourceMet &M : Step.Met) {
    const EntityId Doubt = Visits[N].Doubt != NoId ? Visits[N].Doubt : M.Doubt;
    if (Doubt == NoId)
      Found.push_back({N, &M});
    else if (!FoundInDoubt) {
      FoundInDoubt = {N, &M};
      FirstDoubt = Doubt;
    }
  }
  if (!Gap && !Step.Gaps.empty())
    Gap = Step.Gaps.front();
  llvm::append_range(Cleaned, Step.Cleaned);
}

void FlowWalk::enter(uint32_t N, const FlowStep::Asked &A) {
  for (const FlowEdge &E : A.Of->Starts)
    reach(E, NoId, A.Asker, Visits[N].Doubt);
  cross(*A.Of, A.Of->Askers[A.Asker].Crossings);
}

/// Only who asked is answered. The order is this walk's own, whoever asked before in others.
void FlowWalk::cross(const FlowQuestion &Q, llvm::ArrayRef<uint32_t> Numbers) {
  using Crossing = FlowQuestion::Crossing;
  std::vector<const Crossing *> Open;
  for (const uint32_t N : Numbers)
    if (const Crossing &C = Q.Crossings[N];
        isReached(C.Arrival) && isReached(Q.Askers[C.Asker].Node) && !isReached(C.Edge.To))
      Open.push_back(&C);
  const auto Order = [&](const Crossing *C) {
    return std::pair(Visits[C->Arrival].Order, Visits[Q.Askers[C->Asker].Node].Order);
  };
  llvm::stable_sort(Open,
                    [&](const Crossing *A, const Crossing *B) { return Order(A) < Order(B); });
  for (const Crossing *C : Open)
    reach(C->Edge, C->Arrival, C->Asker, Visits[C->Arrival].Doubt);
}

/// Those of this walk, in its order.
std::vector<uint32_t> FlowWalk::askers(const FlowQuestion &Q) const {
  std::vector<uint32_t> Mine;
  for (uint32_t A = 0; A != Q.Askers.size(); ++A)
    if (isReached(Q.Askers[A].Node))
      Mine.push_back(A);
  llvm::stable_sort(Mine, [&](uint32_t A, uint32_t B) {
    return Visits[Q.Askers[A].Node].Order < Visits[Q.Askers[B].Node].Order;
  });
  return Mine;
}

FlowWalk::Answer FlowWalk::none() const {
  Answer A;
  if (!FoundInDoubt) {
    if (Gap) {
      A.Doubt = Gap->Why;
      A.Unresolved = Gap->Unresolved;
      A.Uncalled = Gap->Uncalled;
    }
    return A;
  }
  const std::string &Name = FoundInDoubt->Source->Name;
  if (FirstDoubt == FlowSteps::TooDeep) {
    A.Doubt = "'" + Name + "' may come by a place of too many steps";
    return A;
  }
  if (FirstDoubt == FlowSteps::OtherName) {
    A.Doubt =
        "'" + Name + "' is stored to the same field behind another pointer, which may be the same";
    return A;
  }
  if (FirstDoubt == FlowSteps::OverlaidPart) {
    A.Doubt = "'" + Name + "' is part of a structure that is laid on the same array elsewhere";
    return A;
  }
  const bool IsOutside = FirstDoubt == FlowSteps::OutsideCode;
  A.Unknown = IsOutside ? NoId : FirstDoubt;
  A.Doubt = (IsOutside ? "code outside the program that is called through a pointer takes '"
                       : J.Words.name(FirstDoubt) +
                             "(), which is not in the program and has no model for this, takes '") +
            Name + "'; what it gives may hold it";
  return A;
}

/// One answer for each node outside of questions that the source answers, as each may have come out
/// of the sink's function by calls of its own.
void FlowWalk::answers(const Met &Of, std::vector<Answer> &All) const {
  std::vector<std::pair<const FlowQuestion *, std::vector<uint32_t>>> Asked;
  llvm::SmallPtrSet<const FlowQuestion *, 8> Seen;
  std::set<std::vector<InstRef>> Outs;
  const size_t First = All.size();
  const auto Add = [&](std::vector<uint32_t> Askers) {
    Answer A = answer(Of, Askers);
    if (All.size() - First < MostWays && Outs.insert(A.Out).second)
      All.push_back(std::move(A));
  };
  if (!Graph.node(Of.Node).In)
    return Add({});
  Asked.push_back({Graph.node(Of.Node).In, {}});
  for (size_t Q = 0; Q != Asked.size(); ++Q) {
    const auto [Question, Way] = Asked[Q];
    if (!Seen.insert(Question).second)
      continue;
    for (const uint32_t A : askers(*Question)) {
      std::vector<uint32_t> Further = Way;
      Further.push_back(A);
      if (const FlowQuestion *Outer = Graph.node(Question->Askers[A].Node).In)
        Asked.push_back({Outer, std::move(Further)});
      else
        Add(std::move(Further));
    }
  }
}

/// The steps from the source to the sink. `Askers`: by whom each question is left that was not
/// entered from further in, the innermost first.
FlowWalk::Answer FlowWalk::answer(const Met &Of, llvm::ArrayRef<uint32_t> Askers) const {
  Answer A;
  A.Source = Of.Source->Name;
  A.SourceAt = Of.Source->At;
  A.Text = Of.Source->Const;
  std::vector<uint32_t> Entered; // askers of the questions that the way has gone into
  size_t Left = 0;
  const auto Tell = [&](const FlowMark &M) {
    if (M.Step)
      A.Way.push_back({*M.Step, M.At, M.Arg, nullptr});
    if (M.Lifts)
      A.Out.push_back(M.At);
  };
  for (uint32_t N = Of.Node; N != NoId;) {
    const Visit &V = Visits[N];
    const FlowQuestion *In = Graph.node(N).In;
    A.OtherObjects += Graph.node(N).Body == NoId && Graph.node(N).Memory->Base == BaseKind::Unknown;
    Tell(V.How);
    if (V.From != NoId && V.Asker != NoId)
      Entered.push_back(V.Asker);
    N = V.From;
    if (N != NoId || !In)
      continue;
    uint32_t By = V.Asker;
    if (!Entered.empty()) {
      By = Entered.back();
      Entered.pop_back();
    } else if (Left != Askers.size())
      By = Askers[Left++];
    Tell(In->Askers[By].How);
    N = In->Askers[By].Node;
  }
  return A;
}
