#include "analysis/solve/Forward.h"

#include "analysis/solve/BranchText.h"

#include <algorithm>

using namespace assay;

void ForwardWalk::run(InstRef Call, const ResultClasses &Result, WalkMemory Known,
                      ObjectAliases Object) {
  WalkState S;
  goBehind(S, Call);
  S.Alive = Result.all();
  S.Memory = std::move(Known);
  S.Object = std::move(Object);
  S.Anchor = Call;
  if (S.Alive) {
    Lanes &Values = S.Memory[{BaseKind::Temp, Call.Inst, {}}] = Raw = Result.Values;
    Values.OfResult = true;
  } else {
    S.Alive = 1;
  }
  walk(std::move(S));
}

void ForwardWalk::runBody(BodyId Body, LaneSet Alive, WalkMemory Known) {
  WalkState S;
  S.Body = Body;
  S.Next = view(Body).Data.blocks()->Get(0)->first_inst();
  S.Alive = Alive;
  S.Memory = std::move(Known);
  S.Anchor = {Body, 0};
  walk(std::move(S));
}

void ForwardWalk::walk(WalkState First) {
  push(std::move(First));
  for (unsigned States = 1; !Work.empty(); ++States) {
    Current = Work.front();
    Work.pop_front();
    WalkState Front = Stored[Current];
    if (States > MostStates)
      return Client.onEnd(Front, WayEnd::OutOfEffort);
    runBlock(std::move(Front));
    if (Client.isDone())
      return;
  }
  reportCircles();
}

/// A state from which no way comes to an end goes round for ever.
void ForwardWalk::reportCircles() {
  const std::vector<bool> Finite = statesThatEnd();
  for (uint32_t N = 0; N != Stored.size(); ++N)
    if (!Finite[N] && llvm::any_of(ReachedFrom[N], [&](uint32_t From) { return From >= N; }))
      Client.onEnd(Stored[N], WayEnd::Circles);
}

std::vector<bool> ForwardWalk::statesThatEnd() const {
  std::vector<bool> Finite(Stored.size());
  std::vector<uint32_t> Todo;
  for (uint32_t N = 0; N != Stored.size(); ++N)
    if (Ends[N])
      Todo.push_back(N);
  while (!Todo.empty()) {
    const uint32_t N = Todo.back();
    Todo.pop_back();
    if (Finite[N])
      continue;
    Finite[N] = true;
    Todo.insert(Todo.end(), ReachedFrom[N].begin(), ReachedFrom[N].end());
  }
  return Finite;
}

void ForwardWalk::end(WalkState &S, WayEnd How) {
  stop();
  Client.onEnd(S, How);
}

void ForwardWalk::note(WalkState &S, InstRef At, std::string Text, PathStepKind Kind) {
  Steps.push_back({At, std::move(Text), S.Way, Kind});
  S.Way = &Steps.back();
}

std::vector<PathStep> ForwardWalk::steps(const WalkState &S,
                                         llvm::function_ref<bool(InstRef)> Matters) const {
  const BranchText Branches(J.Prog, J.Words);
  std::vector<PathStep> Way;
  for (const WalkStep *W = S.Way; W; W = W->Before) {
    std::string Text = W->Text;
    if (W->Edge != NoId) {
      if (!Branches.isWorthTelling(W->At.Body, W->Block, W->Edge, Matters))
        continue;
      Text = Branches.taken(W->At.Body, W->Block, W->Edge);
    }
    Way.push_back({J.Words.at(W->At), J.Words.function(W->At.Body), std::move(Text), W->Kind});
  }
  std::reverse(Way.begin(), Way.end());
  return Way;
}

void ForwardWalk::push(WalkState S) {
  const auto Number = static_cast<uint32_t>(Stored.size());
  auto [It, New] = Seen.try_emplace(S.key(), Number);
  if (New) {
    Stored.push_back(std::move(S));
    ReachedFrom.emplace_back();
    Ends.push_back(false);
    Work.push_back(Number);
  }
  if (!New || Number != 0)
    ReachedFrom[It->second].push_back(Current);
}

void ForwardWalk::runBlock(WalkState S) {
  const Block &B = *view(S.Body).Data.blocks()->Get(S.Block);
  const uint32_t End = B.first_inst() + B.num_insts();
  while (S.Next < End) {
    const uint32_t I = S.Next++;
    if (!execute(S, I))
      return;
  }
  leave(S);
}

