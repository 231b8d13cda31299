/// The text of a first assay.toml: the profile to choose, what one usually sets, and the proposals
/// as rows that are commented out. Uncommented, each is a row that loads.
#ifndef ASSAY_DRIVER_CLI_PROJECTFILETEXT_H
#define ASSAY_DRIVER_CLI_PROJECTFILETEXT_H

#include "analysis/propose/Proposal.h"
#include "policies/schema/Policy.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

namespace assay {

struct ProfileChoice {
  std::string Name, Title;
};
/// Of policies/profiles below `DataDir`, by name.
llvm::Expected<std::vector<ProfileChoice>> profilesIn(const std::string &DataDir);

/// Same input, same bytes. `Proposals` as propose() orders them; those of the same role stand
/// together.
std::string projectFileText(llvm::ArrayRef<ProfileChoice> Profiles, const std::string &Profile,
                            llvm::ArrayRef<Proposal> Proposals, const Policy &Rules);

const char *wordFor(Confidence C);

} // namespace assay

#endif
