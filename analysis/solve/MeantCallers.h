/// For which callers a site has the meaning of its row: set(handle, option, value) hands an option
/// on that only some calls choose so.
///
/// It says nothing of what such a call passes; who judges asks for that as the same calls have
/// entered the body.
#ifndef ASSAY_ANALYSIS_SOLVE_MEANTCALLERS_H
#define ASSAY_ANALYSIS_SOLVE_MEANTCALLERS_H

#include "analysis/solve/Judging.h"

namespace assay {

/// What arrives at the operands that decide, as some calls have entered the site's body.
struct HowMeant {
  bool Named = true;       ///< of each, some value is what is asked for
  bool Possible = true;    ///< ... or may be
  bool Only = true;        ///< no other value arrives, and none that is not known
  bool IsOther = false;    ///< some value is known to be something else
  bool IsHandedIn = false; ///< some value comes from further out than these calls
};

/// Of one operand: is each value what is asked for? Nothing: that is not known.
HowMeant howMeant(const ValueSet &Values, llvm::ArrayRef<InstRef> By,
                  llvm::function_ref<std::optional<bool>(const Value &)> Is);
/// Of several operands that are all asked.
void join(HowMeant &All, const HowMeant &One);

/// The model's own `when`.
HowMeant rowMeant(const RoleSite &S, const Judging &J, llvm::ArrayRef<InstRef> By);

/// Calls by which the body was entered with such a meaning. An empty chain: whoever enters it.
struct MeantCallers {
  std::vector<CallChain> Chains;
  bool OrUnseen = false; ///< somebody who is not seen may enter it, too
};

/// Follows callers outwards, as long as what they hand in differs; those count of whom `May` holds.
MeantCallers meantCallers(const RoleSite &S, const Judging &J,
                          llvm::function_ref<HowMeant(llvm::ArrayRef<InstRef> By)> Asked,
                          bool HowMeant::*May);

/// Does a value that came out of the site's body by these calls, the outermost first, come by one
/// of the chains? One that did not come out comes by each.
bool comesBy(llvm::ArrayRef<CallChain> Chains, BodyId Site, llvm::ArrayRef<InstRef> Out,
             const Program &Prog);

} // namespace assay

#endif
