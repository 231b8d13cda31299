/// Profiles: policies/profiles/NAME.toml and the chain that `extends` makes. Says for which product
/// classes a profile is, and refuses one that cites a standard which excludes them. It does not
/// apply the rows of [checks].
#ifndef ASSAY_POLICIES_SCHEMA_PROFILELOADER_H
#define ASSAY_POLICIES_SCHEMA_PROFILELOADER_H

#include "policies/schema/CheckLevels.h"
#include "policies/schema/PolicyTexts.h"
#include "policies/schema/Record.h"
#include "policies/schema/Taxonomy.h"

namespace assay {

struct Profile {
  Located<std::string> Name;
  std::string Title;
  Located<std::string> Extends; ///< empty: none
  std::vector<Located<std::string>> Classes, Standards;
  std::vector<CheckRow> Checks;
};

Record<Profile> profileRecord();

/// From the outermost base to the profile itself.
using ProfileChain = std::vector<Profile>;

/// `NamedAt` is who asked for it; without a place, the command line did.
llvm::Expected<ProfileChain> loadProfile(PolicyTexts &Texts, const std::string &Folder,
                                         const Located<std::string> &Name, const Taxonomy &Clauses);

/// Standards of the whole chain, each once, in the order of their first mention.
std::vector<Located<std::string>> standardsOf(const ProfileChain &Chain);

} // namespace assay

#endif
