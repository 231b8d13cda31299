/// What other calls of a site's body say of its object by their name alone: SSL_set_accept_state()
/// makes a connection a server's.
///
/// On which ways, and in which order, is not asked: it may be so, no more.
#ifndef ASSAY_ANALYSIS_SOLVE_SAIDBESIDE_H
#define ASSAY_ANALYSIS_SOLVE_SAIDBESIDE_H

#include "analysis/solve/Judging.h"

namespace assay {

/// Does one of them say these facts of what has this bind at both?
bool isSaidBeside(const RoleSite &S, const std::string &Bind,
                  const std::map<std::string, std::vector<FactValue>> &Asked, const Judging &J);

} // namespace assay

#endif
