/// Whether anything near a comparison, or near the calls that hand in what it compares, speaks of a
/// secret or of a decision that lets somebody in. Values are dear, and of most comparisons of a
/// program nothing speaks.
///
/// It looks at names, macros and words, and goes outwards as long as parameters are handed on; it
/// follows no value, and decides nothing.
#ifndef ASSAY_ANALYSIS_SOLVE_WORTHASKING_H
#define ASSAY_ANALYSIS_SOLVE_WORTHASKING_H

#include "analysis/solve/Judging.h"
#include "analysis/solve/OperandNames.h"

#include <map>

namespace assay {

class WorthAsking {
public:
  WorthAsking(const ComparisonProperty &P, const Judging &J, const OperandNames &Called)
      : P(P), J(J), Called(Called) {}

  bool isNamed(llvm::ArrayRef<std::string> Names, llvm::ArrayRef<std::string> Classes) const;
  /// What the ways behind a decision say (BranchWords), found once.
  const std::vector<std::string> &wordsBehind(InstRef Decision);
  /// The function asks somebody for such a secret.
  bool asks(BodyId Id);

  /// The function, or what it does on the ways behind, speaks of access granted or denied.
  bool isGranting(InstRef Decision);
  /// ... where the function answers what was decided: what its callers do on their ways behind.
  bool isGrantingOutside(InstRef Decision);

  /// `Near`: what the two sides are called.
  bool isSpokenOf(InstRef Comparison, Operand L, Operand R, llvm::ArrayRef<std::string> Near);

private:
  static constexpr uint32_t SmallBody = 48; ///< instructions
  static constexpr size_t MostCallers = 64; ///< as the values of a parameter are asked for
  /// Parameters of a body, a bit for each.
  using Parameters = uint64_t;

  bool hasNamedConstant(BodyId Id);
  bool areCallersSpeaking(BodyId Of, Parameters Asked);
  bool isCallSpeaking(InstRef Call);

  const ComparisonProperty &P;
  const Judging &J;
  const OperandNames &Called;
  std::map<InstRef, std::vector<std::string>> Behind;
  std::map<InstRef, bool> Calls;
  std::map<InstRef, bool> Outside;
  std::map<BodyId, bool> Asking;
  std::map<std::pair<BodyId, Parameters>, bool> Callers;
};

} // namespace assay

#endif
