/// comparison with "empty": does a stored secret that nobody has set let everybody in?
///
/// In one body the secret of an account is asked for its first letter, its length, or whether it is
/// empty; a call that is handed it verifies somebody (Verifications), and is reached
/// where it is not empty. Where it is, the body ends as it does after a success of that call, and
/// as it never does after a failure. What is called a secret only by the program is known by its
/// name.
#ifndef ASSAY_ANALYSIS_SOLVE_UNSETSECRET_H
#define ASSAY_ANALYSIS_SOLVE_UNSETSECRET_H

#include "analysis/solve/Judging.h"

namespace assay {

void judgeUnsetSecret(const ComparisonProperty &P, const Judging &J);

} // namespace assay

#endif
