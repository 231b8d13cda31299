#include "analysis/solve/BackwardWalk.h"

#include "analysis/model/Rows.h"

using namespace assay;
using llvm::ArrayRef;

static constexpr unsigned MostSteps = 20000;
static constexpr unsigned FewVisits = 24, ManyVisits = 96; ///< of one block

BackwardWalk::Answer BackwardWalk::run(InstRef Site, std::optional<ObjectPath> Object) {
  Out = {};
  Budget = MostSteps;
  ++Asking;
  Roots.clear();
  Upkeeps.clear();
  Keeping.clear();
  Points.clear();
  WayPoint Start;
  Start.In = anyCallOf(Site.Body);
  Start.Block = P.Bodies[Site.Body].blockOf(Site.Inst);
  Start.Next = Site.Inst;
  Start.Facts.Object = std::move(Object);
  push(std::move(Start), nullptr);
  while (!Work.empty() && !Out.Open) {
    const WayPoint *W = Work.front();
    Work.pop_front();
    if (Budget-- == 0) {
      giveUp(Site, *W);
      break;
    }
    walk(*W);
  }
  close();
  return std::move(Out);
}

void BackwardWalk::walk(const WayPoint &From) {
  WayPoint W = From;
  W.Later = &From;
  W.Resume = nullptr;
  W.Note = WayNote::None;
  const Block &Data = *body(W.In).blocks()->Get(W.Block);
  for (uint32_t I = W.Next; I-- > Data.first_inst();)
    if (over(W, I) == Go::Stop)
      return;
  toPredecessors(W);
}

BackwardWalk::Go BackwardWalk::over(WayPoint &W, uint32_t I) {
  const Body &B = body(W.In);
  const Inst &In = *B.insts()->Get(I);
  const ObjectNames Names(P.Bodies, W.In->Body);
  switch (In.op()) {
  case Op::Store:
    noteSecondName(W, Names.place(In.a()), I);
    switch (backOverStore(W.Facts, I, B, Names)) {
    case StoreEffect::Kept:
      return Go::On;
    case StoreEffect::Changed:
      return end(W, WayNote::Changed, {W.In->Body, I});
    case StoreEffect::Impossible:
      return Go::Stop;
    }
    return Go::On;
  case Op::Call:
    return overCall(W, I);
  case Op::Select:
    return overSelect(W, I);
  case Op::Return:
    return overReturn(W, I);
  case Op::Load:
    if (auto It = By.find({W.In->Body, I}); It != By.end() && !W.Ended && foundSo(W, I, It->second))
      return Go::Stop;
    for (const NumberSet &S : W.Facts.take(I))
      if (!W.Facts.addPlace({Names.place(In.a()), S}))
        return Go::Stop;
    return Go::On;
  default:
    W.Facts.take(I);
    if (W.Facts.Object && W.Facts.Object->Base == BaseKind::Temp && W.Facts.Object->Index == I) {
      unsure(W, "its object comes from an operation that is not followed", {W.In->Body, I});
      return end(W, WayNote::Made, {W.In->Body, I});
    }
    return Go::On;
  }
}

bool BackwardWalk::foundSo(WayPoint &W, uint32_t I, const Satisfier &S) {
  const InstRef At{W.In->Body, I};
  const auto Wanted = NumberSet::of(*S.Site->Assignment->Tested);
  if (llvm::none_of(W.Facts.Temps, [&](const Test &T) { return T.Of == I && T.In.within(Wanted); }))
    return false;
  (W.In->Entered ? W.In->Rests : Out.Rests).insert(At);
  return true;
}

BackwardWalk::Go BackwardWalk::overSelect(WayPoint &W, uint32_t I) {
  const Body &B = body(W.In);
  const Inst &In = *B.insts()->Get(I);
  const bool OfObject =
      W.Facts.Object && W.Facts.Object->Base == BaseKind::Temp && W.Facts.Object->Index == I;
  const std::vector<NumberSet> Values = W.Facts.take(I);
  if (Values.empty() && !OfObject)
    return Go::On;
  for (bool First : {true, false}) {
    WayPoint Arm = W;
    const Operand Chosen(First ? In.b() : In.c());
    const NumberSet Zero = NumberSet::zero();
    bool Possible = Arm.Facts.add(testsOf(B, Operand(In.a()), First ? Zero.others() : Zero));
    for (const NumberSet &S : Values)
      Possible = Possible && Arm.Facts.add(testsOf(B, Chosen, S));
    if (OfObject) {
      auto Now = ObjectNames(P.Bodies, W.In->Body).behind(Chosen);
      if (!Now)
        continue; // null: there is no object on this way
      Arm.Facts.Object = Now->plus(ArrayRef(W.Facts.Object->Path).drop_front());
    }
    Arm.Next = I;
    Arm.LoopRun = NoId;
    if (Possible)
      push(std::move(Arm), W.Later);
  }
  return Go::Stop;
}

