// consistent: the ways out of one function.
#include "analysis/solve/Consistent.h"
#include "analysis/solve/Tests.h"

using namespace assay;

namespace {

/// What a habit is about: a variable of the body, handed over by its address; in a wrapper, a
/// parameter that is handed on.
struct Handled {
  BaseKind Base = BaseKind::Local;
  uint32_t Index = 0;
  bool ByAddress = false; ///< its own memory
  friend auto operator<=>(const Handled &, const Handled &) = default;
};

/// The calls of habits for one variable.
struct HandlingCalls {
  EntityId Habit = NoId; ///< of the first
  std::set<uint32_t> At;
};

/// One habit and one variable in one body: where the variable is in use when the body is left.
class ExitWalk {
public:
  ExitWalk(const BodyView &B, const BodyFacts &Facts, const Handled &Of,
           const std::set<uint32_t> &Ends, const std::set<uint32_t> &Clears)
      : B(B), Facts(Facts), Of(Of), Ends(Ends), Clears(Clears), Blocks(rows(B.Data.blocks())),
        Succs(rows(B.Data.succs())) {}

  struct Exit {
    uint32_t Return;
    bool InUse;      ///< on some way without the habit since
    uint32_t UsedAt; ///< where, if so
  };

  /// The returns that a use of the variable comes before.
  std::vector<Exit> run() {
    findMentions();
    State.resize(Blocks.size());
    if (Blocks.empty())
      return {};
    State[0].Reached = true;
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (uint32_t I = 0; I != Blocks.size(); ++I)
        if (State[I].Reached)
          Changed |= flow(I);
    }
    std::vector<Exit> Out;
    for (uint32_t I = 0; I != Blocks.size(); ++I) {
      if (!State[I].Reached || Blocks[I].num_insts() == 0)
        continue;
      const uint32_t Last = Blocks[I].first_inst() + Blocks[I].num_insts() - 1;
      if (B.Insts[Last].op() != Op::Return || handsOn(Last))
        continue;
      if (const Use U = through(I); U.Used)
        Out.push_back({Last, U.InUse != NoId, U.InUse});
    }
    return Out;
  }

private:
  struct Use {
    bool Reached = false, Used = false;
    uint32_t InUse = NoId; ///< the first use since the habit
  };

  bool isIt(const Place &P) const { return P.kind() == Of.Base && P.base() == Of.Index; }
  bool isIt(Operand O) const {
    if (O.is(OperandKind::AddressOf))
      return isIt(B.Places[O.index()]);
    return O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Load &&
           isIt(B.Places[B.Insts[O.index()].a()]);
  }
  bool handsOn(uint32_t Return) const { return isIt(Operand(B.Insts[Return].a())); }

  /// Something is put into it: by a call, or by a store to the whole or to an element. A field that
  /// is set is a length more often than a secret, and zeros are none.
  bool fills(uint32_t N) const {
    const Inst &I = B.Insts[N];
    if (I.op() == Op::Store) {
      const Place &To = B.Places[I.a()];
      const bool Field = To.path_len() && B.pathOf(To).back().kind() == StepKind::Field;
      return isIt(To) && !Field && !(I.flags() & static_cast<uint16_t>(StoreFlag::Initialise)) &&
             !Operand(I.b()).is(OperandKind::Const);
    }
    return I.op() == Op::Call && !Ends.count(N) && !Clears.count(N) &&
           llvm::any_of(B.argsOf(I), [&](uint32_t A) {
             const Place *P = B.addressedPlace(Operand(A));
             return P && isIt(*P);
           });
  }

  Use after(Use U, uint32_t N) const {
    if (Ends.count(N))
      U.InUse = NoId;
    else if (fills(N)) {
      U.Used = true;
      if (U.InUse == NoId)
        U.InUse = N;
    }
    return U;
  }
  Use through(uint32_t Block) const {
    Use U = State[Block];
    for (uint32_t K = 0; K != Blocks[Block].num_insts(); ++K)
      U = after(U, Blocks[Block].first_inst() + K);
    return U;
  }

