/// Who may call from where we cannot see, and which calls may go where we cannot see. The two
/// depend on each other: a function handed to a call that is not fully known may be called by
/// anybody, and then its parameters hold anything.
///
/// Limit: a pointer that came from outside is taken to be a function of the program only where the
/// program lets one of its very type out. A struct that is handed to outside code makes the
/// functions in it callable from there only when a system header declares the struct, or when no
/// call of the program reads the field.
#ifndef ASSAY_ANALYSIS_LINK_CALLERS_H
#define ASSAY_ANALYSIS_LINK_CALLERS_H

#include "analysis/link/PointerFlow.h"

namespace assay {

struct OpenEnds {
  std::vector<bool> UnknownCallers; ///< by entity
  std::vector<bool> Complete;       ///< parallel to PointerFlow::calls
  std::vector<bool> Outside;        ///< likewise, as Callees has it
  std::vector<EntryPoint> Entries;  ///< as Program::entryPoints has them
};

/// `Called`: has at least one caller in the program. `Flow` is solved.
OpenEnds findOpenEnds(const Program &P, const Uses &U, const HiddenCalls &Hidden,
                      ClassHierarchy &Classes, PointerFlow &Flow, const Linker::Options &O,
                      const llvm::BitVector &Called);

} // namespace assay

#endif
