/// What a body does with the result of a call: looked at, handed on, used as data, dropped.
///
/// It follows the value through copies and through variables of the body that only it sets. What it
/// cannot follow counts as handed on, so that nobody is blamed for it.
#ifndef ASSAY_ANALYSIS_SOLVE_ANSWERS_H
#define ASSAY_ANALYSIS_SOLVE_ANSWERS_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/BodyFacts.h"

#include "llvm/ADT/DenseSet.h"

namespace assay {

enum class Answer : uint8_t {
  Tested,   ///< a branch depends on it, or a test of it is kept
  Kind,     ///< likewise, but only whether it is some number other than 0, 1 and -1 is asked
  HandedOn, ///< returned, stored, given to a function
  Data,     ///< counted with, used as an index or a length
  Dropped,  ///< nobody looks at it
  Waived    ///< a cast to void says that it is dropped on purpose
};

/// Of one body, made once.
class Answers {
public:
  Answers(const BodyView &B, const BodyFacts &Facts);

  Answer to(uint32_t Call) const;
  /// The call only asks: its answer is tested, it is no pointer, and it fills no variable of the
  /// body that was empty before.
  bool isQuestion(const Program &Prog, uint32_t Call) const;

private:
  struct Seen {
    bool Tested = false, Kind = false, HandedOn = false, Data = false;
    llvm::SmallDenseSet<uint32_t, 16> Followed;
  };
  void follow(uint32_t Temp, Seen &S) const;
  void followUse(uint32_t User, uint32_t Temp, Seen &S) const;
  bool asksForKind(const Inst &Compare) const;
  void followStore(const Inst &Store, Seen &S) const;
  void followDerive(uint32_t User, const Inst &I, Seen &S) const;
  bool isFilled(const Program &Prog, uint32_t Call) const;
  bool isTouchedBefore(uint32_t Local, uint32_t Call) const;

  const BodyView &B;
  const BodyFacts &Facts;
  std::vector<llvm::SmallVector<uint32_t, 2>> Users; ///< of each temporary
  std::vector<llvm::SmallVector<uint32_t, 2>> Loads; ///< of each local, whole
};

} // namespace assay

#endif
