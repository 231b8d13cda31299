/// What a run says, field by field: for what is kept in the store, not for people (SARIF is
/// elsewhere).
#ifndef ASSAY_DRIVER_SESSION_RESULTFIELDS_H
#define ASSAY_DRIVER_SESSION_RESULTFIELDS_H

#include "analysis/model/Result.h"
#include "analysis/store/Archive.h"
#include "driver/session/UnitAnswers.h"

namespace assay {

ASSAY_FIELDS(Location, File, Line, Column, Macro)
ASSAY_FIELDS(PathStep, At, Function, Text, Kind, Depth)
ASSAY_FIELDS(Site, Check, Role, At, Function, Outcome, Reason, Rests, Settle, Row, Secrets)
ASSAY_FIELDS(Fix, At, Old, New)
ASSAY_FIELDS(Finding, Check, Sev, Lvl, Precision, Reached, Chosen, Across, Handed, Alone, At,
             Function, EntityName, Message, Path, Related, Secrets, Fixes, SiteKey, Fingerprint)
ASSAY_FIELDS(UnitFinding, What, Page)
ASSAY_FIELDS(CheckVerdict, Check, Outcome, Passed, Failed, Unproven, NotApplicable, Reason)
ASSAY_FIELDS(UnitCoverage, File, Outcome, FromStore, Functions, LostFunctions, Errors, Detail,
             DetailAt)
ASSAY_FIELDS(Remedy, Advice, Headers, Functions, Units)
ASSAY_FIELDS(Coverage, Units, Functions, LostFunctions, RecoveredFunctions, CutFunctions,
             DirectCalls, ResolvedIndirectCalls, UnresolvedIndirectCalls, OutsideIndirectCalls,
             UnmodelledExternalFunctions, Collisions, Remedies)
ASSAY_FIELDS(EntryRow, Kind, Function, At, Reason, Where)
ASSAY_FIELDS(Note, Lvl, Text, At, InSarif)
ASSAY_FIELDS(Rule::Clause, Standard, Id, Title, Basis, Confidence)
ASSAY_FIELDS(Rule, Id, Title, Sev, Lvl, Family, Since, Precision, HelpMarkdown, ShortHelp, Cwe,
             Clauses)

} // namespace assay

#endif
