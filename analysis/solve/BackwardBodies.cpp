// BackwardWalk between bodies: into a callee and back, from an entry to all callers, and what a
// flag in memory says where the program begins.
#include "analysis/model/Rows.h"
#include "analysis/solve/BackwardWalk.h"

using namespace assay;

/// So many questions of one body are asked for a site with all their conditions.
static constexpr unsigned MostQuestions = 96;

/// Instructions of a body that is entered only for what its result says.
static constexpr size_t MostOfReader = 32;

/// Where a question begins that is asked after the object's end.
static const WayPoint EndedBefore;

bool BackwardWalk::descend(WayPoint &W, uint32_t I, EntityId Callee) {
  const llvm::ArrayRef<BodyId> Bodies = P.Prog.bodiesOf(Callee);
  std::vector<Carried> Down;
  for (BodyId B : Bodies) {
    Down.push_back(toCallee(W.Facts, {P.Bodies, {W.In->Body, I}, B}));
    if (rowCount(P.Prog.body(B).Data->blocks()) == 0)
      return false;
    const bool Tells = Down.back().Facts.Result && onlyReads(B);
    if (!Tells && !wantsToEnter(W, I, Callee, Down.back()))
      return false;
  }
  for (size_t K = 0; K != Bodies.size(); ++K) {
    // What it may write under another name is not known any more.
    llvm::erase_if(Down[K].Kept.Places,
                   [&](const PlaceFact &F) { return mayWriteOf(Callee, F.Of); });
    enter(W, I, Bodies[K], std::move(Down[K]));
  }
  return !Bodies.empty();
}

/// `bool ok() const { return Ok; }`: what is known of its result is known of what it reads.
bool BackwardWalk::onlyReads(BodyId Id) const {
  const Body &B = *P.Prog.body(Id).Data;
  auto ChangesMore = [&](const Inst &I) {
    return I.op() == Op::Call ||
           (I.op() == Op::Store && B.places()->Get(I.a())->kind() != BaseKind::Local);
  };
  return rowCount(B.insts()) <= MostOfReader && llvm::none_of(rows(B.insts()), ChangesMore);
}

bool BackwardWalk::wantsToEnter(WayPoint &W, uint32_t I, EntityId Callee, const Carried &Down) {
  const bool Leads = LeadsToBy.test(P.Prog.definitionOf(Callee));
  if (!W.Facts.Object)
    return Leads;
  if (Down.Lost) {
    if (Leads && mayBeHanded(W, I))
      unsure(W, "this may be done on another object:", {W.In->Body, I});
    return Leads;
  }
  const ObjectPath &O = *Down.Facts.Object;
  const bool MayLead = Leads || P.LeadsAstray.test(P.Prog.definitionOf(Callee));
  if (!MayLead && O.Index != ObjectPath::Returned && !mayChange(Callee, O))
    return false;
  if (O.Path.size() <= LongestPath)
    return true;
  unsure(W, "the object lies deeper in a structure than is followed:", {W.In->Body, I});
  return false;
}

/// Some argument may lead to the object, under another name.
bool BackwardWalk::mayBeHanded(const WayPoint &W, uint32_t I) {
  const Inst &Call = P.Prog.inst({W.In->Body, I});
  const ObjectNames Names(P.Bodies, W.In->Body);
  for (unsigned A = 0; A != Call.c(); ++A)
    if (auto Behind = Names.behind(Operand(body(W.In).args()->Get(Call.b() + A))))
      if (!Behind->Path.empty() && P.Names.mayMeet(W.In->Body, *Behind, *W.Facts.Object))
        return true;
  return false;
}

