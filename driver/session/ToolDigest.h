/// A text that changes whenever the extractor may behave differently: the key under which its
/// summaries are kept.
#ifndef ASSAY_DRIVER_SESSION_TOOLDIGEST_H
#define ASSAY_DRIVER_SESSION_TOOLDIGEST_H

#include <string>

namespace assay {

/// The build id of the loaded object that holds the extractor, with the version; the version alone
/// if the linker wrote none.
std::string toolDigest();

} // namespace assay

#endif
