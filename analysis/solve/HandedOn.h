/// What a function answers after a call in it has succeeded, and after it has failed: the status of
/// a wrapper, for whoever calls that. It is returned, or left in memory that the caller can name.
///
/// Only numbers that are known on every way after a failure count. A function that answers the same
/// for both has dealt with the failure itself; one that makes a call of its own after a failure,
/// but for those that only tell somebody, has noticed it.
#ifndef ASSAY_ANALYSIS_SOLVE_HANDEDON_H
#define ASSAY_ANALYSIS_SOLVE_HANDEDON_H

#include "analysis/solve/Forward.h"
#include "analysis/solve/IdleDetours.h"

#include <vector>

namespace assay {

/// Such a function has a row of its own that says what success is.
bool isJudgedByCall(const Judging &J, EntityId Function);

/// A call by which a status comes to a caller.
struct HandedStatus {
  InstRef Call;
  ResultClasses Classes;   ///< what it returns
  WalkMemory Left;         ///< what it leaves, as the callee names that
  bool IsReturned = false; ///< what is returned tells failure from success
  bool IsNoticed = false;  ///< something is done about the failure: only who drops it is to blame
  bool IsMarked = false;   ///< failures leave a number where successes leave what was there
  friend auto operator<=>(const HandedStatus &, const HandedStatus &) = default;
};

struct HandedOn {
  std::vector<HandedStatus> Calls;
  bool Complete = true; ///< false: there are too many callers, or numbers
};

/// The calls of the program by which such a status comes, through any number of wrappers: each is
/// looked at, or the failure is lost there. A function that is judged by its calls ends the search.
HandedOn callsHandedOn(const Judging &J, IdleDetours &Telling, InstRef Call,
                       const ResultClasses &Result);

} // namespace assay

#endif