void BackwardWalk::enter(const WayPoint &W, uint32_t I, BodyId B, Carried Down) {
  Question Q{B,
             Tables.of({W.In->Body, I}, B, W.In->To),
             std::move(Down.Facts),
             W.Ended != nullptr,
             W.Doubt,
             W.Risk};
  if (P.Only)
    P.Only->keepOnlyRelevant(Q.Facts, B);
  if (Questions[B] >= MostQuestions) {
    WayPoint Wider;
    Wider.Facts.Object = std::move(Q.Facts.Object);
    Wider.Doubt = Q.Doubt;
    unsure(Wider, "not every way that leads here could be followed by itself:", {W.In->Body, I});
    Q.Facts = std::move(Wider.Facts);
    Q.Doubt = W.Ended ? W.Doubt : Wider.Doubt;
  }
  auto [It, New] = Entered.try_emplace(std::move(Q));
  Activation &F = It->second;
  F.Body = B;
  F.To = It->first.To;
  F.Entered = true;
  activate(F);
  if (W.In->Entered && !llvm::is_contained(W.In->Inside, &F))
    W.In->Inside.push_back(&F);
  const Waiter Mine{W, std::move(Down.Kept), I};
  (W.In->Entered ? F.Waiting : F.WaitingNow).push_back(Mine);
  for (size_t K = 0; K != F.Arrived.size(); ++K)
    resume(Mine, *F.Arrived[K]);
  if (!New)
    return;
  WayPoint Start = endOf(F, body(&F));
  Start.Facts = It->first.Facts;
  Start.Doubt = It->first.Doubt;
  Start.Risk = It->first.Risk;
  Start.Ended = It->first.Ended ? &EndedBefore : nullptr;
  push(std::move(Start), nullptr);
}

/// It is asked for this site, with all that it waits for.
void BackwardWalk::activate(Activation &First) {
  llvm::SmallVector<Activation *, 16> Next = {&First};
  while (!Next.empty()) {
    Activation &F = *Next.pop_back_val();
    if (F.LastAsked == Asking)
      continue;
    F.LastAsked = Asking;
    ++Questions[F.Body];
    Asked.push_back(&F);
    Work.insert(Work.end(), F.Left.begin(), F.Left.end());
    F.Left.clear();
    Next.append(F.Inside.rbegin(), F.Inside.rend());
  }
}

void BackwardWalk::resume(const Waiter &To, const WayPoint &Arrived) {
  const InstRef Call{To.After.In->Body, To.Call};
  Carried Up = toCaller(Arrived.Facts, To.Kept, {P.Bodies, Call, Arrived.In->Body});
  if (Up.Impossible)
    return;
  WayPoint N = To.After;
  N.Facts = std::move(Up.Facts);
  N.Doubt = Arrived.Doubt;
  N.Risk = Arrived.Risk;
  N.Later = &Arrived;
  N.Resume = To.After.Later;
  if (!N.Ended && Arrived.Ended) {
    N.Ended = Arrived.Ended;
    N.Facts.Object.reset();
  }
  if (Up.Lost && end(N, WayNote::Made, {Arrived.In->Body, 0}) == Go::Stop)
    return;
  moveBefore(N, To.After.In, Call, WayNote::Enter);
  const WayPoint *Later = N.Later;
  push(std::move(N), Later);
}

/// The way goes on before this instruction, which may stand in another body.
void BackwardWalk::moveBefore(WayPoint &W, Activation *In, InstRef At, WayNote Note) {
  W.In = In;
  W.Block = P.Bodies[At.Body].blockOf(At.Inst);
  W.Next = At.Inst;
  W.LoopRun = NoId;
  W.Note = Note;
  W.NoteAt = At;
}

Activation *BackwardWalk::anyCallOf(BodyId B) {
  Activation &F = Roots[B];
  F.Body = B;
  return &F;
}

void BackwardWalk::atEntry(const WayPoint &W) {
  if (W.In->Keeps)
    return atKeepersEntry(W);
  if (!W.In->Entered)
    return lift(W);
  Activation &F = *W.In;
  const bool Known = llvm::any_of(F.Arrived, [&](const WayPoint *A) {
    return A->Facts == W.Facts && A->Doubt == W.Doubt && A->Risk == W.Risk && !A->Ended == !W.Ended;
  });
  if (Known)
    return;
  const WayPoint &Mine = keep(W);
  F.Arrived.push_back(&Mine);
  for (auto *To : {&F.Waiting, &F.WaitingNow})
    for (size_t K = 0; K != To->size(); ++K)
      resume(Waiter((*To)[K]), Mine);
}

