/// A secret in words that do not give it away: how long it is, of what it is made, and a keyed
/// digest by which two places can be told to hold the same.
///
/// The key is made of the program's own texts and is written nowhere: who has only the report
/// cannot try out short passwords against the digest, and the same sources give the same report. It
/// changes with the sources; what lasts over revisions is a finding's fingerprint.
#ifndef ASSAY_ANALYSIS_SOLVE_MASKING_H
#define ASSAY_ANALYSIS_SOLVE_MASKING_H

#include "analysis/model/Program.h"

#include <array>

namespace assay {

class Masker {
public:
  explicit Masker(const Program &Prog) : Prog(Prog) {}

  /// "a text of 9 characters (lower case, digits; digest 1a2b3c4d)"
  std::string describe(llvm::StringRef Secret) const;
  /// ... of a number that is written so.
  std::string describeNumber(llvm::StringRef Digits) const;

private:
  std::string digest(llvm::StringRef Secret) const;

  const Program &Prog;
  mutable std::array<uint8_t, 32> Key{};
  mutable bool HasKey = false;
};

} // namespace assay

#endif
