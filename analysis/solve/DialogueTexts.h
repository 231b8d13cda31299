/// Texts that a body hands to one listener, one call after the other: to a command that reads what
/// is written to it (popen("chpasswd"), fprintf(p, "root:word")), or to whoever is asked by name
/// and then answered in base64 ("AUTH LOGIN"). As a whole they may be a credential, where none of
/// the pieces is one.
///
/// It goes by the order in which the calls are written down, and knows a pipe by the variable that
/// it is kept in.
#ifndef ASSAY_ANALYSIS_SOLVE_DIALOGUETEXTS_H
#define ASSAY_ANALYSIS_SOLVE_DIALOGUETEXTS_H

#include "analysis/solve/LiteralTable.h"
#include "analysis/solve/TextArguments.h"

namespace assay {

/// `OfBody`: what is known of its texts already. What is written to a command stands in front of
/// it, as in a shell: "root:word | chpasswd".
std::vector<LiteralSpot> dialogueTexts(const Program &Prog, const BodyView &B,
                                       const TextArguments &Texts, const RoleIndex &Roles,
                                       llvm::ArrayRef<LiteralSpot> OfBody);

} // namespace assay

#endif
