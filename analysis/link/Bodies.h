/// All bodies of the program, each content once: what headers put into many units is one body.
///
/// Bodies of one external name with different content are all kept, since nobody but the linker
/// script knows which one runs; a strong definition, however, replaces a weak one.
#ifndef ASSAY_ANALYSIS_LINK_BODIES_H
#define ASSAY_ANALYSIS_LINK_BODIES_H

#include "analysis/model/Program.h"

namespace assay {

struct BodyTable {
  std::vector<BodyInfo>
      Rows; ///< by EntityName, then unit; replaced weak bodies too: their sites still count
  Program::Slices<BodyId> Of; ///< entity -> the bodies that may run
  uint64_t Duplicates = 0;    ///< bodies of different content beyond the first
  std::vector<std::string> Collisions;
  std::deque<IndexTables> Tables; ///< the rows point here
};

/// `Apart`: by entity, one of several of its name (Duplicates.h).
BodyTable collectBodies(llvm::ArrayRef<Unit> Units, llvm::ArrayRef<EntityInfo> Entities,
                        const std::vector<bool> &Apart);

} // namespace assay

#endif
