/// Which sites are asked about when only what stands in some files is wanted: all others are left
/// out, neither judged nor counted. What cannot lead to a finding in one of the
/// files is not asked.
#ifndef ASSAY_ANALYSIS_SOLVE_SITESCOPE_H
#define ASSAY_ANALYSIS_SOLVE_SITESCOPE_H

#include "analysis/model/Program.h"

#include "llvm/ADT/BitVector.h"

#include <optional>
#include <set>
#include <string>

namespace assay {

class SiteScope {
public:
  /// All sites.
  SiteScope() = default;
  /// `Files`: in the path form of FileRead.path.
  /// `Before`: the checks that found something there when last asked; not known: any may have.
  SiteScope(const Program &Prog, std::set<std::string> Files,
            std::optional<std::set<std::string>> Before);

  bool isAll() const { return IsAll; }
  /// For properties whose findings stand at the site.
  bool here(BodyId Body) const { return IsAll || Here[Body]; }
  /// ... or in the initialiser of a variable that the body names.
  bool namesOfHere(BodyId Body) const;
  /// Is a finding of this file wanted?
  bool shows(const std::string &File) const { return IsAll || Files.count(File); }
  /// ... or at a call that leads to it, in the outermost function that supplies a value.
  bool callable(BodyId Body) const { return IsAll || Callable[Body]; }
  /// For properties whose findings stand at the call that supplies a value: it may come by memory,
  /// too.
  bool mayTakeFromHere(BodyId Body, const std::string &Check) const {
    return callable(Body) || mayHaveFound(Check);
  }
  /// A finding may also rest on memory that is written by what is called from here, and read by
  /// whom no call leads to. Such a one is looked for where there was one, or may have been.
  bool mayHaveFound(const std::string &Check) const { return !Before || Before->count(Check); }

private:
  bool IsAll = true;
  const Program *Prog = nullptr;
  std::set<std::string> Files;
  llvm::BitVector Here, Callable; ///< by body
  std::optional<std::set<std::string>> Before;
};

} // namespace assay

#endif