/// False: the way has ended, or others go on with it.
bool ForwardWalk::execute(WalkState &S, uint32_t I) {
  const BodyView &B = view(S.Body);
  const Inst &In = B.Insts[I];
  switch (In.op()) {
  case Op::Load:
    load(S, I, In);
    return true;
  case Op::Store:
    store(S, I, In);
    return true;
  case Op::Copy:
  case Op::Compare:
  case Op::Derive:
  case Op::Select:
    setTemp(S, I, evaluate(S, I, In));
    if (auto It = S.Memory.find({BaseKind::Temp, I, {}}); It != S.Memory.end())
      It->second.OfResult = isOfResult(S, In);
    return true;
  case Op::Call:
    return call(S, I, In);
  case Op::Branch:
    branch(S, I, In);
    return false;
  case Op::Switch:
    switchOver(S, I, In);
    return false;
  case Op::Return: {
    auto Value = operandOf(S, Operand(In.a()));
    returnFrom(std::move(S), Value ? &*Value : nullptr, Operand(In.a()));
    return false;
  }
  case Op::ScopeEnd:
    forget(S.Memory, {B.Places[In.a()].kind(), B.Places[In.a()].base(), {}});
    return endScope(S, I, B.Places[In.a()]);
  case Op::Opaque:
    setTemp(S, I, std::nullopt);
    return true;
  }
  return true;
}

void ForwardWalk::setTemp(WalkState &S, uint32_t I, std::optional<Lanes> Value) {
  WalkPlace Temp{BaseKind::Temp, I, {}};
  if (Value)
    S.Memory[std::move(Temp)] = *Value;
  else
    S.Memory.erase(Temp);
}

void ForwardWalk::load(WalkState &S, uint32_t I, const Inst &In) {
  const WalkPlace P = placeOf(S.Body, view(S.Body).Places[In.a()]);
  auto It = S.Memory.find(P);
  if (It != S.Memory.end())
    return setTemp(S, I, Lanes(It->second));
  setTemp(S, I, std::nullopt);
  for (const auto &[Part, Value] : S.Memory)
    if (P.isPrefixOf(Part) && Part.Path.size() > P.Path.size() && !Part.outlivesBody() &&
        varies(S, Value))
      doubt(S,
            "the result is copied as part of '" + nameOf(S.Body, P) +
                "', and copies of a "
                "whole are not followed",
            {S.Body, I});
}

void ForwardWalk::store(WalkState &S, uint32_t I, const Inst &In) {
  WalkPlace To = placeOf(S.Body, view(S.Body).Places[In.a()]);
  const std::optional<Lanes> Value = operandOf(S, Operand(In.b()));
  const bool Varies = Value && varies(S, *Value);
  if (!To.hasAnyIndex())
    forget(S.Memory, To);
  renameByStore(S, In);
  if (Operand(In.b()).is(OperandKind::AddressOf)) {
    const WalkPlace Kept = placeOf(S.Body, view(S.Body).Places[Operand(In.b()).index()]);
    for (const auto &[P, Held] : S.Memory)
      if (Kept.isPrefixOf(P) && varies(S, Held))
        doubt(S, "the address of '" + nameOf(S.Body, Kept) + "' is kept", {S.Body, I});
  }
  if (!Value || !(Varies || Client.keepsConstants()))
    return;
  if (To.hasAnyIndex()) {
    if (Varies)
      doubt(S, "the result is kept in an element of '" + nameOf(S.Body, To) + "'", {S.Body, I});
    return;
  }
  if (Varies)
    note(S, {S.Body, I}, "stored in '" + nameOf(S.Body, To) + "'", PathStepKind::Value);
  S.Memory[std::move(To)] = *Value;
}

void ForwardWalk::leave(WalkState &S) {
  const BodyView &B = view(S.Body);
  const Block &Data = *B.Data.blocks()->Get(S.Block);
  if (Data.no_return()) {
    const bool Throws =
        llvm::any_of(B.Insts.slice(Data.first_inst(), Data.num_insts()), [](const Inst &In) {
          return In.op() == Op::Opaque && OpaqueReason(In.sub()) == OpaqueReason::Throw;
        });
    if (!Throws || !throwFrom(S))
      end(S, Throws ? WayEnd::Thrown : WayEnd::NoReturn);
    return;
  }
  if (S.Block + 1 == rowCount(B.Data.blocks()))
    return returnFrom(S, nullptr, Operand());
  // The edge of an exception that no handler takes: what throws is only followed where it is seen.
  const uint32_t Exit = rowCount(B.Data.blocks()) - 1;
  for (uint32_t E = 0; E != Data.num_succs(); ++E)
    if (E == 0 || rows(B.Data.succs())[Data.first_succ() + E] != Exit)
      go(S, E, S.Alive, {});
}

