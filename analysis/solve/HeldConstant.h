/// Does an object hold only what is written in the source? To wipe it would hide nothing.
///
/// What the event's call itself puts there is another matter than what was there before.
#ifndef ASSAY_ANALYSIS_SOLVE_HELDCONSTANT_H
#define ASSAY_ANALYSIS_SOLVE_HELDCONSTANT_H

#include "analysis/solve/Forward.h"

namespace assay {

class HeldConstant {
public:
  HeldConstant(const Judging &J, ForwardWalk &Walk, const RoleSite &At, const std::string &Bind)
      : J(J), Walk(Walk), At(At), Bind(Bind) {}

  /// Before the event.
  bool atEvent() const;
  /// What this call, through which the way came, is handed as an object of which `IsNamed` holds.
  bool isHandedIn(InstRef Call, llvm::function_ref<bool(const ObjectPath &)> IsNamed) const;

private:
  bool isMadeByEvent() const;

  const Judging &J;
  ForwardWalk &Walk;
  const RoleSite &At;
  const std::string &Bind;
};

} // namespace assay

#endif
