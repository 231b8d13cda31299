/// What a call hands its callee to call through: a function, or a table of functions in a global.
///
/// It answers for one chain of calls what the value sets can only say for all callers together. It
/// follows parameters that are passed on, and tables whose field nobody sets through a pointer; it
/// does not look into structs that hold the table.
#ifndef ASSAY_ANALYSIS_SOLVE_HANDEDIN_H
#define ASSAY_ANALYSIS_SOLVE_HANDEDIN_H

#include "analysis/solve/ObjectPath.h"

#include <map>

namespace assay {

/// The parameter, and what it points to.
using Handed = std::vector<std::pair<uint32_t, ObjectPath>>;

class HandedIn {
public:
  explicit HandedIn(BodyTable &Bodies) : Bodies(Bodies), Prog(Bodies.program()) {}

  /// To this callee, by a call in a body that was handed `Mine`.
  Handed of(InstRef Call, BodyId Callee, const Handed &Mine);
  /// The function that a call through such a parameter reaches.
  std::optional<EntityId> target(InstRef Call, const Handed &Mine) const;

private:
  std::optional<ObjectPath> given(BodyId In, Operand O, const Handed &Mine) const;
  bool callsThrough(BodyId B, uint32_t Param);
  bool findCallThrough(BodyId B, const ObjectPath &Pointee);
  std::optional<EntityId> functionIn(const ObjectPath &Cell) const;

  BodyTable &Bodies;
  const Program &Prog;
  std::map<std::pair<BodyId, uint32_t>, bool> Through;
};

} // namespace assay

#endif
