/// How many texts a variable is compared with in one body, and with how many a function is called
/// there: what is one of several is a keyword, not a secret.
///
/// It judges nothing, and counts each body when it is first asked about.
#ifndef ASSAY_ANALYSIS_SOLVE_KEYWORDCOUNT_H
#define ASSAY_ANALYSIS_SOLVE_KEYWORDCOUNT_H

#include "analysis/solve/Judging.h"
#include "analysis/solve/OperandNames.h"

#include <map>
#include <set>

namespace assay {

/// if (strcmp(word, Words[i]) == 0): three texts or more may stand where `V` does.
bool isOneOfMany(const ValueSet &Set, const Value &V);
/// Callers hand in three different texts and more, and the function compares it with something that
/// none of them gives: with the name of what it is asked for.
bool isHandedInByMany(const ValueSet &Set, const ValueSet &Others, const Program &Prog);

class KeywordCount {
public:
  KeywordCount(const ComparisonProperty &P, const Judging &J, const OperandNames &Called)
      : P(P), J(J), Called(Called) {}

  /// `Name`: of a variable or field that is compared, or of a callee as a report writes it.
  bool areMany(BodyId Body, const std::string &Name);

private:
  using Texts = std::map<std::string, std::set<std::string>>;
  void count(BodyId Id, Texts &Into) const;
  bool compares(InstRef Call) const;

  const ComparisonProperty &P;
  const Judging &J;
  const OperandNames &Called;
  std::map<BodyId, Texts> Counted;
};

} // namespace assay

#endif
