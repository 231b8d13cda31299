/// What a run says, as JSON values: for what is kept in the store, not for people (SARIF is
/// elsewhere).
#ifndef ASSAY_DRIVER_SESSION_RESULTJSON_H
#define ASSAY_DRIVER_SESSION_RESULTJSON_H

#include "analysis/model/Result.h"

#include <nlohmann/json.hpp>

namespace assay {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Location, File, Line, Column, Macro)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PathStep, At, Function, Text, Kind, Depth)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Site, Check, Role, At, Function, Outcome, Reason, Rests, Settle,
                                   Row, Secrets)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Fix, At, Old, New)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Finding, Check, Sev, Lvl, Precision, Reached, At, Function,
                                   EntityName, Message, Path, Related, Secrets, Fixes, SiteKey,
                                   Fingerprint)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CheckVerdict, Check, Outcome, Passed, Failed, Unproven,
                                   NotApplicable, Reason)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Coverage, Functions, LostFunctions, RecoveredFunctions,
                                   CutFunctions, DirectCalls, ResolvedIndirectCalls,
                                   UnresolvedIndirectCalls, OutsideIndirectCalls,
                                   UnmodelledExternalFunctions, Collisions)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(EntryRow, Kind, Function, At, Reason, Where)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Note, Lvl, Text, At, InSarif)

} // namespace assay

#endif
