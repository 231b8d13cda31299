/// What all flow properties of a run share: how memory is called in each body, which pointers are
/// kept, which callbacks are handed over. None of it depends on a page. Who asks about single
/// bodies uses `Bodies`, too; `Siblings` are for who compares functions.
#ifndef ASSAY_ANALYSIS_SOLVE_FLOWTABLES_H
#define ASSAY_ANALYSIS_SOLVE_FLOWTABLES_H

#include "analysis/solve/FlowCallbacks.h"
#include "analysis/solve/FlowNames.h"
#include "analysis/solve/KeptPointers.h"
#include "analysis/solve/SiblingGroups.h"

namespace assay {

struct FlowTables {
  FlowTables(const Program &Prog, const RoleIndex &Roles, const SiteScope &Asked)
      : Bodies(Prog), Pointees(Bodies, Roles), Names(Roles, Bodies, Pointees), Keepers(Bodies),
        Callbacks(Prog), Siblings(Bodies, Asked) {}

  BodyTable Bodies;
  PointeeTable Pointees;
  FlowNames Names;
  KeptPointers Keepers;
  FlowCallbacks Callbacks;
  SiblingGroups Siblings;
};

} // namespace assay

#endif
