/// A text that changes whenever the engine may behave differently: the key under which its
/// summaries and answers are kept. The same for all programs of one build.
#ifndef ASSAY_DRIVER_SESSION_TOOLDIGEST_H
#define ASSAY_DRIVER_SESSION_TOOLDIGEST_H

#include <string>

namespace assay {

/// The version, and a digest of the engine's code.
std::string toolDigest();

} // namespace assay

#endif
