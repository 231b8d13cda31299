// consistent: functions of one table, of one interface.
#include "analysis/solve/Consistent.h"
#include "analysis/solve/FlowTables.h"

using namespace assay;

/// Of which a member stands where findings are asked for.
std::vector<SiblingGroup> ConsistentJudge::askedGroups() {
  const auto IsHere = [&](const Sibling &M) {
    return llvm::any_of(J.Prog.bodiesOf(M.Function), [&](BodyId B) { return J.Asked.here(B); });
  };
  auto Groups = J.Flows.Siblings.of(P.Siblings, std::min<int64_t>(P.Least, 4));
  std::erase_if(Groups, [&](const SiblingGroup &G) { return llvm::none_of(G.Members, IsHere); });
  return Groups;
}

void ConsistentJudge::judgeGroups() {
  for (const SiblingGroup &G : askedGroups())
    judgeGroup(G);
}

/// What is done of the habits, with the call that does it.
std::map<EntityId, InstRef> ConsistentJudge::habitsOf(EntityId Function) const {
  std::map<EntityId, InstRef> Out;
  for (BodyId Body : J.Prog.bodiesOf(Function)) {
    const BodyView B(J.Prog, Body);
    if (P.Does == UsualDeed::Before) {
      habitsBefore(B, Out);
      continue;
    }
    for (uint32_t N = 0; N != B.Insts.size(); ++N)
      for (EntityId H : Usual.doneBy(B, N))
        Out.try_emplace(H, InstRef{Body, N});
  }
  return Out;
}

/// Asked before at least half of the work, or before any return where there is no work.
void ConsistentJudge::habitsBefore(const BodyView &B, std::map<EntityId, InstRef> &Out) const {
  std::map<EntityId, InstRef> Asked;
  std::vector<HabitSet> Done(B.Insts.size());
  std::optional<BodyFacts> Facts;
  std::optional<Answers> Looked;
  for (uint32_t N = 0; N != B.Insts.size(); ++N) {
    if (Usual.doneBy(B, N).empty())
      continue;
    if (!Facts) {
      Facts.emplace(B.Data);
      Looked.emplace(B, *Facts);
    }
    Done[N] = Usual.askedBy(B, *Looked, N);
    for (EntityId H : Done[N])
      Asked.try_emplace(H, InstRef{B.Id, N});
  }
  if (Asked.empty())
    return;
  const HabitsOfBlocks At =
      mustBe(B.Data, Direction::Forwards, [&](uint32_t N) { return Done[N]; });
  std::map<EntityId, unsigned> Behind;
  unsigned Work = 0;
  const auto Blocks = rows(B.Data.blocks());
  for (uint32_t I = 0; I != Blocks.size(); ++I) {
    if (!At[I])
      continue;
    HabitSet Here = *At[I];
    for (uint32_t N = Blocks[I].first_inst(); N != Blocks[I].first_inst() + Blocks[I].num_insts();
         ++N) {
      if (Done[N].empty() && Usual.isEffect(B, B.Insts[N])) {
        ++Work;
        for (EntityId H : Here)
          ++Behind[H];
      }
      uniteInto(Here, Done[N]);
    }
  }
  for (const auto &[H, Where] : Asked)
    if (2 * Behind[H] >= Work)
      Out.try_emplace(H, Where);
}

void ConsistentJudge::judgeGroup(const SiblingGroup &G) {
  // Who does nothing has nothing to guard; it neither follows the habit nor breaks it.
  SiblingGroup Working{G.Kind, G.Name, {}};
  for (const Sibling &M : G.Members)
    if (Usual.hasEffect(M.Function))
      Working.Members.push_back(M);
  Table Doers;
  const size_t Count = Working.Members.size();
  for (size_t K = 0; K != Count; ++K)
    for (const auto &[Habit, Where] : habitsOf(Working.Members[K].Function)) {
      Doing &D = Doers[Habit];
      D.Does.resize(Count);
      D.Does[K] = true;
      ++D.Count;
      if (D.Examples.size() < MostExamples)
        D.Examples.push_back(Where);
    }
  // The best supported habit first: it is the one that is told.
  std::vector<std::tuple<unsigned, EntityId, Support>> Order;
  for (auto &[Habit, D] : Doers) {
    D.Does.resize(Count);
    const Support S = supportOf(Working, Habit, D);
    if (S.isStrong(P, Usual.hasRole(Habit)))
      Order.push_back({S.All - S.Doing, Habit, S});
  }
  llvm::sort(Order, [](const auto &A, const auto &B) {
    return std::tie(std::get<0>(A), std::get<1>(A)) < std::tie(std::get<0>(B), std::get<1>(B));
  });
  for (const auto &[Missing, Habit, S] : Order)
    judgeMembers(Working, Habit, Doers[Habit], S);
}

/// Never, neither here nor further in, and nothing of its kind either.
bool ConsistentJudge::deviates(EntityId Function, EntityId Habit) {
  return Function != Habit && !Usual.mayDo(Function, Habit) && !Usual.hasOther(Function);
}

/// Who does it late, on some ways only, or in another way counts on neither side.
Support ConsistentJudge::supportOf(const SiblingGroup &G, EntityId Habit, const Doing &D) {
  Support S{D.Count, D.Count};
  // A habit of the lesser part is none, whoever is left out.
  if (D.Count < std::min<int64_t>(P.Least, 4) - 1 || 2 * D.Count < G.Members.size())
    return S.Doing = 0, S;
  for (size_t K = 0; K != G.Members.size(); ++K)
    S.All += !D.Does[K] && deviates(G.Members[K].Function, Habit);
  return S;
}

void ConsistentJudge::judgeMembers(const SiblingGroup &G, EntityId Habit, const Doing &D,
                                   Support S) {
  for (size_t K = 0; K != G.Members.size(); ++K) {
    const Sibling &M = G.Members[K];
    const BodyId Body = J.Prog.bodiesOf(M.Function).front();
    if (D.Does[K] || !deviates(M.Function, Habit) || !isJudged(Body) ||
        !Reported.insert({M.Function, NoId}).second)
      continue;
    Reported.insert({M.Function, Habit});
    Deviation Dev{Habit, S, G.Name, J.Words.name(M.Function) + "()", Body, {}, {}, D.Examples};
    Dev.At = J.Words.at(Body, *J.Prog.body(Body).Data->loc());
    if (M.Listed.Body != NoId)
      Dev.Way.push_back({J.Words.at(M.Listed), J.Words.function(M.Listed.Body),
                         Dev.Place + " is one of the " + G.Name});
    if (const InstRef Work = firstEffect(M.Function); Work.Body != NoId)
      Dev.Way.push_back({J.Words.at(Work), Dev.Place.substr(0, Dev.Place.size() - 2),
                         "works without " + J.Words.name(Habit) + "()"});
    report(std::move(Dev));
  }
  addGroup(G.Name, Habit, S, D.Examples.front());
}

InstRef ConsistentJudge::firstEffect(EntityId Function) const {
  for (BodyId Body : J.Prog.bodiesOf(Function)) {
    const BodyView B(J.Prog, Body);
    for (uint32_t N = 0; N != B.Insts.size(); ++N)
      if (Usual.isEffect(B, B.Insts[N]))
        return {Body, N};
  }
  return {};
}
