// BackwardWalk over calls: what satisfies the site, and what may change the object unseen.
#include "analysis/model/Rows.h"
#include "analysis/solve/BackwardWalk.h"

using namespace assay;
using llvm::ArrayRef;

BackwardWalk::Go BackwardWalk::overCall(WayPoint &W, uint32_t I) {
  const InstRef At{W.In->Body, I};
  const Callees To = targetsOf(At, *W.In);
  if (To.Complete && !To.Targets.empty() &&
      llvm::all_of(To.Targets, [&](EntityId T) { return P.Reaches.neverReturns(T); }))
    return Go::Stop;
  noteSecondNames(W, I, To);
  noteKept(W, I, To);
  if (auto It = By.find(At); It != By.end() && !W.Ended) {
    if (satisfies(W, I, It->second, To))
      return Go::Stop;
    return passOutside(W, I, To);
  }
  bool Passes = To.Targets.empty() || !To.Complete;
  if (To.Targets.size() > 1 && !isExact(At) &&
      llvm::any_of(To.Targets, [&](EntityId T) { return LeadsToBy.test(P.Prog.definitionOf(T)); }))
    unsure(W, "which function this call reaches is not known, and one of them may do it:", At);
  for (EntityId Callee : To.Targets)
    Passes |= !descend(W, I, Callee);
  if (!Passes)
    return Go::Stop;
  if (!To.Complete)
    unsure(W, "a call whose target is not known may do it:", At);
  if (callsWhatItHolds(To))
    unsure(W, "what this calls is not known, and it may do it:", At);
  return passOutside(W, I, To);
}

Callees BackwardWalk::targetsOf(InstRef At, const Activation &In) {
  if (!In.To.empty())
    if (auto T = Tables.target(At, In.To))
      return Callees{*OneTarget.insert(*T).first, true};
  const Callees To = P.Prog.calleesOf(At);
  if (To.Complete && To.Targets.size() < 2)
    return To;
  auto [It, New] = Resolved.try_emplace(At);
  if (New)
    It->second = P.Resolve(At);
  return It->second ? Callees{*It->second, true} : To;
}

bool BackwardWalk::callsWhatItHolds(const Callees &To) const {
  return llvm::any_of(To.Targets, [&](EntityId T) {
    const EntityInfo &E = P.Prog.entity(T);
    return E.has(EntityFlag::Template) && E.has(EntityFlag::SystemHeader) &&
           P.Prog.bodiesOf(T).empty() && E.Qualified.ends_with("::operator()");
  });
}

bool BackwardWalk::isExact(InstRef At) const {
  auto It = Resolved.find(At);
  return It != Resolved.end() && It->second;
}

bool BackwardWalk::backOverThrow(WayPoint &W) {
  const Body &B = body(W.In);
  if (B.blocks()->Get(W.Block)->num_insts() == 0 || B.insts()->Get(W.Next - 1)->op() != Op::Call)
    return true;
  // What it did before it threw is not known: it has satisfied nothing, and may have written.
  --W.Next;
  return passOutside(W, W.Next, targetsOf({W.In->Body, W.Next}, *W.In)) == Go::On;
}

bool BackwardWalk::satisfies(WayPoint &W, uint32_t I, const Satisfier &S, const Callees &To) {
  const InstRef At{W.In->Body, I};
  const Named Object = objectOf(W, I, S);
  if (Object == Named::Another)
    return false;
  if (To.Targets.size() > 1 || !To.Complete) {
    unsure(W, "this call may do it, or something else:", At);
    return false;
  }
  if (S.Site->Call->Success && !succeeded(W, I, S))
    return false;
  if (Object == Named::NotKnown)
    doubt({"it is not known on which object this is done:", At}, W);
  if (W.Risk)
    doubt(W.Risk, W);
  (W.In->Entered ? W.In->Rests : Out.Rests).insert(At);
  return true;
}

BackwardWalk::Named BackwardWalk::objectOf(WayPoint &W, uint32_t I, const Satisfier &S) {
  if (!OfObject)
    return Named::Same;
  const InstRef At{W.In->Body, I};
  const auto Done = S.Object ? ObjectNames(P.Bodies, W.In->Body).behind(*S.Object) : std::nullopt;
  if (!Done)
    return Named::NotKnown;
  const auto &Mine = W.Facts.Object;
  if (Mine && (Done->stepsTo(*Mine) || Mine->stepsTo(*Done)))
    return Named::Same;
  // Where nobody handed the object in here, what is named is another one.
  if (Mine ? P.Names.mayMeet(W.In->Body, *Done, *Mine)
           : Done->Base != BaseKind::Global && Done->Path.size() > 1)
    unsure(W,
           Mine ? "this may be done on another object:"
                : "it is not known on which object this is done:",
           At);
  else
    remember(W, WayNote::Other, At);
  return Named::Another;
}

