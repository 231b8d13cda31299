#include "analysis/solve/BackwardWalk.h"

#include "analysis/model/Rows.h"

using namespace assay;
using llvm::ArrayRef;

static constexpr unsigned MostSteps = 20000;
static constexpr unsigned FewVisits = 24, ManyVisits = 96; ///< of one block

BackwardWalk::Answer BackwardWalk::run(InstRef Site, std::optional<ObjectPath> Object) {
  Out = {};
  Budget = MostSteps;
  OfObject = Object.has_value();
  WayPoint Start;
  Start.In = enter(Site.Body, nullptr, 0);
  Start.Block = P.Bodies[Site.Body].blockOf(Site.Inst);
  Start.Next = Site.Inst;
  Start.Facts.Object = std::move(Object);
  push(std::move(Start), nullptr);
  while (!Work.empty() && !Out.Open) {
    const WayPoint *W = Work.front();
    Work.pop_front();
    if (Budget-- == 0) {
      Out.Exhausted = !Out.Doubt;
      doubt("more ways lead here than one question may follow", Site, W);
      break;
    }
    walk(*W);
  }
  return std::move(Out);
}

void BackwardWalk::walk(const WayPoint &From) {
  WayPoint W = From;
  W.Later = &From;
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
    if (const ObjectPath To = Names.place(In.a()); !To.Path.empty())
      noteSecondName(W, To, I);
    switch (backOverStore(W.Facts, In, B, Names)) {
    case StoreEffect::Kept:
      return Go::On;
    case StoreEffect::Changed:
      open(W, WayNote::Changed, {W.In->Body, I});
      return Go::Stop;
    case StoreEffect::Impossible:
      return Go::Stop;
    }
    return Go::On;
  case Op::Call:
    return overCall(W, I);
  case Op::Select:
    return overSelect(W, I);
  case Op::Return:
    return overReturn(W, In);
  case Op::Load:
    for (const NumberSet &S : W.Facts.take(I))
      if (!W.Facts.addPlace({Names.place(In.a()), S}))
        return Go::Stop;
    return Go::On;
  default:
    W.Facts.take(I);
    if (W.Facts.Object && W.Facts.Object->Base == BaseKind::Temp && W.Facts.Object->Index == I) {
      W.Doubt = "its object comes from an operation that is not followed";
      W.DoubtAt = {W.In->Body, I};
      open(W, WayNote::Made, W.DoubtAt);
      return Go::Stop;
    }
    return Go::On;
  }
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

