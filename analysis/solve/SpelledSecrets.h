/// Secrets that a body compares without a text of the source: a number of four digits and more, in
/// a comparison or a switch, or written as text by a call, and a word that is spelled letter after
/// letter.
///
/// Names alone say that it is a secret; what the comparison decides is not asked.
#ifndef ASSAY_ANALYSIS_SOLVE_SPELLEDSECRETS_H
#define ASSAY_ANALYSIS_SOLVE_SPELLEDSECRETS_H

#include "analysis/solve/Judging.h"
#include "analysis/solve/NumberSecrets.h"

namespace assay {

struct SpelledSecret {
  InstRef At;
  std::string Callee; ///< "==", "a switch"
  std::string Name;   ///< of what is compared
  std::string Text;
  std::vector<std::pair<BodyId, uint32_t>> Constants; ///< rows of bodies' constants that spell it
};

/// `Classes`: of names of what is compared.
std::vector<SpelledSecret> spelledSecrets(BodyId Id, llvm::ArrayRef<std::string> Classes,
                                          const OperandNames &Called, const Judging &J);

/// One side of a comparison of texts is a number that a call has written:
/// std::to_string(kAdminPin), an itoa() of one's own. `Other`: the other side.
std::optional<SpelledSecret> writtenNumber(InstRef Compare, Operand Side, Operand Other,
                                           llvm::ArrayRef<std::string> Classes,
                                           const OperandNames &Called, const Judging &J);

void report(const SpelledSecret &S, const ComparisonProperty &P, const Judging &J);

} // namespace assay

#endif
