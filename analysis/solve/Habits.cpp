#include "analysis/solve/Habits.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;

namespace {

/// A wrapper that surely calls more than these is no wrapper; the nearest stay.
constexpr size_t MostHabits = 32;

/// Roles whose functions only move memory, text and time: no work that a check must come before,
/// and no habit.
constexpr llvm::StringLiteral HarmlessRoles[] = {"memory.", "string.", "log.",       "console.",
                                                 "time.",   "random.", "secret.mask"};

} // namespace

void assay::uniteInto(HabitSet &To, const HabitSet &More) {
  if (More.empty())
    return;
  HabitSet All;
  std::set_union(To.begin(), To.end(), More.begin(), More.end(), std::back_inserter(All));
  To = std::move(All);
}

void assay::keepCommon(HabitSet &In, const HabitSet &Other) {
  llvm::erase_if(In,
                 [&](EntityId E) { return !std::binary_search(Other.begin(), Other.end(), E); });
}

namespace {

class MustFlow {
public:
  MustFlow(const Body &B, Direction Way, llvm::function_ref<HabitSet(uint32_t)> DoneBy)
      : Blocks(rows(B.blocks())), Succs(rows(B.succs())), Way(Way), In(Blocks.size()),
        Done(Blocks.size()), Before(Blocks.size()) {
    for (uint32_t I = 0; I != Blocks.size(); ++I) {
      for (uint32_t N = 0; N != Blocks[I].num_insts(); ++N)
        uniteInto(Done[I], DoneBy(Blocks[I].first_inst() + N));
      if (Blocks[I].no_return())
        continue;
      for (uint32_t K = 0; K != Blocks[I].num_succs(); ++K)
        if (const uint32_t To = Succs[Blocks[I].first_succ() + K]; To < Blocks.size()) {
          (Way == Direction::Forwards ? Before[To] : Before[I])
              .push_back(Way == Direction::Forwards ? I : To);
        }
    }
  }

  HabitsOfBlocks run() {
    if (Blocks.empty())
      return {};
    In[Way == Direction::Forwards ? 0 : Blocks.size() - 1].emplace();
    // Blocks are in reverse post-order: a few rounds are enough.
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (size_t K = 0; K != Blocks.size(); ++K)
        Changed |= join(Way == Direction::Forwards ? K : Blocks.size() - 1 - K);
    }
    return std::move(In);
  }

private:
  bool join(size_t To) {
    std::optional<HabitSet> New = In[To];
    for (uint32_t From : Before[To]) {
      if (!In[From])
        continue;
      HabitSet Arrives = *In[From];
      uniteInto(Arrives, Done[From]);
      if (New)
        keepCommon(*New, Arrives);
      else
        New = std::move(Arrives);
    }
    const bool Changed = New != In[To];
    In[To] = std::move(New);
    return Changed;
  }

  llvm::ArrayRef<Block> Blocks;
  llvm::ArrayRef<uint32_t> Succs;
  Direction Way;
  HabitsOfBlocks In;
  std::vector<HabitSet> Done;
  std::vector<llvm::SmallVector<uint32_t, 2>> Before;
};

} // namespace

HabitsOfBlocks assay::mustBe(const Body &B, Direction Way,
                             llvm::function_ref<HabitSet(uint32_t)> DoneBy) {
  return MustFlow(B, Way, DoneBy).run();
}

Habits::Habits(const ConsistentProperty &P, const Judging &J)
    : P(P), Prog(J.Prog), Roles(J.Roles), Reaches(J.Reaches), Names(P.Names), NotNames(P.NotNames) {
  Counted.resize(Prog.entityCount());
  Effect.resize(Prog.entityCount());
  Refuses.resize(Prog.entityCount());
  Matched.resize(Prog.entityCount());
}

/// Most functions of headers are never called, and names are dear to match.
bool Habits::counts(EntityId Function) const {
  if (!Matched.test(Function)) {
    Matched.set(Function);
    Counted[Function] = Prog.entity(Function).isFunction() && matches(Function);
  }
  return Counted.test(Function);
}

std::vector<InstRef> Habits::calls() const {
  std::vector<InstRef> All;
  for (EntityId Id = 0; Id != Prog.entityCount(); ++Id)
    if (const auto Callers = Prog.callersOf(Id);
        Prog.definitionOf(Id) == Id && !Callers.empty() && counts(Id))
      llvm::append_range(All, Callers);
  return All;
}

bool Habits::hasRole(EntityId Function) const {
  return llvm::any_of(Roles.rowsOf(Function), [&](const FunctionModel *Row) {
    return llvm::is_contained(P.Roles, Row->Role);
  });
}

bool Habits::clears(const BodyView &B, uint32_t Call) const {
  const Operand Callee(B.Insts[Call].a());
  return Callee.is(OperandKind::Function) &&
         llvm::any_of(Roles.rowsOf(B.entity(Callee.index())),
                      [](const FunctionModel *Row) { return Row->Role == "memory.fill"; });
}

