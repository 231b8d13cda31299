/// [consistent] of a page: what siblings have in common (docs/engine.md).
#ifndef ASSAY_POLICIES_SCHEMA_CONSISTENTPROPERTY_H
#define ASSAY_POLICIES_SCHEMA_CONSISTENTPROPERTY_H

#include "policies/schema/Context.h"
#include "policies/schema/PropertyGrade.h"

#include <cstdint>
#include <vector>

namespace assay {

/// Whose siblings a place has.
enum class SiblingKind : uint8_t {
  Table,     ///< functions of one dispatch table, of the arms of one switch, registered by one call
  Interface, ///< functions stored to one field of a structure; overriders of one method
  Callers,   ///< calls of one function
  Exits      ///< ways out of one function
};

/// What siblings may have in common.
enum class UsualDeed : uint8_t {
  Before, ///< a function is asked, and its answer looked at, before the work
  After,  ///< a function is called on the way out
  Tested  ///< the result is tested
};

/// What a strong majority of siblings does, the others do, too.
struct ConsistentProperty {
  std::vector<SiblingKind> Siblings;
  UsualDeed Does = UsualDeed::Before;
  /// Which functions count as a habit worth keeping: those of a role, or of such a name; both
  /// empty: any. Patterns without case.
  std::vector<std::string> Roles;
  std::string Names, NotNames;
  int64_t Least = 6;    ///< siblings, fewer say nothing
  int64_t Percent = 80; ///< of them do it
  Context Where;
  std::string Message; ///< may use {place}, {usual}, {support}, {siblings}
  PropertyGrade Grade;
};

} // namespace assay

#endif
