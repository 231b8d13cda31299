#include "driver/session/ToolDigest.h"

/// Written by the build; see assay_engine_digest.
extern const char AssayEngineDigest[];

std::string assay::toolDigest() {
  return std::string(ASSAY_VERSION) + " " + AssayEngineDigest;
}
