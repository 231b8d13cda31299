/// Makes a toolchain profile: what the compilers of a database say of themselves, and the headers
/// that its units include from them.
///
/// It writes no file but the store's. Limit: a header that is only asked for by __has_include() is
/// not carried.
#ifndef ASSAY_DRIVER_SESSION_SAVETOOLCHAIN_H
#define ASSAY_DRIVER_SESSION_SAVETOOLCHAIN_H

#include "driver/session/Session.h"

namespace assay {

struct SavedToolchain {
  ToolchainProfile Profile;
  std::vector<Note> Notes; ///< compilers that did not answer or might not be asked
  size_t Units = 0, Answered = 0;
};

/// Fails when no compiler answered: there is nothing to save then.
llvm::Expected<SavedToolchain> saveToolchain(const Project &P, const Policy &Rules,
                                             const SessionOptions &Options, bool WithHeaders);

} // namespace assay

#endif
