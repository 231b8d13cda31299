/// Proposes roles for a project's own functions, from what they wrap, how they are named and
/// shaped, and what their callers do with the result. It enables nothing.
#ifndef ASSAY_ANALYSIS_PROPOSE_PROPOSER_H
#define ASSAY_ANALYSIS_PROPOSE_PROPOSER_H

#include "analysis/model/Program.h"
#include "analysis/propose/Proposal.h"
#include "policies/schema/CandidateLoader.h"

namespace assay {

/// By role in the order of the table, the most trusted first, then by name. What already has a row
/// of that role is not proposed.
std::vector<Proposal> propose(const Program &Prog, const Policy &Rules,
                              const CandidateTable &Table);

} // namespace assay

#endif
