/// What each body calls the memory at its places and behind its operands (ObjectPath.h), worked out
/// when it is first asked for and kept.
#ifndef ASSAY_ANALYSIS_SOLVE_POINTEETABLE_H
#define ASSAY_ANALYSIS_SOLVE_POINTEETABLE_H

#include "analysis/solve/ObjectPath.h"
#include "analysis/solve/RoleIndex.h"

#include <memory>

namespace assay {

class PointeeTable {
public:
  PointeeTable(BodyTable &Bodies, const RoleIndex &Roles) : Bodies(Bodies), Roles(Roles) {}

  const ObjectPath &place(BodyId In, uint32_t Row);
  /// What the operand points to.
  const std::optional<ObjectPath> &behind(BodyId In, Operand O);
  /// ... also through calls that return a place in what they are given.
  const std::optional<ObjectPath> &behindViews(BodyId In, Operand O);

private:
  template <class Name>
  using Names = llvm::DenseMap<std::pair<BodyId, uint32_t>, std::unique_ptr<Name>>;

  BodyTable &Bodies;
  const RoleIndex &Roles;
  Names<ObjectPath> Places;
  Names<std::optional<ObjectPath>> Pointees;
};

} // namespace assay

#endif
