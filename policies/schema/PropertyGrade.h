/// How bad and how sure is what one property of a page finds, where that differs from the rest of
/// the page: what flows somewhere is surer than what has a name. Every kind of property has it.
#ifndef ASSAY_POLICIES_SCHEMA_PROPERTYGRADE_H
#define ASSAY_POLICIES_SCHEMA_PROPERTYGRADE_H

#include "analysis/model/Result.h"

#include <optional>
#include <string>

namespace assay {

struct PropertyGrade {
  std::string Precision;       ///< as Rule's; empty: the page's
  std::optional<Severity> Sev; ///< empty: the page's
  std::string ChosenBy;        ///< names of settings: what is reached only where one is set says so
};

} // namespace assay

#endif
