/// The files that a policy is made of: read here and nowhere else, so that one digest stands for
/// all.
///
/// It knows no format. Two loads that read the same texts, in the same order, have the same digest.
#ifndef ASSAY_POLICIES_SCHEMA_POLICYTEXTS_H
#define ASSAY_POLICIES_SCHEMA_POLICYTEXTS_H

#include "policies/schema/Policy.h"

#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/Error.h"

#include <map>

namespace assay {

/// As PolicyPart has it; of a folder that is not there, that of an empty one.
std::string digestOfFolder(const std::string &Folder);

class PolicyTexts {
public:
  /// A file that cannot be read, missing or too large for what it is, said at the place that names
  /// it.
  llvm::Expected<std::string> read(const std::string &Path, const SourcePosition &NamedAt);

  /// Something besides files that decides what the policy is: an override of the command line.
  void add(llvm::StringRef Text);

  /// A folder whose files were looked for: another one in it makes another policy.
  void addFolder(const std::string &Folder);

  std::string digest() const; ///< hex
  /// All that was read, each once, by path.
  std::vector<PolicyPart> parts() const;

private:
  llvm::BLAKE3 Hash;
  std::map<std::string, PolicyPart> Parts;
};

} // namespace assay

#endif
