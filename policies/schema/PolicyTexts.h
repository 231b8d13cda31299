/// The files that a policy is made of: read here and nowhere else, so that one digest stands for
/// all.
///
/// It knows no format. Two loads that read the same texts, in the same order, have the same digest.
#ifndef ASSAY_POLICIES_SCHEMA_POLICYTEXTS_H
#define ASSAY_POLICIES_SCHEMA_POLICYTEXTS_H

#include "policies/schema/Located.h"

#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/Error.h"

namespace assay {

class PolicyTexts {
public:
  /// A file that cannot be read, missing or too large for what it is, said at the place that names
  /// it.
  llvm::Expected<std::string> read(const std::string &Path, const SourcePosition &NamedAt);

  /// Something besides files that decides what the policy is: an override of the command line.
  void add(llvm::StringRef Text);

  std::string digest() const; ///< hex

private:
  llvm::BLAKE3 Hash;
};

} // namespace assay

#endif