bool Habits::matches(EntityId Function) const {
  // A log that serves as a record, too, is no habit: everybody writes to it about anything.
  if (hasRole(Function))
    return llvm::none_of(Roles.rowsOf(Function), [](const FunctionModel *Row) {
      return llvm::StringRef(Row->Role).starts_with("log.") ||
             llvm::StringRef(Row->Role).starts_with("console.");
    });
  const EntityInfo &E = Prog.entity(Function);
  if (E.has(EntityFlag::Implicit) || E.Kind == EntityKind::Constructor ||
      E.Kind == EntityKind::Destructor || isHarmless(Function))
    return false;
  const llvm::StringRef Name =
      E.Qualified.rsplit("::").second.empty() ? E.Qualified : E.Qualified.rsplit("::").second;
  if (P.Names.empty() ? !P.Roles.empty() : !Names.match(Name))
    return false;
  return P.NotNames.empty() || !NotNames.match(Name);
}

bool Habits::isHarmless(EntityId Function) const {
  const auto Rows = Roles.rowsOf(Function);
  if (!Rows.empty())
    return llvm::all_of(Rows, [&](const FunctionModel *Row) {
      return llvm::any_of(HarmlessRoles, [&](llvm::StringRef Prefix) {
        return llvm::StringRef(Row->Role).starts_with(Prefix);
      });
    });
  const EntityInfo &E = Prog.entity(Function);
  // printf() and its like: what they do, they do to text.
  return Prog.bodiesOf(Function).empty() && E.has(EntityFlag::Variadic);
}

bool Habits::isEffect(const BodyView &B, const Inst &I) const {
  if (I.op() == Op::Store) {
    const Place &To = B.Places[I.a()];
    return To.kind() != BaseKind::Local && (To.kind() != BaseKind::Param || To.path_len() != 0);
  }
  if (I.op() != Op::Call || BodyView::isUnevaluated(I))
    return false;
  const Operand Callee(I.a());
  if (!Callee.is(OperandKind::Function))
    return true;
  const EntityId To = Prog.definitionOf(B.entity(Callee.index()));
  return Prog.bodiesOf(To).empty() ? !isHarmless(To) : Effect.test(To);
}

HabitSet Habits::doneBy(const BodyView &B, uint32_t Call) const {
  const Inst &I = B.Insts[Call];
  if (I.op() != Op::Call || BodyView::isUnevaluated(I))
    return {};
  auto Of = [&](EntityId Callee) {
    Callee = Prog.definitionOf(Callee);
    HabitSet S;
    if (auto It = Surely.find(Callee); It != Surely.end())
      S = It->second;
    if (counts(Callee))
      uniteInto(S, {Callee});
    return S;
  };
  if (!BodyView::isDispatched(I))
    return Of(B.entity(Operand(I.a()).index()));
  const Callees To = Prog.calleesOf({B.Id, Call});
  if (!To.Complete || To.Targets.empty())
    return {};
  HabitSet S = Of(To.Targets.front());
  for (EntityId T : To.Targets.drop_front())
    keepCommon(S, Of(T));
  return S;
}

HabitSet Habits::askedBy(const BodyView &B, const Answers &Looked, uint32_t Call) const {
  HabitSet S = doneBy(B, Call);
  if (S.empty() || Looked.isQuestion(Prog, Call))
    return S;
  const llvm::StringRef Type = B.Of.string(B.Insts[Call].type());
  const bool Void = Type.empty() || Type == "void";
  if (!Void)
    return {};
  llvm::erase_if(S, [&](EntityId E) { return !Refuses.test(E); });
  return S;
}

bool Habits::mayDo(EntityId Function, EntityId Habit) {
  auto [It, New] = Doers.try_emplace(Habit);
  if (New)
    It->second = Reaches.to(Prog.callersOf(Habit));
  return It->second.test(Function) || It->second.test(Prog.definitionOf(Function));
}

bool Habits::hasOther(EntityId Function) {
  if (P.Roles.empty() && P.Names.empty())
    return false; // then everything is a habit
  if (!RoleDoers) {
    std::vector<InstRef> Places;
    for (const std::string &R : P.Roles)
      for (const RoleSite &S : Roles.sitesOf(R))
        Places.push_back(S.At);
    RoleDoers = Reaches.to(Places);
  }
  if (RoleDoers->test(Function))
    return true;
  for (BodyId Body : Prog.bodiesOf(Function)) {
    const BodyView B(Prog, Body);
    for (uint32_t N = 0; N != B.Insts.size(); ++N)
      if (!doneBy(B, N).empty())
        return true;
  }
  return false;
}

