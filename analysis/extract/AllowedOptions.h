/// The allowlist: which options of Clang's driver may reach our parse. What is not named here does
/// not get in.
///
/// It knows options as Clang's table does, not words; Arguments.h sorts those.
#ifndef ASSAY_ANALYSIS_EXTRACT_ALLOWEDOPTIONS_H
#define ASSAY_ANALYSIS_EXTRACT_ALLOWEDOPTIONS_H

#include "llvm/Option/Option.h"

namespace assay {

enum class OptionFate : uint8_t {
  Keep,
  Drop, ///< and say so: it might have changed the meaning
  DropSilently
};

/// `O` without alias.
OptionFate fateOf(const llvm::opt::Option &O);

} // namespace assay

#endif