BackwardWalk::Go BackwardWalk::overReturn(WayPoint &W, uint32_t I) {
  const Body &B = body(W.In);
  const Operand Given(B.insts()->Get(I)->a());
  const ObjectNames Names(P.Bodies, W.In->Body);
  const auto IsOfResult = [](const ObjectPath &O) {
    return O.Base == BaseKind::Temp && O.Index == ObjectPath::Returned;
  };
  const auto Part = [&](const ObjectPath &O) {
    auto Now = O.isBehindPointer() ? Names.behind(Given) : wholeOf(Names, B, Given, I);
    if (Now)
      Now = Names.firstName(Now->plus(ArrayRef(O.Path).drop_front(O.isBehindPointer())));
    return Now;
  };
  if (W.Facts.Result) {
    const NumberSet Values = *W.Facts.Result;
    W.Facts.Result.reset();
    if (!W.Facts.add(testsOf(B, Given, Values)))
      return Go::Stop;
  }
  std::vector<PlaceFact> Old = std::exchange(W.Facts.Places, {});
  for (PlaceFact &F : Old) {
    const auto Now = IsOfResult(F.Of) ? Part(F.Of) : std::optional(F.Of);
    if (Now && !W.Facts.addPlace({*Now, std::move(F.In)}))
      return Go::Stop;
  }
  if (W.Facts.Object && IsOfResult(*W.Facts.Object)) {
    auto Now = Part(*W.Facts.Object);
    if (!Now && W.Facts.Object->isBehindPointer())
      return Go::Stop; // null: there is no object on this way
    if (!Now)
      return end(W, WayNote::Made, {W.In->Body, I});
    W.Facts.Object = std::move(*Now);
  }
  return Go::On;
}

void BackwardWalk::toPredecessors(const WayPoint &W) {
  if (W.Block == 0)
    return atEntry(W);
  const Body &B = body(W.In);
  const BodyFacts &F = P.Bodies[W.In->Body];
  // A loop that satisfies the site part by part is taken to run at least once.
  const llvm::BitVector *Loop = W.LoopRun == W.Block ? F.loopAt(W.Block) : nullptr;
  if (Loop && !satisfiedInLoop(*Loop, W.In))
    Loop = nullptr;
  std::set<uint32_t> Preds(F.predecessors(W.Block).begin(), F.predecessors(W.Block).end());
  for (uint32_t From : Preds) {
    const Block &Data = *B.blocks()->Get(From);
    if (Data.no_return() || (Loop && !Loop->test(From)))
      continue;
    for (uint32_t E = 0; E != Data.num_succs(); ++E) {
      if (B.succs()->Get(Data.first_succ() + E) != W.Block)
        continue;
      WayPoint N = W;
      const auto Tests = testsOnEdge(B, From, E);
      if (!N.Facts.add(Tests))
        continue;
      N.Block = From;
      N.Next = Data.first_inst() + Data.num_insts();
      N.LoopRun = endsLoop(From, E, W) ? From : NoId;
      N.Note = Data.num_succs() > 1 && !Tests->empty() ? WayNote::Branch : WayNote::None;
      N.NoteAt = {W.In->Body, N.Next - 1};
      if (E != 0 && !backOverThrow(N))
        continue;
      push(std::move(N), W.Later);
    }
  }
}

/// Only the false edge of the condition of a `while` or `for`, which itself does nothing: a loop
/// that is left in another way may not have come to its verification.
bool BackwardWalk::endsLoop(uint32_t Header, uint32_t Edge, const WayPoint &After) const {
  const llvm::BitVector *Loop = P.Bodies[After.In->Body].loopAt(Header);
  if (!Loop || Loop->test(After.Block) || Edge != 1)
    return false;
  const assay::Block &Data = *body(After.In).blocks()->Get(Header);
  const uint32_t Last = Data.first_inst() + Data.num_insts() - 1;
  return Data.num_insts() != 0 && body(After.In).insts()->Get(Last)->op() == Op::Branch &&
         !leadsToBy(Header, After.In);
}

bool BackwardWalk::satisfiedInLoop(const llvm::BitVector &Loop, const Activation *In) const {
  return llvm::any_of(Loop.set_bits(), [&](unsigned Block) { return leadsToBy(Block, In); });
}

bool BackwardWalk::leadsToBy(uint32_t Block, const Activation *In) const {
  const assay::Block &Data = *body(In).blocks()->Get(Block);
  for (uint32_t K = 0; K != Data.num_insts(); ++K) {
    const InstRef At{In->Body, Data.first_inst() + K};
    if (By.count(At))
      return true;
    if (P.Prog.inst(At).op() != Op::Call)
      continue;
    for (EntityId T : P.Prog.calleesOf(At).Targets)
      if (LeadsToBy.test(P.Prog.definitionOf(T)))
        return true;
  }
  return false;
}

/// Where the same block is met again and again with other conditions, the conditions go: first
/// those on memory that is shared, then all. That lets more ways through, so what is open then is a
/// doubt.
void BackwardWalk::widen(WayPoint &W) {
  unsigned &Visits = W.In->Visits[W.Block];
  if (++Visits <= FewVisits)
    return;
  auto IsShared = [](const PlaceFact &F) {
    return F.Of.Base != BaseKind::Local || !F.Of.Path.empty();
  };
  llvm::erase_if(W.Facts.Places,
                 [&](const PlaceFact &F) { return Visits > ManyVisits || IsShared(F); });
  if (Visits > ManyVisits)
    W.Facts.Temps.clear();
  unsure(W, "not every way that leads here could be followed by itself:",
         {W.In->Body, body(W.In).blocks()->Get(W.Block)->first_inst()});
}

void BackwardWalk::push(WayPoint W, const WayPoint *Later) {
  W.Later = Later;
  if (P.Only)
    P.Only->keepOnlyRelevant(W.Facts, W.In->Body);
  widen(W);
  WayPoint &Mine = keep(std::move(W));
  if (!Mine.In->Seen.insert(&Mine).second)
    return (Mine.In->Entered ? Kept : Points).pop_back();
  if (Mine.In->Entered && Mine.In->LastAsked != Asking)
    return Mine.In->Left.push_back(&Mine);
  // Whether one that ended is taken is settled first: it is the shortest.
  if (Mine.Ended)
    Work.push_front(&Mine);
  else
    Work.push_back(&Mine);
}

WayPoint &BackwardWalk::keep(WayPoint W) {
  std::deque<WayPoint> &To = W.In->Entered ? Kept : Points;
  To.push_back(std::move(W));
  return To.back();
}
