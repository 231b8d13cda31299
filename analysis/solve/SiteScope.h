/// Which sites are asked about when only what stands in some files is wanted: all others are left
/// out, neither judged nor counted. A finding that stands in one of the files is never lost by it.
#ifndef ASSAY_ANALYSIS_SOLVE_SITESCOPE_H
#define ASSAY_ANALYSIS_SOLVE_SITESCOPE_H

#include "analysis/model/Program.h"

#include "llvm/ADT/BitVector.h"

#include <set>
#include <string>

namespace assay {

class SiteScope {
public:
  /// All sites.
  SiteScope() = default;
  /// `Files`: in the path form of FileRead.path.
  SiteScope(const Program &Prog, const std::set<std::string> &Files);

  bool isAll() const { return IsAll; }
  /// For properties whose findings stand at the site.
  bool here(BodyId Body) const { return IsAll || Here[Body]; }
  /// ... or at a call that leads to it, in the outermost function that supplies a value.
  bool callable(BodyId Body) const { return IsAll || Callable[Body]; }

private:
  bool IsAll = true;
  llvm::BitVector Here, Callable; ///< by body
};

} // namespace assay

#endif
