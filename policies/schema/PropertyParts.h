/// What several kinds of property share: contexts, messages, limits of severity, and lists of roles
/// and facts that must exist.
#ifndef ASSAY_POLICIES_SCHEMA_PROPERTYPARTS_H
#define ASSAY_POLICIES_SCHEMA_PROPERTYPARTS_H

#include "policies/schema/PageHead.h"

namespace assay {

Reader<Context> context();

/// A sentence with places such as {value}; an unknown place would reach the reader of the report as
/// it is.
Reader<std::string> message(std::vector<std::string> Places);

/// How bad, and how sure, a finding is at most: "low" or "medium".
Reader<Severity> severityLimit();

/// Applies `Check` to a text, or to each of a list of them; absent: nothing to do.
llvm::Error eachText(const TomlValue *V, llvm::function_ref<llvm::Error(const TomlValue &)> Check);

/// `V`, one id or a list, names declared roles only.
llvm::Error checkRoles(const TomlValue *V, const RoleTable &Roles);
/// Some model gives the fact, or each of a table's.
llvm::Error expectFact(const TomlMember &M, const PageVocabulary &Names);
llvm::Error checkFacts(const TomlValue *Table, const PageVocabulary &Names);
llvm::Error expectClasses(const TomlValue *V, const Vocabulary &Words);

} // namespace assay

#endif
