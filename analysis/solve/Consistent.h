/// What the solvers of `consistent` share: the statistics, and how a deviation is told. One file
/// for each thing that siblings can be.
#ifndef ASSAY_ANALYSIS_SOLVE_CONSISTENT_H
#define ASSAY_ANALYSIS_SOLVE_CONSISTENT_H

#include "analysis/solve/Habits.h"
#include "analysis/solve/SiblingGroups.h"

#include <set>

namespace assay {

/// How many siblings do a thing, of how many.
struct Support {
  unsigned Doing = 0, All = 0;

  /// Of how many standard deviations it is above what a coin would give: (2d - n) / sqrt(n).
  double z() const;
  /// Enough to call the rest deviating. A role that the policy knows is evidence of its own: then
  /// four siblings are enough, and chance is not asked.
  bool isStrong(const ConsistentProperty &P, bool HasRole) const;
  std::string text() const; ///< "11 of 12"
};

/// One place that does not do what its siblings do.
struct Deviation {
  EntityId Usual = NoId; ///< the function that the others call
  Support Of;
  std::string Siblings; ///< "functions in the table 'commands'"
  std::string Place;    ///< the deviating one: "cmd_clear()"
  BodyId Body = NoId;   ///< where
  Location At;
  std::vector<PathStep> Way; ///< why the place belongs there, and what it does instead
  std::vector<InstRef> Examples;
};

class ConsistentJudge {
public:
  ConsistentJudge(const ConsistentProperty &P, const Judging &J) : P(P), J(J), Usual(P, J) {}

  void run();

private:
  static constexpr double LeastZ = 1.6;
  static constexpr size_t MostExamples = 3;
  static constexpr unsigned MostWrappers = 4;
  friend struct Support;

  struct Doing {
    std::vector<InstRef> Examples; ///< where members do it, one each
    std::vector<bool> Does;        ///< by member
    unsigned Count = 0;
  };
  /// Per habit, which members have it.
  using Table = std::map<EntityId, Doing>;

  // ConsistentHandlers.cpp: functions
  bool asksWhatIsDone();
  std::vector<SiblingGroup> askedGroups();
  void judgeGroups();
  void judgeGroup(const SiblingGroup &G);
  std::map<EntityId, InstRef> habitsOf(EntityId Function) const;
  void habitsBefore(const BodyView &B, std::map<EntityId, InstRef> &Out) const;
  void judgeMembers(const SiblingGroup &G, EntityId Habit, const Doing &D, Support S);
  bool deviates(EntityId Function, EntityId Habit);
  Support supportOf(const SiblingGroup &G, EntityId Habit, const Doing &D);
  InstRef firstEffect(EntityId Function) const;
  // ConsistentCalls.cpp: calls of one function
  void judgeCallers();
  bool isCalledHere(EntityId Callee) const;
  void findAround(BodyId Body);
  HabitSet around(InstRef Call) const;
  void liftAll();
  void judgeAround(EntityId Callee);
  void reportCall(InstRef Call, EntityId Habit, Support S, const std::string &Siblings,
                  InstRef Example);
  void judgeTests();
  void leaveOutNulls(llvm::ArrayRef<InstRef> Tested, std::vector<InstRef> &Dropped) const;
  void judgeTestsOf(EntityId Callee, llvm::ArrayRef<std::pair<InstRef, Answer>> Calls);
  // ConsistentExits.cpp: ways out of one function
  void judgeExits();
  void judgeExitsOf(BodyId Body);
  Operand doneTo(const BodyView &B, uint32_t Call, EntityId Habit, unsigned Depth) const;
  void reportExit(InstRef Return, InstRef Used, EntityId Habit, Support S,
                  const std::string &Siblings, InstRef Example);

  void report(Deviation D);
  bool isJudged(BodyId Body) const;
  /// The site that says what the siblings have in common.
  void addGroup(const std::string &Siblings, EntityId Habit, Support S, InstRef At);

  const ConsistentProperty &P;
  const Judging &J;
  Habits Usual;
  std::set<std::pair<EntityId, EntityId>> Reported; ///< function, habit
  std::map<InstRef, HabitSet> Around;               ///< by call, where there is something
  std::vector<std::optional<HabitSet>> Lifted;      ///< by entity
};

} // namespace assay

#endif