bool BackwardWalk::reaches(const Callees &To, EntityId Function) const {
  return llvm::any_of(To.Targets, [&](EntityId T) {
    return P.Prog.definitionOf(T) == P.Prog.definitionOf(Function);
  });
}

void BackwardWalk::lift(const WayPoint &W) {
  if (W.Ended && W.Facts.Places.empty() && W.Facts.Temps.empty())
    return open(W);
  const EntityId Function = P.Prog.body(W.In->Body).Entity;
  bool Any = false;
  for (const InstRef &Call : P.Prog.callersOf(Function)) {
    const Callees To = targetsOf(Call, {});
    if (P.Roles.isOutOfScope(Call.Body) || !reaches(To, Function))
      continue;
    Any = true;
    Carried Up = toCaller(W.Facts, {}, {P.Bodies, Call, W.In->Body});
    WayPoint N = W;
    if (Up.Impossible || (Up.Lost && end(N, WayNote::Made, {W.In->Body, 0}) == Go::Stop))
      continue;
    N.Facts = std::move(Up.Facts);
    moveBefore(N, anyCallOf(Call.Body), Call, WayNote::Lift);
    if (!To.Complete)
      unsure(N, "which function this call reaches is not known:", Call);
    const WayPoint *Later = N.Later;
    push(std::move(N), Later);
  }
  if (!Any && P.Prog.mayBeCalledElsewhere(Function))
    return doubt({"its callers are in units that are not here:", {W.In->Body, NoId}}, W);
  if (!Any) {
    if (isDead(W.In->Body))
      return;
    WayPoint First = W;
    if (isOnlyHandedOver(Function) &&
        llvm::none_of(W.Facts.Places, [](const PlaceFact &F) { return isShared(F.Of); }))
      return beforeHandOver(W, Function);
    if (isCalledUnseen(Function))
      unsure(First, "who calls this through a pointer is not known:", {W.In->Body, NoId});
    return atProgramEntry(First);
  }
  if (P.Prog.mayHaveUnknownCallers(Function))
    doubt({"it may also be reached from outside the program, through", {W.In->Body, NoId}}, W);
}

/// Nobody calls it, in or outside the program, as far as its unit could be read whole.
bool BackwardWalk::isDead(BodyId B) const {
  const TUSummary &Home = *P.Prog.unit(P.Prog.body(B).Unit).Summary;
  return P.Prog.body(B).Data->kind() == BodyKind::Function &&
         !P.Prog.mayHaveUnknownCallers(P.Prog.body(B).Entity) && Home.errors() == 0 &&
         rowCount(Home.lost()) == 0;
}

/// Nobody outside is known to call it, but its address is in a table of which too much may be
/// called.
bool BackwardWalk::isCalledUnseen(EntityId Function) const {
  const auto Why = P.Prog.entryPointsOf(Function);
  return !Why.empty() &&
         llvm::all_of(Why, [](const EntryPoint &E) { return E.Kind == EntryKind::AddressTaken; });
}

/// A way that begins where the program may be entered. A flag that it needs was set somewhere: the
/// way goes on before each store that may have set it.
void BackwardWalk::atProgramEntry(const WayPoint &W) {
  for (const PlaceFact &F : W.Facts.Places) {
    const bool OfField = !F.Of.Path.empty() && F.Of.Path.back().Kind == StepKind::Field;
    if (F.Of.Base != BaseKind::Global || (!F.Of.Path.empty() && !OfField))
      continue;
    return beforeStores(W, F, OfField ? F.Of.Path.back().Value : F.Of.Index);
  }
  open(W);
}