bool BackwardWalk::succeeded(WayPoint &W, uint32_t I, const Satisfier &S) {
  const auto Success = NumberSet::of(*S.Site->Call->Success);
  const auto &Failure = S.Site->Call->Failure;
  bool Succeeded = false, MayHave = true;
  for (const Test &T : W.Facts.Temps)
    if (T.Of == I) {
      // Where the manual says what else it returns, what is none of that is success.
      Succeeded |= T.In.within(Success) || (Failure && !T.In.meets(NumberSet::of(*Failure)));
      MayHave &= T.In.meets(Success);
    }
  if (!Succeeded)
    remember(W, MayHave ? WayNote::Untested : WayNote::Failed, {W.In->Body, I});
  return Succeeded;
}

void BackwardWalk::noteRisk(WayPoint &W, const char *Why, uint32_t I) const {
  if (!W.Risk && W.Facts.Object)
    W.Risk = {Why, {W.In->Body, I}};
}

/// Nobody outside sees the variables of a body themselves.
static bool isOwnVariable(const ObjectPath &O) {
  return O.Path.empty() && O.Base != BaseKind::Global;
}

void BackwardWalk::noteSecondName(WayPoint &W, const ObjectPath &Written, uint32_t I) {
  if (isOwnVariable(Written))
    return;
  auto IsSecond = [&](const ObjectPath &O) {
    return !isOwnVariable(O) && !Written.stepsTo(O) && !O.stepsTo(Written) &&
           P.Names.mayMeet(W.In->Body, Written, O);
  };
  auto IsOtherField = [&](const ObjectPath &O) {
    return !O.Path.empty() && !Written.Path.empty() && O.Path.back().Kind == StepKind::Field &&
           Written.Path.back().Kind == StepKind::Field && O.Path.back() != Written.Path.back();
  };
  llvm::erase_if(W.Facts.Places,
                 [&](const PlaceFact &F) { return !IsOtherField(F.Of) && IsSecond(F.Of); });
  if (W.Facts.Object && !W.Risk && IsSecond(*W.Facts.Object))
    noteRisk(W,
             body(W.In).insts()->Get(I)->op() == Op::Call
                 ? "it may be changed through another pointer by"
                 : "it may be changed through another pointer",
             I);
}

/// ... by a function that is handed such a pointer, or knows a global that is one.
void BackwardWalk::noteSecondNames(WayPoint &W, uint32_t I, const Callees &To) {
  if (!W.Facts.Object || W.Risk)
    return;
  const Inst &Call = P.Prog.inst({W.In->Body, I});
  const bool Receiver = Call.flags() & static_cast<uint16_t>(CallFlag::Receiver);
  for (unsigned A = Receiver; A < Call.c(); ++A) {
    const auto Behind =
        ObjectNames(P.Bodies, W.In->Body).behind(Operand(body(W.In).args()->Get(Call.b() + A)));
    ObjectPath Param;
    Param.Base = BaseKind::Param;
    Param.Index = A - Receiver;
    const bool Writes = llvm::any_of(To.Targets, [&](EntityId T) {
      return P.Roles.rowsOf(T).empty() ? mayChange(T, Param.pointee())
                                       : writesByModel(T, Param.pointee());
    });
    if (Behind && Writes)
      noteSecondName(W, *Behind, I);
  }
  if (W.Facts.Object->Base == BaseKind::Global)
    return;
  for (const ObjectPath &G : P.Names.globalsOf(W.In->Body, *W.Facts.Object))
    if (llvm::any_of(To.Targets, [&](EntityId T) { return P.Reaches.mayWrite(T, G); }))
      noteRisk(W, "it may be changed under the name of a global by", I);
}

void BackwardWalk::noteKept(WayPoint &W, uint32_t I, const Callees &To) {
  const InstRef At{W.In->Body, I};
  if (!Keepers.keepsAny(W.In->Body))
    return;
  // What is handed in by name is followed into the callee.
  const Carried Down = toCallee(W.Facts, {P.Bodies, At, NoId});
  llvm::erase_if(W.Facts.Places, [&](const PlaceFact &F) {
    return llvm::is_contained(Down.Kept.Places, F) && Keepers.mayReach(At, F.Of);
  });
  if (W.Facts.Object && Down.Lost && !To.Targets.empty() && Keepers.mayReach(At, *W.Facts.Object))
    noteRisk(W, "it may be changed through a pointer that was kept, by", I);
}

/// A point of its own on the way, so that the reader sees it.
void BackwardWalk::remember(WayPoint &W, WayNote Note, InstRef At) {
  WayPoint &Mark = keep(W);
  Mark.Note = Note;
  Mark.NoteAt = At;
  W.Later = &Mark;
  W.Resume = nullptr;
}

/// May a function with this body write to what it is handed?
bool BackwardWalk::mayChange(EntityId Callee, const ObjectPath &O) {
  if (O.Base == BaseKind::Literal)
    return false;
  if (O.Base == BaseKind::Global)
    return P.Reaches.mayWrite(Callee, O);
  const Entity *Row = P.Prog.entity(Callee).Row;
  if (O.Base != BaseKind::Param || !Row || O.Index >= rowCount(Row->params()))
    return true;
  const uint16_t Flags = Row->params()->Get(O.Index)->flags();
  const bool Pointer = Flags & (static_cast<uint16_t>(ParamFlag::Pointer) |
                                static_cast<uint16_t>(ParamFlag::Reference));
  return Pointer && !(Flags & static_cast<uint16_t>(ParamFlag::PointeeConst) && O.Path.size() == 1);
}