void ForwardWalk::go(const WalkState &S, uint32_t Edge, LaneSet Alive, InstRef Split) {
  const BodyView &B = view(S.Body);
  const Block &From = *B.Data.blocks()->Get(S.Block);
  const uint32_t To = rows(B.Data.succs())[From.first_succ() + Edge];
  if (To == ~0u || !Alive)
    return;
  WalkState Next = S;
  Next.Via = S.Block;
  Next.Alive = Alive;
  if (Split.Body != NoId && Alive != S.Alive)
    Client.onSplit(Next, Split, S.Alive);
  if (Split.Body != NoId && Client.tellsWay() && From.num_succs() > 1) {
    Steps.push_back({Split, "", Next.Way, PathStepKind::Branch, S.Block, Edge});
    Next.Way = &Steps.back();
  }
  beginBlock(std::move(Next), To);
}

void ForwardWalk::beginBlock(WalkState Next, uint32_t Block) {
  Next.Block = Block;
  Next.Next = view(Next.Body).Data.blocks()->Get(Block)->first_inst();
  dropUnread(Next);
  if (Client.onBlock(Next))
    push(std::move(Next));
  else
    stop();
}

/// Does the client see nothing in the ways of this branch, which tells lanes apart?
bool ForwardWalk::goesPast(WalkState &S, InstRef Branch) {
  const auto Meeting = Client.onDetour(S, Branch);
  if (Meeting) {
    S.Via = NoId;
    beginBlock(S, *Meeting);
  }
  return Meeting.has_value();
}

void ForwardWalk::branch(WalkState &S, uint32_t Last, const Inst &In) {
  const std::optional<Lanes> Condition = operandOf(S, Operand(In.a()));
  LaneSet True = S.Alive, False = S.Alive;
  if (Condition) {
    S.Tested |= Condition->OfResult;
    True = Condition->truthy(S.Alive);
    False = Condition->falsy(S.Alive);
    const bool Known = Condition->knownOver(S.Alive);
    if ((True != False || !Known) && goesPast(S, {S.Body, Last}))
      return;
    if (!Known)
      doubt(S, "a test of the result compares it with what is not known", {S.Body, Last});
  }
  go(S, 0, True, {S.Body, Last});
  go(S, 1, False, {S.Body, Last});
}

void ForwardWalk::switchOver(WalkState &S, uint32_t Last, const Inst &In) {
  const BodyView &B = view(S.Body);
  const Block &Data = *B.Data.blocks()->Get(S.Block);
  llvm::ArrayRef<Case> Cases = rows(B.Data.cases()).slice(Data.first_case(), Data.num_cases());
  const std::optional<Lanes> Value = operandOf(S, Operand(In.a()));
  S.Tested |= Value && Value->OfResult;
  const bool Known = Value && Value->knownOver(S.Alive);
  llvm::SmallVector<LaneSet, 8> On(Data.num_succs(), Known ? 0 : S.Alive);
  llvm::BitVector Named(Data.num_succs());
  for (const Case &C : Cases)
    Named.set(C.succ());
  for (unsigned L = 0; Known && L != MostLanes; ++L) {
    if (!(S.Alive & (1u << L)))
      continue;
    auto Hit = llvm::find_if(Cases, [&](const Case &C) {
      return C.low() <= *Value->Of[L] && *Value->Of[L] <= C.high();
    });
    for (uint32_t E = 0; E != Data.num_succs(); ++E)
      if (Hit != Cases.end() ? Hit->succ() == E : !Named.test(E))
        On[E] |= static_cast<LaneSet>(1u << L);
  }
  if (Value && (!Known || !llvm::is_contained(On, S.Alive)) && goesPast(S, {S.Body, Last}))
    return;
  if (Value && !Known)
    doubt(S, "a test of the result compares it with what is not known", {S.Body, Last});
  for (uint32_t E = 0; E != Data.num_succs(); ++E)
    go(S, E, On[E], {S.Body, Last});
}
