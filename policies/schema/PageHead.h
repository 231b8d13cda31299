/// The head of a check's page (TOML between two lines of +++): title, severity and the properties
/// to decide. The Markdown below it is PageBody's.
#ifndef ASSAY_POLICIES_SCHEMA_PAGEHEAD_H
#define ASSAY_POLICIES_SCHEMA_PAGEHEAD_H

#include "policies/schema/Policy.h"
#include "policies/schema/Record.h"
#include "policies/schema/RoleLoader.h"

#include <set>

namespace assay {

/// The names that pages may use.
struct PageVocabulary {
  RoleTable Roles;
  std::vector<std::string> FactNames; ///< that any model gives
  std::vector<std::string> Families;  ///< rows of the taxonomy
  std::set<int64_t> Weaknesses;       ///< CWE numbers
  Vocabulary Secrets;
};

/// `Names` is null where only the schema is wanted.
Record<CheckPage> pageHeadRecord(const PageVocabulary *Names);

/// The kinds of property, each for one table of the head.
Record<ForbidProperty> forbidRecord(const PageVocabulary *Names);
Record<ArgumentProperty> argumentRecord(const PageVocabulary *Names);
Record<BuildProperty> buildRecord();
Record<PrecedeProperty> precedeRecord(const PageVocabulary *Names);
Record<FollowProperty> followRecord(const PageVocabulary *Names);
Record<ResultProperty> resultRecord(const PageVocabulary *Names);
Record<VerdictProperty> verdictRecord(const PageVocabulary *Names);
Record<ExistProperty> existRecord(const PageVocabulary *Names);
Record<FlowProperty> flowRecord(const PageVocabulary *Names);
Record<LiteralProperty> literalRecord(const PageVocabulary *Names);
Record<ComparisonProperty> comparisonRecord(const PageVocabulary *Names);
Record<ConsistentProperty> consistentRecord(const PageVocabulary *Names);
Record<DeclaredProperty> declaredRecord(const PageVocabulary *Names);

} // namespace assay

#endif
