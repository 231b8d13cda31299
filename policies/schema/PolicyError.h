/// Trouble with what people wrote: one sentence and the place it is about. Every loader of this
/// room returns it; a front end prints it as it is, an editor takes At. Several of them travel as
/// one llvm::Error (joinErrors).
///
/// It does not say how grave it is: each one stops the load.
#ifndef ASSAY_POLICIES_SCHEMA_POLICYERROR_H
#define ASSAY_POLICIES_SCHEMA_POLICYERROR_H

#include "policies/schema/Located.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/FormatVariadic.h"

namespace assay {

class PolicyError : public llvm::ErrorInfo<PolicyError> {
public:
  static char ID;

  PolicyError(SourcePosition At, std::string Text) : At(std::move(At)), Text(std::move(Text)) {}
  void log(llvm::raw_ostream &OS) const override; ///< FILE:LINE:COLUMN: text
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

  SourcePosition At;
  std::string Text;
};

/// "FILE:LINE:COLUMN", or less where less is known.
std::string toString(const SourcePosition &At);

template <class... Args>
llvm::Error errorAt(const SourcePosition &At, const char *Format, Args &&...Values) {
  return llvm::make_error<PolicyError>(At,
                                       llvm::formatv(Format, std::forward<Args>(Values)...).str());
}

} // namespace assay

#endif
