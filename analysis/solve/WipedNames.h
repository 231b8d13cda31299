/// What a program overwrites on purpose: variables and fields that it hands to such a call, and
/// types of which it hands over whole objects.
///
/// Who takes the trouble to wipe memory says that it holds a secret, whatever its name is.
#ifndef ASSAY_ANALYSIS_SOLVE_WIPEDNAMES_H
#define ASSAY_ANALYSIS_SOLVE_WIPEDNAMES_H

#include "analysis/solve/RoleIndex.h"

#include "llvm/ADT/StringSet.h"

#include <set>

namespace assay {

class WipedNames {
public:
  WipedNames(llvm::ArrayRef<std::string> WipingRoles, const RoleIndex &Roles, const Program &Prog);

  /// A field or a global of the program.
  bool hasEntity(EntityId Id) const;
  /// A local variable or a parameter of a body.
  bool hasVariable(BodyId In, BaseKind Base, uint32_t Index) const {
    return Variables.count({In, Base, Index}) != 0;
  }
  /// The memory behind the bind `object` of a site, by the name of what points to it there.
  bool hasObject(const RoleSite &S) const;

private:
  /// A variable or field, and whether it is a pointer to the memory that is meant.
  struct Named {
    const Place *Where;
    bool IsPointer;
  };
  std::optional<Named> objectOf(const RoleSite &S) const;
  void addPlace(BodyId In, const Place &P, bool IsPointer);

  const RoleIndex &Roles;
  const Program &Prog;
  std::set<EntityId> Entities;
  std::set<std::tuple<BodyId, BaseKind, uint32_t>> Variables;
  llvm::StringSet<> Records;
};

} // namespace assay

#endif
