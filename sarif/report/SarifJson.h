/// The few JSON shapes that every part of a SARIF log uses.
///
/// Members keep the order in which they are set. Ill-formed UTF-8 becomes U+FFFD when written.
#ifndef ASSAY_SARIF_REPORT_SARIFJSON_H
#define ASSAY_SARIF_REPORT_SARIFJSON_H

#include "llvm/ADT/StringRef.h"

#include <nlohmann/json.hpp>

#include <string>

namespace assay {

using Json = nlohmann::ordered_json;

/// A `message` or a `multiformatMessageString`.
inline Json sarifText(llvm::StringRef Text) {
  return {{"text", Text.str()}};
}

inline std::string sarifDump(const Json &Value) {
  return Value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace assay

#endif
