// consistent: the calls of one function.
#include "analysis/solve/Consistent.h"
#include "analysis/solve/FlowTables.h"

#include <deque>

using namespace assay;

void ConsistentJudge::judgeCallers() {
  if (P.Does == UsualDeed::Tested)
    return judgeTests();
  const size_t Least = std::min<int64_t>(P.Least, 4);
  std::vector<EntityId> Called;
  for (EntityId Id = 0; Id != J.Prog.entityCount(); ++Id)
    if (J.Prog.definitionOf(Id) == Id && J.Prog.callersOf(Id).size() >= Least && isCalledHere(Id))
      Called.push_back(Id);
  if (!Called.empty())
    liftAll();
  for (EntityId Id : Called)
    judgeAround(Id);
}

bool ConsistentJudge::isCalledHere(EntityId Callee) const {
  return llvm::any_of(J.Prog.callersOf(Callee), [&](InstRef C) { return J.Asked.here(C.Body); });
}

/// What has surely been asked before each call of a body, or is surely done behind it.
void ConsistentJudge::findAround(BodyId Body) {
  const BodyView B(J.Prog, Body);
  std::vector<HabitSet> Done(B.Insts.size());
  bool Any = false;
  for (uint32_t N = 0; N != B.Insts.size(); ++N)
    Any |= !(Done[N] = Usual.doneBy(B, N)).empty();
  if (!Any)
    return;
  const bool Before = P.Does == UsualDeed::Before;
  const BodyFacts Facts(B.Data);
  const Answers Looked(B, Facts);
  if (Before)
    for (uint32_t N = 0; N != B.Insts.size(); ++N)
      if (!Done[N].empty())
        Done[N] = Usual.askedBy(B, Looked, N);
  const HabitsOfBlocks At = mustBe(B.Data, Before ? Direction::Forwards : Direction::Backwards,
                                   [&](uint32_t N) { return Done[N]; });
  const auto Blocks = rows(B.Data.blocks());
  for (uint32_t I = 0; I != Blocks.size(); ++I) {
    if (!At[I])
      continue;
    HabitSet Here = *At[I];
    for (uint32_t K = 0; K != Blocks[I].num_insts(); ++K) {
      const uint32_t N = Blocks[I].first_inst() + (Before ? K : Blocks[I].num_insts() - 1 - K);
      if (B.Insts[N].op() == Op::Call && !Here.empty())
        Around[{Body, N}] = Here;
      uniteInto(Here, Done[N]);
    }
  }
}

HabitSet ConsistentJudge::around(InstRef Call) const {
  HabitSet S;
  if (auto It = Around.find(Call); It != Around.end())
    S = It->second;
  const EntityId In = J.Prog.definitionOf(J.Prog.body(Call.Body).Entity);
  if (Lifted[In])
    uniteInto(S, *Lifted[In]);
  return S;
}

/// What holds at every call of a function holds in all of it. Sets only shrink, so that the order
/// does not matter; what is not reached from an entry point keeps none.
void ConsistentJudge::liftAll() {
  for (BodyId Body = 0; Body != J.Prog.bodyCount(); ++Body)
    findAround(Body);
  Lifted.resize(J.Prog.entityCount());
  std::deque<EntityId> Work;
  auto Set = [&](EntityId Id, HabitSet S) {
    Lifted[Id] = std::move(S);
    Work.push_back(Id);
  };
  for (EntityId Id = 0; Id != J.Prog.entityCount(); ++Id)
    if (!J.Prog.bodiesOf(Id).empty() && J.Prog.definitionOf(Id) == Id &&
        (J.Prog.mayHaveUnknownCallers(Id) || J.Prog.callersOf(Id).empty()))
      Set(Id, {});
  while (!Work.empty()) {
    const EntityId Id = Work.front();
    Work.pop_front();
    for (BodyId Body : J.Prog.bodiesOf(Id))
      for (uint32_t N = 0; N != rowCount(J.Prog.body(Body).Data->insts()); ++N) {
        if (J.Prog.inst({Body, N}).op() != Op::Call)
          continue;
        HabitSet Here = around({Body, N});
        for (EntityId T : J.Prog.calleesOf({Body, N}).Targets) {
          T = J.Prog.definitionOf(T);
          if (J.Prog.bodiesOf(T).empty())
            continue;
          HabitSet New = Here;
          if (Lifted[T])
            keepCommon(New, *Lifted[T]);
          if (!Lifted[T] || New != *Lifted[T])
            Set(T, std::move(New));
        }
      }
  }
}

void ConsistentJudge::judgeAround(EntityId Callee) {
  const bool Works =
      J.Prog.bodiesOf(Callee).empty() ? J.Roles.rowsOf(Callee).empty() : Usual.hasEffect(Callee);
  if (Usual.counts(Callee) || !Works)
    return;
  // One function counts once, however often it calls; one call without the habit is enough.
  std::map<EntityId, std::vector<InstRef>> Callers;
  for (InstRef Call : J.Prog.callersOf(Callee))
    if (isJudged(Call.Body))
      Callers[J.Prog.body(Call.Body).Entity].push_back(Call);
  std::map<EntityId, std::set<EntityId>> Doers; // habit -> callers that have it
  for (const auto &[Caller, Calls] : Callers) {
    HabitSet Common = around(Calls.front());
    for (InstRef Call : llvm::ArrayRef(Calls).drop_front())
      keepCommon(Common, around(Call));
    for (EntityId H : Common)
      Doers[H].insert(Caller);
  }
  for (const auto &[Habit, Who] : Doers) {
    if (2 * Who.size() < Callers.size())
      continue;
    std::vector<EntityId> Without;
    for (const auto &[Caller, Calls] : Callers)
      if (!Who.count(Caller) && deviates(Caller, Habit))
        Without.push_back(Caller);
    const Support S{unsigned(Who.size()), unsigned(Who.size() + Without.size())};
    if (!S.isStrong(P, Usual.hasRole(Habit)))
      continue;
    const std::string Siblings = "callers of " + J.Words.name(Callee) + "()";
    for (EntityId Caller : Without)
      if (Reported.insert({Caller, Habit}).second)
        reportCall(Callers.at(Caller).front(), Habit, S, Siblings,
                   Callers.at(*Who.begin()).front());
    addGroup(Siblings, Habit, S, Callers.begin()->second.front());
  }
}

