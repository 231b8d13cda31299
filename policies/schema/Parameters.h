/// The limits of a check that a project may replace, by name: `min` and `max` of its [argument]
/// properties. It does not know who replaces them.
#ifndef ASSAY_POLICIES_SCHEMA_PARAMETERS_H
#define ASSAY_POLICIES_SCHEMA_PARAMETERS_H

#include "policies/schema/Policy.h"

#include "llvm/Support/Error.h"

namespace assay {

/// Name -> limit.
std::map<std::string, int64_t> parametersOf(const CheckPage &Page);

/// Limits of one name are replaced together, so a page must not give them different values.
llvm::Error checkParameters(const CheckPage &Page);

llvm::Error setParameter(CheckPage &Page, const std::string &Name, const Located<int64_t> &Value);

} // namespace assay

#endif