BackwardWalk::Go BackwardWalk::overReturn(WayPoint &W, const Inst &In) {
  if (W.Facts.Result) {
    const NumberSet Values = *W.Facts.Result;
    W.Facts.Result.reset();
    if (!W.Facts.add(testsOf(body(W.In), Operand(In.a()), Values)))
      return Go::Stop;
  }
  if (W.Facts.Object && W.Facts.Object->Base == BaseKind::Temp &&
      W.Facts.Object->Index == ObjectPath::Returned) {
    auto Now = ObjectNames(P.Bodies, W.In->Body).behind(Operand(In.a()));
    if (!Now)
      return Go::Stop; // null: there is no object on this way
    W.Facts.Object = Now->plus(ArrayRef(W.Facts.Object->Path).drop_front());
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

void BackwardWalk::atEntry(const WayPoint &W) {
  if (W.In->Caller)
    backToCaller(W);
  else
    lift(W);
}

void BackwardWalk::backToCaller(const WayPoint &W) {
  const InstRef Call{W.In->Caller->Body, W.In->CallInst};
  Carried Up = toCaller(W.Facts, W.Kept.back(), {P.Bodies, Call, W.In->Body});
  if (Up.Impossible)
    return;
  if (Up.Lost)
    return open(W, WayNote::Made, {W.In->Body, 0});
  WayPoint N = W;
  N.In = W.In->Caller;
  N.Block = P.Bodies[Call.Body].blockOf(Call.Inst);
  N.Next = Call.Inst;
  N.Facts = std::move(Up.Facts);
  N.Kept.pop_back();
  N.Note = WayNote::Enter;
  N.NoteAt = Call;
  push(std::move(N), W.Later);
}

bool BackwardWalk::reaches(const Callees &To, EntityId Function) const {
  return llvm::any_of(To.Targets, [&](EntityId T) {
    return P.Prog.definitionOf(T) == P.Prog.definitionOf(Function);
  });
}

void BackwardWalk::lift(const WayPoint &W) {
  const EntityId Function = P.Prog.body(W.In->Body).Entity;
  bool Any = false;
  for (const InstRef &Call : P.Prog.callersOf(Function)) {
    const Callees To = targetsOf(Call);
    if (P.Roles.isOutOfScope(Call.Body) || !reaches(To, Function))
      continue;
    Any = true;
    Carried Up = toCaller(W.Facts, {}, {P.Bodies, Call, W.In->Body});
    if (Up.Impossible)
      continue;
    if (Up.Lost) {
      open(W, WayNote::Made, {W.In->Body, 0});
      continue;
    }
    WayPoint N = W;
    N.In = enter(Call.Body, nullptr, 0);
    N.Block = P.Bodies[Call.Body].blockOf(Call.Inst);
    N.Next = Call.Inst;
    N.Facts = std::move(Up.Facts);
    N.Note = WayNote::Lift;
    N.NoteAt = Call;
    if (!To.Complete && !N.Doubt) {
      N.Doubt = "which function this call reaches is not known:";
      N.DoubtAt = Call;
    }
    push(std::move(N), W.Later);
  }
  if (!Any && P.Prog.mayBeCalledElsewhere(Function))
    return doubt("its callers are in units that are not here:", {W.In->Body, NoId}, &W);
  if (!Any)
    return atProgramEntry(W);
  if (P.Prog.mayHaveUnknownCallers(Function))
    doubt("it may also be reached from outside the program, through", {W.In->Body, NoId}, &W);
}

void BackwardWalk::open(WayPoint W, WayNote Note, InstRef At) {
  W.Note = Note;
  W.NoteAt = At;
  Points.push_back(std::move(W));
  const WayPoint *Mine = &Points.back();
  if (!Mine->Doubt) {
    Out.Open = Mine;
    return;
  }
  doubt(Mine->Doubt, Mine->DoubtAt, Mine);
}

void BackwardWalk::doubt(const char *Why, InstRef At, const WayPoint *W) {
  if (Out.Doubt)
    return;
  Out.Doubt = Why;
  Out.DoubtAt = At;
  Out.Doubtful = W;
}

/// Where the same block is met again and again with other conditions, the conditions go: first
/// those on memory that is shared, then all. That lets more ways through, so what is open then is a
/// doubt.
void BackwardWalk::widen(WayPoint &W) {
  unsigned &Visits = Met[{W.In, W.Block}];
  if (++Visits <= FewVisits)
    return;
  auto IsShared = [](const PlaceFact &F) {
    return F.Of.Base != BaseKind::Local || !F.Of.Path.empty();
  };
  llvm::erase_if(W.Facts.Places,
                 [&](const PlaceFact &F) { return Visits > ManyVisits || IsShared(F); });
  if (Visits > ManyVisits)
    W.Facts.Temps.clear();
  if (!W.Doubt) {
    W.Doubt = "not every way that leads here could be followed by itself:";
    W.DoubtAt = {W.In->Body, P.Prog.body(W.In->Body).Data->blocks()->Get(W.Block)->first_inst()};
  }
}

void BackwardWalk::push(WayPoint W, const WayPoint *Later) {
  W.Later = Later;
  if (P.Only)
    P.Only->keepOnlyRelevant(W.Facts, W.In->Body);
  widen(W);
  if (!Seen.insert({W.In, W.Block, W.Next, W.Facts, W.Kept, W.LoopRun, W.Doubt != nullptr,
                    W.Risk != nullptr})
           .second)
    return;
  Points.push_back(std::move(W));
  Work.push_back(&Points.back());
}

const Activation *BackwardWalk::enter(BodyId B, const Activation *Caller, uint32_t Call) {
  auto [It, New] = Interned.try_emplace({B, Caller, Call}, nullptr);
  if (New) {
    Activations.push_back({B, Caller, Call, Caller ? Caller->Depth + 1 : 0});
    It->second = &Activations.back();
  }
  return It->second;
}
