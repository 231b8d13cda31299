/// Code behind a switch of the source that nothing in the program turns on.
#ifndef ASSAY_ANALYSIS_SOLVE_SWITCHEDOFF_H
#define ASSAY_ANALYSIS_SOLVE_SWITCHEDOFF_H

#include "analysis/solve/Judging.h"

namespace assay {

/// A setting that is written in the source, and only so that a place behind it is never reached.
struct DeadSwitch {
  InstRef Read;
  std::string Words; ///< "o->check_name is always 0"
};

/// The first on the way from the entry of its body to the place. What nobody wrote counts as not
/// known: it may be set unseen.
std::optional<DeadSwitch> switchedOff(InstRef At, const Judging &J);

} // namespace assay

#endif