  bool flow(uint32_t From) {
    const Block &Bl = Blocks[From];
    if (Bl.no_return())
      return false;
    const Use Out = through(From);
    // The call that first fills it, or fills it again after the habit, has failed: there is nothing
    // in it yet.
    const bool First = Out.InUse != NoId && mentionsLater(Bl) &&
                       (State[From].InUse == NoId || asksHowItWent(Bl, Out.InUse));
    bool Changed = false;
    for (uint32_t K = 0; K != Bl.num_succs(); ++K) {
      const uint32_t To = Succs[Bl.first_succ() + K];
      if (To >= Blocks.size())
        continue;
      const bool Empty = (First && Bl.num_succs() == 2 && !Later[To]) || isFoundEmpty(From, K);
      const bool Wiped = State[From].Used && State[From].InUse == NoId;
      const Use Arrives = Empty ? Use{true, Wiped, NoId} : Out;
      Use &S = State[To];
      Changed |= !S.Reached || (Arrives.Used && !S.Used) ||
                 (Arrives.InUse != NoId && (S.InUse == NoId || Arrives.InUse < S.InUse));
      S.Reached = true;
      S.Used |= Arrives.Used;
      S.InUse = std::min(S.InUse, Arrives.InUse);
    }
    return Changed;
  }

  /// The text in it was found to have no letter: if (pass[0] == 0) return.
  bool isFoundEmpty(uint32_t Block, uint32_t Edge) const {
    const auto Tests = testsOnEdge(B.Data, Block, Edge);
    return Tests && llvm::any_of(*Tests, [&](const Test &T) {
             const Inst &I = B.Insts[T.Of];
             const bool IsByte = B.Of.string(I.type()).ends_with("unsigned char");
             if (!T.In.isZero() || I.op() != Op::Load || !isIt(B.Places[I.a()]) || IsByte)
               return false;
             const llvm::ArrayRef<Step> Path = B.pathOf(B.Places[I.a()]);
             return !Path.empty() && Path.back().kind() == StepKind::Index &&
                    Path.back().value() == 0;
           });
  }

  /// The block ends in a test of the variable that holds the result of this call.
  bool asksHowItWent(const Block &Bl, uint32_t Call) const {
    const Inst &Last = B.Insts[Bl.first_inst() + Bl.num_insts() - 1];
    if (Bl.num_insts() == 0 || Last.op() != Op::Branch)
      return false;
    Operand O(Last.a());
    for (unsigned Left = 8; Left && O.is(OperandKind::Temp); --Left) {
      const Inst &I = B.Insts[O.index()];
      if (I.op() == Op::Load)
        return holdsResult(B.Places[I.a()], Call);
      if (I.op() != Op::Copy && I.op() != Op::Compare && I.op() != Op::Derive)
        return false;
      O = Operand(I.a());
    }
    return false;
  }
  bool holdsResult(const Place &P, uint32_t Call) const {
    return P.kind() == BaseKind::Local && P.path_len() == 0 &&
           llvm::any_of(Facts.storesToLocal(P.base()), [&](uint32_t Store) {
             return Operand(B.Insts[Store].b()) == Operand(OperandKind::Temp, Call);
           });
  }

  bool mentionsLater(const Block &Bl) const {
    for (uint32_t K = 0; K != Bl.num_succs(); ++K)
      if (const uint32_t To = Succs[Bl.first_succ() + K]; To < Blocks.size() && Later[To])
        return true;
    return false;
  }

  /// From which blocks on the variable is named again.
  void findMentions() {
    Later.assign(Blocks.size(), false);
    llvm::SmallVector<uint32_t, 16> Work;
    auto Mark = [&](uint32_t Block) {
      if (!Later[Block]) {
        Later[Block] = true;
        Work.push_back(Block);
      }
    };
    for (uint32_t N = 0; N != B.Insts.size(); ++N)
      if (fills(N) || Ends.count(N) ||
          (B.Insts[N].op() == Op::Load && isIt(B.Places[B.Insts[N].a()])))
        Mark(Facts.blockOf(N));
    while (!Work.empty())
      for (uint32_t Before : Facts.predecessors(Work.pop_back_val()))
        Mark(Before);
  }

  const BodyView &B;
  const BodyFacts &Facts;
  const Handled &Of;
  const std::set<uint32_t> &Ends;   ///< calls of the habit for the variable
  const std::set<uint32_t> &Clears; ///< calls that fill with one value
  llvm::ArrayRef<Block> Blocks;
  llvm::ArrayRef<uint32_t> Succs;
  std::vector<bool> Later;
  std::vector<Use> State; ///< at each block's start
};