void BackwardWalk::beforeStores(const WayPoint &W, const PlaceFact &Flag, EntityId Written) {
  if (!P.Prog.addressPassedTo(Written).empty() || (Flag.In.has(0) && startsAtZero(Written)))
    return open(W);
  const EntityId First = P.Prog.body(W.In->Body).Entity;
  const bool InMain = isOnlyMain(First);
  std::optional<bool> Kept;
  for (const InstRef &Store : P.Prog.storesTo(Written)) {
    if (InMain && !isSetByOthers(Store, First))
      continue; // it has not been set yet
    const Body &B = *P.Prog.body(Store.Body).Data;
    const Inst &In = P.Prog.inst(Store);
    const ObjectPath To = ObjectNames(P.Bodies, Store.Body).place(In.a());
    WayPoint N = W;
    N.Facts.Temps.clear();
    std::erase_if(N.Facts.Places, [&](const PlaceFact &F) { return F == Flag || !isShared(F.Of); });
    if (To.Path.empty() != Flag.Of.Path.empty() ||
        !N.Facts.add(testsOf(B, Operand(In.b()), Flag.In)))
      continue;
    // An object that is handed in has no name where the flag was set.
    if (W.Facts.Object && !isShared(*W.Facts.Object))
      return open(W);
    moveBefore(N, anyCallOf(Store.Body), Store, WayNote::FlagSet);
    if (N.Facts.Object && !Kept)
      Kept = mayBeKept(N.Facts, Flag);
    if (N.Facts.Object && !*Kept && !N.Risk)
      N.Risk = {"it may be changed after this flag is set:", Store};
    push(std::move(N), W.Later);
  }
}

bool BackwardWalk::isShared(const ObjectPath &O) {
  return O.Base == BaseKind::Global || O.Base == BaseKind::Literal;
}

/// Static storage without an initialiser, and memory whose first value nobody states.
bool BackwardWalk::startsAtZero(EntityId Written) const {
  for (BodyId B : P.Prog.bodiesOf(Written))
    if (P.Prog.body(B).Data->kind() == BodyKind::Initialiser)
      return false; // its store is one of those that are looked at
  return true;
}

BackwardWalk::Go BackwardWalk::end(WayPoint &W, WayNote Note, InstRef At) {
  if (W.Ended)
    return Go::On;
  if (!W.In->Entered && W.Doubt && Out.Doubt)
    return Go::Stop;
  WayPoint &Mark = keep(W);
  Mark.Note = Note;
  Mark.NoteAt = At;
  W.Ended = W.Later = &Mark;
  W.Resume = nullptr;
  W.Facts.Object.reset();
  return Go::On;
}

void BackwardWalk::open(const WayPoint &W) {
  if (const Reservation Why = W.Ended ? W.Ended->Doubt : W.Doubt)
    return doubt(Why, W);
  WayPoint &Mine = keep(W);
  Mine.Note = WayNote::None;
  Out.Open = &Mine;
}

void BackwardWalk::doubt(Reservation Why, const WayPoint &W) {
  Reservation &Mine = W.In->Entered ? W.In->Doubt : Out.Doubt;
  if (!Mine)
    Mine = Why;
}

void BackwardWalk::unsure(WayPoint &W, const char *Why, InstRef At) {
  if (!W.Doubt && !W.Ended)
    W.Doubt = {Why, At};
}

void BackwardWalk::giveUp(InstRef Site, const WayPoint &W) {
  Work.push_front(&W);
  for (const WayPoint *Left : Work)
    if (!Left->In->Entered && !Left->In->Keeps && Left->Ended && !Left->Ended->Doubt) {
      Out.Open = Left;
      return;
    }
  Out.Exhausted = !Out.Doubt;
  doubt({"more ways lead here than one question may follow", Site}, *Work.back());
}

/// What is left of bodies that were entered is walked when they are asked again.
void BackwardWalk::close() {
  const bool Complete = Work.empty() && !Out.Open;
  for (const WayPoint *W : Work)
    if (W->In->Entered)
      W->In->Left.push_back(W);
  Work.clear();
  for (Activation *F : Asked) {
    F->WaitingNow.clear();
    Out.Rests.insert(F->Rests.begin(), F->Rests.end());
    if (!Out.Doubt)
      Out.Doubt = F->Doubt;
    if (Complete && !F->Complete) {
      F->Complete = true;
      F->Seen.clear();
      F->Visits.clear();
      F->Waiting.clear();
    }
  }
  Asked.clear();
  Questions.clear();
}
