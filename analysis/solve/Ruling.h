/// One value against one argument property.
#ifndef ASSAY_ANALYSIS_SOLVE_RULING_H
#define ASSAY_ANALYSIS_SOLVE_RULING_H

#include "analysis/solve/Describe.h"

namespace assay {

struct Ruling {
  Verdict Outcome = Verdict::Pass;
  std::string Fact, Limit; ///< what was found and what was asked, for the message
  std::string Why;         ///< Unproven: what would settle it
};

Ruling ruleOn(const ArgumentProperty &P, const Value &V, const Facts &Have, const Describer &Words);

bool isOneOf(const FactValue &F, const std::vector<FactValue> &Values);
std::string textOf(const FactValue &F);

/// Some page, on or off, says of a bind of these roles that it may not stand in the source.
bool holdsSecret(const std::vector<std::string> &At, const std::string &Bind, const Policy &Rules);

/// Where something else arrives, an empty text that lay in memory is what is there until it is
/// filled: it is left out. One that was handed on to here stays, unless branches before say that
/// there is text (`HasText`).
ValueSet withoutInitialEmpty(const ValueSet &All, bool HasText);

/// Of bytes: a number that is written to one of them, where the same caller writes something else
/// to them, too, says nothing of the whole. It is left out.
ValueSet withoutFirstBytes(const ValueSet &All);

/// Of bytes: what one function clears and another fills, as a failed load and a reset do, is
/// cleared nowhere for sure: those zeros are unknown. `Site`: the body that is given them.
ValueSet withoutClearings(const ValueSet &All, BodyId Site);

} // namespace assay

#endif
