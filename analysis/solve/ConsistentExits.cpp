// consistent: the ways out of one function.
#include "analysis/solve/Consistent.h"

using namespace assay;

namespace {

/// What a habit is about: a variable of the body, handed over by its address or as a pointer.
struct Handled {
  EntityId Habit = NoId;
  BaseKind Base = BaseKind::Local;
  uint32_t Index = 0;
  friend auto operator<=>(const Handled &, const Handled &) = default;
};

/// One habit and one variable in one body: where the variable is in use when the body is left.
class ExitWalk {
public:
  ExitWalk(const BodyView &B, const BodyFacts &Facts, const Handled &Of,
           const std::set<uint32_t> &Ends)
      : B(B), Facts(Facts), Of(Of), Ends(Ends), Blocks(rows(B.Data.blocks())),
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

  /// Something is put into it.
  bool fills(uint32_t N) const {
    const Inst &I = B.Insts[N];
    if (I.op() == Op::Store)
      return isIt(B.Places[I.a()]) && !(I.flags() & static_cast<uint16_t>(StoreFlag::Initialise)) &&
             !Operand(I.b()).is(OperandKind::Const);
    return I.op() == Op::Call && !Ends.count(N) &&
           llvm::any_of(B.argsOf(I), [&](uint32_t A) { return isIt(Operand(A)); });
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
    // The call that first fills it has failed: there is nothing in it yet.
    const bool First = !State[From].Used && Out.Used && mentionsLater(Bl);
    bool Changed = false;
    for (uint32_t K = 0; K != Bl.num_succs(); ++K) {
      const uint32_t To = Succs[Bl.first_succ() + K];
      if (To >= Blocks.size())
        continue;
      const bool Empty = First && Bl.num_succs() == 2 && !Later[To];
      const Use Arrives = Empty ? State[From] : Out;
      Use &S = State[To];
      Changed |= !S.Reached || (Arrives.Used && !S.Used) ||
                 (Arrives.InUse != NoId && (S.InUse == NoId || Arrives.InUse < S.InUse));
      S.Reached = true;
      S.Used |= Arrives.Used;
      S.InUse = std::min(S.InUse, Arrives.InUse);
    }
    return Changed;
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
  const std::set<uint32_t> &Ends; ///< calls of the habit for the variable
  llvm::ArrayRef<Block> Blocks;
  llvm::ArrayRef<uint32_t> Succs;
  std::vector<bool> Later;
  std::vector<Use> State; ///< at each block's start
};

/// The variable of the body that a call is handed, by address or as a pointer.
std::optional<std::pair<BaseKind, uint32_t>> variableOf(const BodyView &B, const Inst &Call) {
  for (uint32_t A : B.argsOf(Call)) {
    Operand O(A);
    for (unsigned Left = 8; Left && O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Copy;
         --Left)
      O = Operand(B.Insts[O.index()].a());
    const Place *P = nullptr;
    if (O.is(OperandKind::AddressOf))
      P = &B.Places[O.index()];
    else if (O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Load)
      P = &B.Places[B.Insts[O.index()].a()];
    if (P && P->kind() == BaseKind::Local)
      return std::pair(P->kind(), P->base());
  }
  return std::nullopt;
}

} // namespace

void ConsistentJudge::judgeExits() {
  for (BodyId Body = 0; Body != J.Prog.bodyCount(); ++Body)
    if (J.Prog.body(Body).Data->kind() == BodyKind::Function && isJudged(Body))
      judgeExitsOf(Body);
}

void ConsistentJudge::judgeExitsOf(BodyId Body) {
  const BodyView B(J.Prog, Body);
  std::map<Handled, std::set<uint32_t>> Calls;
  for (uint32_t N = 0; N != B.Insts.size(); ++N)
    for (EntityId H : Usual.doneBy(B, N))
      if (const auto V = variableOf(B, B.Insts[N]))
        Calls[{H, V->first, V->second}].insert(N);
  if (Calls.empty())
    return;
  const BodyFacts Facts(B.Data);
  for (const auto &[Of, Where] : Calls) {
    const auto Exits = ExitWalk(B, Facts, Of, Where).run();
    const unsigned Missing = llvm::count_if(Exits, [](const ExitWalk::Exit &E) { return E.InUse; });
    const Support S{unsigned(Exits.size()) - Missing, unsigned(Exits.size())};
    // The same variable in the same function is a closer tie than any number: a majority is enough.
    if (S.All < P.Least || S.Doing * 100 < P.Percent * S.All)
      continue;
    const llvm::StringRef Name = B.Of.string(rows(B.Data.locals())[Of.Index].name());
    const std::string Siblings =
        "ways out of " + J.Words.function(Body) + "() on which '" + Name.str() + "' is in use";
    for (const ExitWalk::Exit &E : Exits)
      if (E.InUse)
        reportExit({Body, E.Return}, {Body, E.UsedAt}, Of.Habit, S, Siblings,
                   {Body, *Where.begin()});
    addGroup(Siblings, Of.Habit, S, {Body, *Where.begin()});
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
