/// Which functions a [consistent] property counts as a habit, and what a call surely does of them.
///
/// A call of a wrapper is a call of what the wrapper calls on each of its ways: summaries are made
/// bottom-up, once for the program. Limit: a wrapper that is part of a recursion has only itself.
#ifndef ASSAY_ANALYSIS_SOLVE_HABITS_H
#define ASSAY_ANALYSIS_SOLVE_HABITS_H

#include "analysis/solve/Answers.h"
#include "analysis/solve/Judging.h"
#include "policies/schema/Pattern.h"

namespace assay {

/// Functions, ordered.
using HabitSet = llvm::SmallVector<EntityId, 4>;
void uniteInto(HabitSet &To, const HabitSet &More);
void keepCommon(HabitSet &In, const HabitSet &Other);

/// What must have been done at each block's start (or, backwards, what must be done from its end
/// on). Nothing where no way leads.
using HabitsOfBlocks = std::vector<std::optional<HabitSet>>;
enum class Direction : uint8_t { Forwards, Backwards };
HabitsOfBlocks mustBe(const Body &B, Direction Way,
                      llvm::function_ref<HabitSet(uint32_t Inst)> DoneBy);

class Habits {
public:
  Habits(const ConsistentProperty &P, const Judging &J);

  /// The callee of every target, and what each of these surely calls.
  HabitSet doneBy(const BodyView &B, uint32_t Call) const;
  /// The same of calls that ask: whose answer is looked at, or that do not return if it is no.
  HabitSet askedBy(const BodyView &B, const Answers &Looked, uint32_t Call) const;
  bool hasRole(EntityId Function) const;
  /// Sets all bytes to one value.
  bool clears(const BodyView &B, uint32_t Call) const;
  bool counts(EntityId Function) const;
  /// All calls of those that count.
  std::vector<InstRef> calls() const;
  /// It does something: calls more than memory, text, logs and clocks, or writes more than its own
  /// variables.
  bool hasEffect(EntityId Function) const { return Effect.test(Prog.definitionOf(Function)); }
  /// One instruction is a part of that.
  bool isEffect(const BodyView &B, const Inst &I) const;
  /// It calls some other habit itself, or may reach one of the policy's roles: it may well do the
  /// same thing in another way.
  bool hasOther(EntityId Function);
  /// May the function call the habit, over any number of calls?
  bool mayDo(EntityId Function, EntityId Habit);

  /// Finds what each function does. Before that doneBy(), askedBy(), hasEffect(), isEffect() and
  /// hasOther() know of none; it is dear.
  void summarise();

private:
  bool matches(EntityId Function) const;
  bool isHarmless(EntityId Function) const;
  void summarise(EntityId Function);
  HabitSet surelyIn(const BodyView &B) const;
  bool mayRefuse(const BodyView &B) const;

  const ConsistentProperty &P;
  const Program &Prog;
  const RoleIndex &Roles;
  const Reach &Reaches;
  Pattern Names, NotNames;
  mutable llvm::BitVector Counted, Matched; ///< Counted: of those that were looked at
  llvm::BitVector Effect, Refuses;
  llvm::BitVector LeadsToAny;                ///< functions with such a call somewhere behind them
  llvm::DenseMap<EntityId, HabitSet> Surely; ///< only where there is something
  llvm::DenseMap<EntityId, llvm::BitVector> Doers;
  std::optional<llvm::BitVector> RoleDoers;
};

} // namespace assay

#endif
