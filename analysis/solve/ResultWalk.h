/// One call's result, walked forwards: is each failure told from success on every way, before the
/// last trace of it is gone?
///
/// The result is followed as a few numbers at once, one for success and one for each class of
/// failure. The call is that of a site, or one by which a wrapper's own status comes; what is said
/// of it makes no verdict yet.
#ifndef ASSAY_ANALYSIS_SOLVE_RESULTWALK_H
#define ASSAY_ANALYSIS_SOLVE_RESULTWALK_H

#include "analysis/solve/HandedOn.h"
#include "analysis/solve/IdleDetours.h"
#include "analysis/solve/Refusals.h"

namespace assay {

class ResultWalk : public WalkClient {
public:
  /// Near: only on ways that may come to the files that are asked about. Survey: ways of successes
  /// are walked on, to see what they return.
  enum class Round : uint8_t { Whole, Near, Survey };
  /// `Known` of a survey, if one was made.
  ResultWalk(const ResultProperty &P, const Judging &J, IdleDetours &Detours, const RoleSite &Of,
             HandedStatus Asked, Round Mine = Round::Whole,
             std::optional<Refusals> Known = std::nullopt)
      : P(P), J(J), Detours(Detours), Of(Of), Asked(std::move(Asked)), Known(std::move(Known)),
        Mine(Mine), Walk(J, *this) {}

  void run();

  std::vector<Finding> Findings;
  std::set<InstRef> Tests;               ///< branches that tell success from failure
  std::string Unproven, Cure, HandedOut; ///< Cure: what would settle it
  /// Where knowledge ended, if that is a place.
  std::optional<InstRef> placeOfDoubt() const { return Walk.placeOfDoubt(Unproven); }
  /// As it was narrowed to what the body compares it with.
  const ResultClasses &classes() const { return Classes; }
  /// Of a survey.
  Refusals refusals() const;

  bool onCall(WalkState &S, InstRef Call) override;
  bool wantsInto(EntityId) override { return false; }
  bool doubtsUnresolved() const override { return false; }
  bool keepsConstants() const override { return surveys() || Known.has_value(); }
  bool goesOutTo(BodyId Caller) const override {
    return Mine != Round::Near || J.Asked.callable(Caller);
  }
  bool onBlock(WalkState &S) override;
  void onSplit(WalkState &S, InstRef Branch, LaneSet) override;
  std::optional<uint32_t> onDetour(WalkState &S, InstRef Branch) override;
  bool onReturn(WalkState &S, const Lanes *Value) override;
  void onEnd(WalkState &S, WayEnd How) override;

private:
  bool surveys() const { return Mine == Round::Survey; }
  bool isSite() const { return Asked.Call == Of.At; }
  bool isDropped();
  bool isApart(const WalkState &S) const;
  bool isRefusal(const WalkState &S, const Lanes *Value);
  void noteReturned(const WalkState &S, const Lanes &Value);
  LaneSet confounded(const WalkState &S, const Lanes *Value) const;
  bool settle(WalkState &S, const Lanes *Value);
  std::string howLost(const WalkState &S, LaneSet Mixed, bool Converted) const;
  std::string numbers(LaneSet Set) const;
  std::string first(LaneSet Set) const { return numbers(static_cast<LaneSet>(Set & -Set)); }
  void notProven(const std::string &Why, std::string How = "");
  void cutShort();
  void report(const WalkState &S, const std::string &How);

  const ResultProperty &P;
  const Judging &J;
  IdleDetours &Detours;
  const RoleSite &Of;
  const HandedStatus Asked;
  ResultClasses Classes = Asked.Classes;
  const std::optional<Refusals> Known;
  const Round Mine;
  ForwardWalk Walk;
  Refusals::Places FailAt, GoodAt; ///< where a way goes on that only failures, successes take
  Refusals::Returned Returns;
  std::set<InstRef> Reported;
  std::set<InstRef> OnlyTold; ///< branches after which both do the same, but for a message
  bool IsRaw = false, IsReturned = false; ///< returned: as it came, as what tells it
  bool OutOfEffort = false, JustSplit = false;
};

} // namespace assay

#endif
