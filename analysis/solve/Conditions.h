/// The `when` of a property: sites that the check is about since another bind says so.
#ifndef ASSAY_ANALYSIS_SOLVE_CONDITIONS_H
#define ASSAY_ANALYSIS_SOLVE_CONDITIONS_H

#include "analysis/solve/Judging.h"

namespace assay {

/// Maybe: of what the site is about nothing is known.
enum class Applies : uint8_t { No, Maybe, Yes };

/// bind -> fact -> values
using Conditions = std::map<std::string, std::map<std::string, std::vector<FactValue>>>;

/// Has each of these binds one of the facts that are asked for? `Only`: the callers that hand such
/// a value in.
Applies whetherApplies(const Conditions &When, const RoleSite &S, const Judging &J,
                       std::set<InstRef> &Only);

/// Of a bind that the row lets be null: nothing else arrives, so the site says nothing of it.
bool isLeftUnset(const RoleSite &S, const std::string &Bind, const Judging &J);

} // namespace assay

#endif
