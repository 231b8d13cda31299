/// Texts that a body joins by an operator: `"sshpass -p " + word + " ssh root@" + host`. As a whole
/// they may be a command, where none of the pieces is one.
///
/// Pieces that are no text of the body, and variables, stand as "%s". What is appended to a
/// variable is not joined.
#ifndef ASSAY_ANALYSIS_SOLVE_JOINEDTEXTS_H
#define ASSAY_ANALYSIS_SOLVE_JOINEDTEXTS_H

#include "analysis/solve/LiteralTable.h"
#include "analysis/solve/TextArguments.h"

namespace assay {

/// Each is the longest of its kind, and made of two literals and more.
std::vector<LiteralSpot> joinedTexts(const Program &Prog, const BodyView &B,
                                     const TextArguments &Texts, const RoleIndex &Roles);

} // namespace assay

#endif