/// Beyond a call that is not entered.
BackwardWalk::Go BackwardWalk::passOutside(WayPoint &W, uint32_t I, const Callees &To) {
  const InstRef At{W.In->Body, I};
  if (W.Facts.Object && W.Facts.Object->Base == BaseKind::Temp && W.Facts.Object->Index == I) {
    if (end(W, WayNote::Made, At) == Go::Stop)
      return Go::Stop;
  }
  W.Facts.take(I);
  const std::vector<PlaceFact> Untouched = leave(W, I, To);
  llvm::erase_if(W.Facts.Places, [&](const PlaceFact &F) {
    return F.Of.Base == BaseKind::Temp && F.Of.Index == I;
  });
  for (EntityId Callee : To.Targets) {
    const Carried Down = toCallee(W.Facts, {P.Bodies, At, NoId});
    // What it could write of what the facts speak of is not known any more.
    std::erase_if(W.Facts.Places, [&](const PlaceFact &F) {
      if (llvm::is_contained(Untouched, F))
        return false;
      const bool Handed = llvm::none_of(Down.Kept.Places, [&](auto &K) { return K == F; });
      return (Handed && F.Of.Base != BaseKind::Global) || mayWriteOf(Callee, F.Of);
    });
    if (!W.Facts.Object || Down.Lost)
      continue;
    if (writesByModel(Callee, *Down.Facts.Object)) {
      if (end(W, WayNote::Changed, At) == Go::Stop)
        return Go::Stop;
      continue;
    }
    if (P.Roles.rowsOf(Callee).empty() && mayChange(Callee, *Down.Facts.Object))
      noteRisk(W, "it may be changed afterwards by", I);
  }
  return Go::On;
}

std::vector<PlaceFact> BackwardWalk::leave(WayPoint &W, uint32_t I, const Callees &To) {
  std::vector<PlaceFact> Untouched;
  const InstRef At{W.In->Body, I};
  if (!To.Complete || To.Targets.size() != 1)
    return Untouched;
  for (const FunctionModel *Row : P.Roles.rowsOf(To.Targets.front())) {
    if (Row->Leaves.empty() || !Row->When.empty())
      continue;
    for (const PlaceFact &F : W.Facts.Places) {
      const std::optional<IntCondition> *Left = leftBy(*Row, At, F.Of);
      if (Left && !*Left)
        Untouched.push_back(F);
      // Code without source may have changed it since, under a name that is not known.
      if (Left && *Left && !F.In.meets(NumberSet::of(**Left)))
        unsure(W, "the way needs that something came in since, which is put there elsewhere:", At);
    }
  }
  return Untouched;
}

/// What the row says of this field; null: nothing.
const std::optional<IntCondition> *BackwardWalk::leftBy(const FunctionModel &Row, InstRef Call,
                                                        const ObjectPath &Of) const {
  if (Of.Path.empty() || Of.Path.back().Kind != StepKind::Field)
    return nullptr;
  const llvm::StringRef Name = P.Prog.entity(Of.Path.back().Value).Qualified;
  const ObjectNames Names(P.Bodies, Call.Body);
  for (const auto &[Bind, Fields] : Row.Leaves) {
    const auto Left = Fields.find(Name.str());
    if (Left == Fields.end())
      continue;
    const auto Bound = operandOf(Row.Binds.at(Bind), Call, P.Prog);
    const auto Whole = Bound ? Names.behind(*Bound) : std::nullopt;
    if (Whole && Whole->plus(Of.Path.back()) == Of)
      return &Left->second;
  }
  return nullptr;
}

bool BackwardWalk::mayWriteOf(EntityId Callee, const ObjectPath &O) {
  if (O.Base == BaseKind::Global && P.Reaches.mayWrite(Callee, O.Index))
    return true;
  const bool OfField = !O.Path.empty() && O.Path.back().Kind == StepKind::Field;
  return OfField && P.Reaches.mayWrite(Callee, O.Path.back().Value);
}

/// A model says that a call writes what this parameter points to.
bool BackwardWalk::writesByModel(EntityId Callee, const ObjectPath &O) const {
  if (O.Base != BaseKind::Param)
    return false;
  for (const FunctionModel *Row : P.Roles.rowsOf(Callee))
    if (const Role *R = P.Roles.role(Row->Role))
      for (const auto &[Bind, From] : R->Writes)
        if (auto Ref = Row->Binds.find(Bind); Ref != Row->Binds.end() &&
                                              Ref->second.Where == ArgRef::Kind::Argument &&
                                              Ref->second.Index == O.Index)
          return true;
  return false;
}
