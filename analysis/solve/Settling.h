/// What would settle an unproven site: which call is not resolved, which function has no source and
/// no model, and the row of assay.toml that would say what it does. A proposal to read, never a
/// claim.
#ifndef ASSAY_ANALYSIS_SOLVE_SETTLING_H
#define ASSAY_ANALYSIS_SOLVE_SETTLING_H

#include "analysis/solve/Judging.h"

namespace assay {

struct Settling {
  std::string Text;
  std::string Row; ///< lines of TOML; empty: no row would
};

class Settler {
public:
  explicit Settler(const Judging &J) : J(J) {}

  /// Knowledge ended at this call; `Roles` is what was waited for, about the bind `Same` (or none).
  Settling call(InstRef Call, llvm::ArrayRef<std::string> Roles, llvm::StringRef Same) const;
  /// Somebody outside of the program may enter here.
  Settling outsideCaller(BodyId Body) const;
  /// A value of which these facts are asked and not known.
  Settling value(const Value &V, const std::vector<std::string> &AskedFacts) const;
  /// Where a result, or what should follow a call, could not be followed on; nothing where more is
  /// not to be said than the reason says.
  Settling following(InstRef At, llvm::ArrayRef<std::string> Roles, llvm::StringRef Same) const;
  /// A function of which it is not known whether it hands on what it takes.
  Settling handingOn(EntityId Function) const;
  /// Notes in the site where knowledge ended, and what would settle it.
  void settle(Site &Unproven, InstRef At, const Settling &Cure) const;
  /// A function whose row should say which results mean success.
  Settling outcome(EntityId Function, const FunctionModel &Row) const;

private:
  std::string roleRow(EntityId Function, const std::string &RoleId, llvm::StringRef Same) const;

  const Judging &J;
};

} // namespace assay

#endif
