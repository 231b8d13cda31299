/// Rows of tables that say whose a secret is.
#ifndef ASSAY_ANALYSIS_SOLVE_ACCOUNTROWS_H
#define ASSAY_ANALYSIS_SOLVE_ACCOUNTROWS_H

#include "analysis/solve/Judging.h"

namespace assay {

/// A row that names an account beside this literal, and no server that this program logs in to.
bool isInAccountRow(const LiteralSpot &S, const Judging &J);

/// The second of the two texts of a row, in a table that is named as one of accounts and whose rows
/// have no fields with names of their own: {"admin", "..."} in users[][2], in a map of users.
bool isWordOfPair(const LiteralSpot &S, const Judging &J);

/// The account that such a row names: what its field says, else a name that is one everywhere.
/// Null: none but the spots of these classes of secrets.
const LiteralSpot *accountIn(const LiteralRow &Row, llvm::ArrayRef<std::string> Secrets,
                             const Judging &J);

} // namespace assay

#endif