void ConsistentJudge::reportCall(InstRef Call, EntityId Habit, Support S,
                                 const std::string &Siblings, InstRef Example) {
  Deviation D{Habit, S, Siblings, J.Words.callee(Call), Call.Body, J.Words.at(Call), {}, {Example}};
  D.Way.push_back({J.Words.at(Call), J.Words.function(Call.Body),
                   "this call of " + D.Place + " is one without " + J.Words.name(Habit) + "()"});
  report(std::move(D));
}

/// What each call's result is used for, by callee.
void ConsistentJudge::judgeTests() {
  std::map<EntityId, std::vector<std::pair<InstRef, Answer>>> Calls;
  std::set<EntityId> CalledHere; // what is said of others stands elsewhere
  llvm::BitVector Callers(J.Prog.bodyCount(), J.Asked.isAll());
  for (BodyId Body = 0; Body != J.Prog.bodyCount() && !J.Asked.isAll(); ++Body)
    if (J.Asked.here(Body))
      for (const BodyView B(J.Prog, Body); const Inst &I : B.Insts)
        if (I.op() == Op::Call && !BodyView::isDispatched(I))
          CalledHere.insert(J.Prog.definitionOf(B.entity(Operand(I.a()).index())));
  for (EntityId Callee : CalledHere)
    for (InstRef Call : J.Prog.callersOf(Callee))
      Callers.set(Call.Body);
  for (BodyId Body : Callers.set_bits()) {
    if (!isJudged(Body))
      continue;
    const BodyView B(J.Prog, Body);
    std::optional<Answers> Looked;
    for (uint32_t N = 0; N != B.Insts.size(); ++N) {
      const Inst &I = B.Insts[N];
      if (I.op() != Op::Call || BodyView::isUnevaluated(I))
        continue;
      const llvm::StringRef Type = B.Of.string(I.type());
      if (BodyView::isDispatched(I) || Type.empty() || Type == "void" || Type.contains('*'))
        continue;
      const EntityId Callee = J.Prog.definitionOf(B.entity(Operand(I.a()).index()));
      if (!Usual.counts(Callee) || !(J.Asked.isAll() || CalledHere.count(Callee)))
        continue;
      if (!Looked)
        Looked.emplace(B, J.Flows.Bodies[Body]);
      Calls[Callee].push_back({{Body, N}, Looked->to(N)});
    }
  }
  for (const auto &[Callee, Its] : Calls)
    judgeTestsOf(Callee, Its);
}

/// The arguments that are a null pointer.
static std::set<uint32_t> nullsOf(const Program &Prog, InstRef Call) {
  const BodyView B(Prog, Call.Body);
  std::set<uint32_t> Nulls;
  const auto Args = B.argsOf(B.Insts[Call.Inst]);
  for (uint32_t A = 0; A != Args.size(); ++A)
    if (const Operand O(Args[A]);
        O.is(OperandKind::Const) && B.Constants[O.index()].kind() == ConstantKind::Null)
      Nulls.insert(A);
  return Nulls;
}

/// Who hands a null pointer where nobody that tests does asks for something else: to forget what
/// was kept, which cannot fail.
void ConsistentJudge::leaveOutNulls(llvm::ArrayRef<InstRef> Tested,
                                    std::vector<InstRef> &Dropped) const {
  std::set<uint32_t> Usual;
  for (InstRef Call : Tested)
    Usual.merge(nullsOf(J.Prog, Call));
  std::erase_if(Dropped, [&](InstRef Call) {
    return llvm::any_of(nullsOf(J.Prog, Call), [&](uint32_t A) { return !Usual.count(A); });
  });
}

void ConsistentJudge::judgeTestsOf(EntityId Callee,
                                   llvm::ArrayRef<std::pair<InstRef, Answer>> Calls) {
  std::vector<InstRef> Tested, Dropped;
  unsigned Data = 0, Kinds = 0;
  for (const auto &[Call, Use] : Calls) {
    Data += Use == Answer::Data;
    Kinds += Use == Answer::Kind;
    if (Use == Answer::Tested || Use == Answer::Kind)
      Tested.push_back(Call);
    else if (Use == Answer::Dropped)
      Dropped.push_back(Call);
  }
  leaveOutNulls(Tested, Dropped);
  const Support S{unsigned(Tested.size()), unsigned(Tested.size() + Dropped.size())};
  // A result that is counted with, or mostly asked for its kind, is no report of success.
  if (Data * 10 > Calls.size() || Kinds * 4 > Tested.size() ||
      !S.isStrong(P, Usual.hasRole(Callee)))
    return;
  const std::string Siblings = "calls of " + J.Words.name(Callee) + "()";
  for (InstRef Call : Dropped) {
    Deviation D{Callee, S, Siblings, J.Words.callee(Call), Call.Body, J.Words.at(Call), {}, {}};
    D.Examples.assign(Tested.begin(),
                      Tested.begin() + std::min(Tested.size(), size_t(MostExamples)));
    D.Way.push_back(
        {D.At, J.Words.function(Call.Body), "nobody looks at the result of " + D.Place});
    report(std::move(D));
  }
  addGroup(Siblings, Callee, S, Tested.front());
}
