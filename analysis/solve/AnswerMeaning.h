/// What the ends of some ways mean, by what the same body answers after a call in it has succeeded
/// and after it has failed: an answer that only successes give grants, one that failures give
/// refuses. Answers are what is returned, what is left in memory, and which functions are called.
#ifndef ASSAY_ANALYSIS_SOLVE_ANSWERMEANING_H
#define ASSAY_ANALYSIS_SOLVE_ANSWERMEANING_H

#include "analysis/solve/WaysAfter.h"

namespace assay {

HandedStatus onlySuccess(HandedStatus Of);
HandedStatus onlyFailure(HandedStatus Of);

enum class Meaning : uint8_t {
  Nothing, ///< both answer so, or it is not known
  Refused,
  Alike,  ///< no failure answers so, and it looks like the successes
  Granted ///< as a success
};

class AnswerMeaning {
public:
  /// `Aside`: another call of the body, which is taken to fail where the first has failed.
  AnswerMeaning(const Judging &J, const HandedStatus &Of, const HandedStatus &Aside,
                IdleDetours &Telling);

  /// The most that one of the ends means. `IsOther`: calls that say nothing.
  Meaning of(const WaysAfter &Ways, llvm::function_ref<bool(InstRef)> IsOther) const;

private:
  Meaning ofNumber(int64_t N) const;
  bool isLeftBySuccess(const Outcome &O) const;
  Meaning ofEnd(const Outcome &O) const;
  std::set<EntityId> deedsOf(const WaysAfter &Ways) const;

  const Judging &J;
  const BodyId Body;
  IdleDetours &Telling;
  WaysAfter Good, Bad;
  std::set<int64_t> GoodNumbers, BadNumbers;
  bool IsBadKnown = true;  ///< every failure that ends returns a number that is known
  bool IsGoodKnown = true; ///< ... and every success
};

} // namespace assay

#endif
