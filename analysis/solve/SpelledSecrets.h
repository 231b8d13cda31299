/// Secrets that a body compares without a text of the source: a number of four digits and more, in
/// a comparison or a switch, and a word that is spelled letter after letter.
///
/// Names alone say that it is a secret; what the comparison decides is not asked.
#ifndef ASSAY_ANALYSIS_SOLVE_SPELLEDSECRETS_H
#define ASSAY_ANALYSIS_SOLVE_SPELLEDSECRETS_H

#include "analysis/solve/Judging.h"
#include "analysis/solve/OperandNames.h"

namespace assay {

struct SpelledSecret {
  InstRef At;
  std::string Callee; ///< "==", "a switch"
  std::string Name;   ///< of what is compared
  std::string Text;
  std::vector<uint32_t> Constants; ///< rows of the body's constants that spell it
};

/// `Classes`: of names of what is compared.
std::vector<SpelledSecret> spelledSecrets(BodyId Id, llvm::ArrayRef<std::string> Classes,
                                          const OperandNames &Called, const Judging &J);

} // namespace assay

#endif