/// Callees before callers; of a circle, whoever is met first comes last.
void Habits::summarise() {
  LeadsToAny = Reaches.to(calls());
  enum class State : uint8_t { New, Open, Done };
  std::vector<State> Seen(Prog.entityCount(), State::New);
  std::vector<std::pair<EntityId, std::vector<EntityId>>> Stack;
  auto Open = [&](EntityId Id) {
    Seen[Id] = State::Open;
    std::vector<EntityId> To;
    for (BodyId Body : Prog.bodiesOf(Id)) {
      const BodyView B(Prog, Body);
      for (uint32_t N = 0; N != B.Insts.size(); ++N)
        if (B.Insts[N].op() == Op::Call)
          for (EntityId T : Prog.calleesOf({Body, N}).Targets)
            To.push_back(Prog.definitionOf(T));
    }
    llvm::sort(To, std::greater<>());
    Stack.push_back({Id, std::move(To)});
  };
  for (EntityId Root = 0; Root != Prog.entityCount(); ++Root) {
    if (Seen[Root] != State::New || Prog.bodiesOf(Root).empty() || Prog.definitionOf(Root) != Root)
      continue;
    Open(Root);
    while (!Stack.empty()) {
      if (Stack.back().second.empty()) {
        const EntityId Id = Stack.back().first;
        Stack.pop_back();
        summarise(Id);
        Seen[Id] = State::Done;
        continue;
      }
      const EntityId Next = Stack.back().second.back();
      Stack.back().second.pop_back();
      if (Seen[Next] == State::New && !Prog.bodiesOf(Next).empty())
        Open(Next);
    }
  }
}

void Habits::summarise(EntityId Function) {
  std::optional<HabitSet> Common;
  for (BodyId Body : Prog.bodiesOf(Function)) {
    const BodyView B(Prog, Body);
    if (!Effect.test(Function) &&
        llvm::any_of(B.Insts, [&](const Inst &I) { return isEffect(B, I); }))
      Effect.set(Function);
    if (mayRefuse(B))
      Refuses.set(Function);
    HabitSet Mine = LeadsToAny.test(Prog.body(Body).Entity) ? surelyIn(B) : HabitSet();
    if (Common)
      keepCommon(*Common, Mine);
    else
      Common = std::move(Mine);
  }
  if (!Common || Common->empty())
    return;
  if (Common->size() > MostHabits)
    Common->truncate(MostHabits);
  Surely[Function] = std::move(*Common);
}

/// It throws, or ends the program or the thread.
bool Habits::mayRefuse(const BodyView &B) const {
  return llvm::any_of(rows(B.Data.blocks()), [](const Block &Bl) { return Bl.no_return() != 0; }) ||
         llvm::any_of(B.Insts, [](const Inst &I) {
           return I.op() == Op::Opaque && OpaqueReason(I.sub()) == OpaqueReason::Throw;
         });
}

namespace {
/// One way out of a function: the constant that is returned, and what was surely done.
struct FunctionEnd {
  std::optional<int64_t> Value;
  HabitSet Done;
};

std::vector<FunctionEnd> endsOf(const BodyView &B, const HabitsOfBlocks &At,
                                llvm::function_ref<HabitSet(uint32_t)> Done) {
  std::vector<FunctionEnd> Ends;
  const auto Blocks = rows(B.Data.blocks());
  for (uint32_t I = 0; I != Blocks.size(); ++I) {
    const Block &Bl = Blocks[I];
    const Inst *Last = Bl.num_insts() ? &B.Insts[Bl.first_inst() + Bl.num_insts() - 1] : nullptr;
    if (!At[I] || !Last || Last->op() != Op::Return || Operand(Last->a()).isNone())
      continue;
    FunctionEnd E{std::nullopt, *At[I]};
    for (uint32_t N = 0; N != Bl.num_insts(); ++N)
      uniteInto(E.Done, Done(Bl.first_inst() + N));
    if (const Operand O(Last->a()); O.is(OperandKind::Const))
      if (const Constant &C = B.Constants[O.index()]; C.kind() == ConstantKind::Int)
        E.Value = C.value();
    Ends.push_back(std::move(E));
  }
  // Nothing is returned: all ways meet in the last block.
  if (Ends.empty() && !At.empty() && At.back())
    Ends.push_back({std::nullopt, *At.back()});
  return Ends;
}
} // namespace

/// What is called on each way to a return. A constant that is returned without it, and never with
/// it, is the wrapper's own refusal: `if (!s) return -1; return check(s);`.
HabitSet Habits::surelyIn(const BodyView &B) const {
  std::map<uint32_t, HabitSet> Doing; // few instructions do anything of the kind
  HabitSet Any;
  for (uint32_t N = 0; N != B.Insts.size(); ++N)
    if (HabitSet Here = doneBy(B, N); !Here.empty()) {
      uniteInto(Any, Here);
      Doing[N] = std::move(Here);
    }
  if (Any.empty())
    return {};
  const auto Done = [&](uint32_t N) {
    const auto It = Doing.find(N);
    return It == Doing.end() ? HabitSet() : It->second;
  };
  const HabitsOfBlocks At = mustBe(B.Data, Direction::Forwards, Done);
  std::vector<FunctionEnd> Ends = endsOf(B, At, Done);
  llvm::erase_if(Any, [&](EntityId H) {
    auto Has = [&](const HabitSet &S) { return std::binary_search(S.begin(), S.end(), H); };
    bool Proper = false;
    for (const auto &[Value, With] : Ends) {
      if (!Has(With) && !Value)
        return true;
      const bool IsRefusal = llvm::any_of(
          Ends, [&, V = Value](const auto &E) { return !Has(E.Done) && E.Value == V; });
      Proper |= Has(With) && (!Value || !IsRefusal);
    }
    return !Proper;
  });
  return Any;
}
