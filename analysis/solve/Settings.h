/// Whether a place is reached only where somebody has set a setting that is there for it:
/// `if (cfg->insecure)`, `if (show_keys)`, `if (mode == VERIFY_NONE)`, `else if (!strcmp(version,
/// "TLSv1.0"))`.
///
/// A setting is known by its name, which the page gives. Only branches count that no way to the
/// place goes around, in the bodies that the reader's way goes through; a parameter is what the
/// calls on that way hand in. What a setting is by default is not asked.
#ifndef ASSAY_ANALYSIS_SOLVE_SETTINGS_H
#define ASSAY_ANALYSIS_SOLVE_SETTINGS_H

#include "analysis/solve/BodyTable.h"
#include "analysis/solve/Judging.h"
#include "analysis/solve/NumberSet.h"
#include "analysis/solve/TextChains.h"
#include "policies/schema/Pattern.h"

#include <map>
#include <optional>

namespace assay {

struct Setting {
  std::string Name;      ///< the own name of the variable, or the text
  std::string Words;     ///< "cfg->insecure is set"
  InstRef At;            ///< where it is read
  bool MustBeSet = true; ///< else it must be zero, which it may be from the beginning
};

class Settings {
public:
  /// `Names`: a pattern; empty: there is none.
  Settings(const std::string &Names, const Judging &J)
      : IsAsked(!Names.empty()), Names(Names), J(J), Bodies(J.Prog) {}

  /// `Points`: instructions that the way goes over, calls among them.
  std::optional<Setting> before(llvm::ArrayRef<InstRef> Points);

private:
  std::optional<Setting> beforeOne(InstRef At, llvm::ArrayRef<InstRef> Points);
  std::optional<Setting> onEdge(BodyId In, uint32_t Block, uint32_t Edge,
                                llvm::ArrayRef<InstRef> Points);
  std::optional<Setting> asked(BodyId In, uint32_t Block, uint32_t To);
  std::optional<Setting> named(InstRef Read, const NumberSet &Values,
                               llvm::ArrayRef<InstRef> Points, unsigned Left) const;
  std::optional<Setting> isOne(InstRef Read, const NumberSet &Values, uint32_t Block) const;
  std::optional<Setting> handedIn(BodyId In, uint32_t Param, const NumberSet &Values,
                                  llvm::ArrayRef<InstRef> Points, unsigned Left) const;

  const bool IsAsked;
  const Pattern Names;
  const Judging &J;
  BodyTable Bodies;
  std::map<BodyId, std::vector<TextChain>> Chains;
};

/// Of a finding: says so, and notes it.
void tellSetting(Finding &F, const Setting &S);

} // namespace assay

#endif
