/// Texts that a body joins by an operator, or appends to one of its variables:
/// `"sshpass -p " + word + " ssh root@" + host`, `strcat(cmd, " | chpasswd")`. As a whole they may
/// be a command, where none of the pieces is one.
///
/// Pieces that are no text of the body, and variables, stand as "%s". What is appended is joined in
/// the order in which it is written down, whatever branch it stands in.
#ifndef ASSAY_ANALYSIS_SOLVE_JOINEDTEXTS_H
#define ASSAY_ANALYSIS_SOLVE_JOINEDTEXTS_H

#include "analysis/solve/LiteralTable.h"
#include "analysis/solve/TextArguments.h"

namespace assay {

/// Each is the longest of its kind, and made of two literals and more. `OfBody`: the body's texts
/// as they stand alone; dialogues of them are among the result.
std::vector<LiteralSpot> joinedTexts(const Program &Prog, const BodyView &B,
                                     const TextArguments &Texts, const RoleIndex &Roles,
                                     llvm::ArrayRef<LiteralSpot> OfBody);

} // namespace assay

#endif
