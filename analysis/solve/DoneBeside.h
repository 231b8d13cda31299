/// What may do beside a site what is missing at it: CMS_verify() is told to leave the signer's
/// certificate alone, and the same function has it verified by X509_verify_cert().
///
/// Whether it does, on which ways and with what success, is not asked: it may, no more.
#ifndef ASSAY_ANALYSIS_SOLVE_DONEBESIDE_H
#define ASSAY_ANALYSIS_SOLVE_DONEBESIDE_H

#include "analysis/solve/Judging.h"

#include "llvm/ADT/BitVector.h"

#include <set>

namespace assay {

class DoneBeside {
public:
  DoneBeside(const std::vector<std::string> &Roles, const Judging &J) : Roles(Roles), J(J) {}

  /// Another call in the site's body that is one of these roles, or leads to one; empty: none is.
  std::string near(InstRef Site);

private:
  const std::vector<std::string> &Roles;
  const Judging &J;
  std::set<InstRef> Calls; ///< of the roles
  llvm::BitVector Leading; ///< functions that lead to one; empty: not asked yet
};

} // namespace assay

#endif