/// The variable that an operand is the address or the value of.
std::optional<Handled> variableIn(const BodyView &B, Operand O) {
  for (unsigned Left = 8; Left && O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Copy;
       --Left)
    O = Operand(B.Insts[O.index()].a());
  const Place *P = nullptr;
  if (O.is(OperandKind::AddressOf))
    P = &B.Places[O.index()];
  else if (O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Load)
    P = &B.Places[B.Insts[O.index()].a()];
  if (!P || (P->kind() != BaseKind::Local && P->kind() != BaseKind::Param))
    return std::nullopt;
  const bool ByAddress =
      O.is(OperandKind::AddressOf) && P->kind() == BaseKind::Local && !B.hasDeref(*P);
  return Handled{P->kind(), P->base(), ByAddress};
}

} // namespace

void ConsistentJudge::judgeExits() {
  for (BodyId Body = 0; Body != J.Prog.bodyCount(); ++Body)
    if (J.Prog.body(Body).Data->kind() == BodyKind::Function && J.Asked.here(Body) &&
        isJudged(Body))
      judgeExitsOf(Body);
}

/// The argument of a call that the habit is done to: the first variable that the habit itself is
/// handed, or the one that a wrapper hands on to it.
Operand ConsistentJudge::doneTo(const BodyView &B, uint32_t Call, EntityId Habit,
                                unsigned Depth) const {
  const Inst &I = B.Insts[Call];
  if (BodyView::isDispatched(I) || Depth == MostWrappers)
    return {};
  const EntityId Callee = J.Prog.definitionOf(B.entity(Operand(I.a()).index()));
  const auto Args = B.argsOf(I);
  if (Callee == Habit) {
    for (uint32_t A : Args)
      if (variableIn(B, Operand(A)))
        return Operand(A);
    return {};
  }
  for (BodyId Body : J.Prog.bodiesOf(Callee)) {
    const BodyView In(J.Prog, Body);
    for (uint32_t N = 0; N != In.Insts.size(); ++N) {
      const HabitSet Done = Usual.doneBy(In, N);
      if (!std::binary_search(Done.begin(), Done.end(), Habit))
        continue;
      const auto V = variableIn(In, doneTo(In, N, Habit, Depth + 1));
      const uint32_t Slot = V ? V->Index + BodyView::receivers(I) : NoId;
      if (V && V->Base == BaseKind::Param && Slot < Args.size())
        return Operand(Args[Slot]);
    }
  }
  return {};
}

void ConsistentJudge::judgeExitsOf(BodyId Body) {
  const BodyView B(J.Prog, Body);
  std::map<Handled, HandlingCalls> Calls;
  std::set<uint32_t> Clears;
  for (uint32_t N = 0; N != B.Insts.size(); ++N) {
    if (B.Insts[N].op() == Op::Call && Usual.clears(B, N))
      Clears.insert(N);
    for (EntityId H : Usual.doneBy(B, N))
      if (const auto V = variableIn(B, doneTo(B, N, H, 0)); V && V->ByAddress) {
        HandlingCalls &Of = Calls[*V];
        if (Of.At.empty())
          Of.Habit = H;
        Of.At.insert(N);
      }
  }
  if (Calls.empty())
    return;
  const BodyFacts Facts(B.Data);
  for (const auto &[Of, Done] : Calls) {
    const auto Exits = ExitWalk(B, Facts, Of, Done.At, Clears).run();
    const unsigned Missing = llvm::count_if(Exits, [](const ExitWalk::Exit &E) { return E.InUse; });
    const Support S{unsigned(Exits.size()) - Missing, unsigned(Exits.size())};
    // The same variable in the same function is a closer tie than any number: a majority is enough.
    if (S.All < P.Least || S.Doing * 100 < P.Percent * S.All)
      continue;
    const llvm::StringRef Name = B.Of.string(rows(B.Data.locals())[Of.Index].name());
    const std::string Siblings =
        "ways out of " + J.Words.function(Body) + "() on which '" + Name.str() + "' is in use";
    const InstRef Example{Body, *Done.At.begin()};
    for (const ExitWalk::Exit &E : Exits)
      if (E.InUse)
        reportExit({Body, E.Return}, {Body, E.UsedAt}, Done.Habit, S, Siblings, Example);
    addGroup(Siblings, Done.Habit, S, Example);
  }
}

void ConsistentJudge::reportExit(InstRef Return, InstRef Used, EntityId Habit, Support S,
                                 const std::string &Siblings, InstRef Example) {
  const std::string In = J.Words.function(Return.Body);
  Deviation D{Habit, S, Siblings, "this return", Return.Body, J.Words.at(Return), {}, {Example}};
  D.Way.push_back({J.Words.at(Used), In, "something is put into it here"});
  D.Way.push_back({D.At, In, "left without " + J.Words.name(Habit) + "()"});
  report(std::move(D));
}
