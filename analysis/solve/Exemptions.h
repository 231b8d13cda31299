/// The `unless` of a property: sites that the check is not about since another bind says so.
#ifndef ASSAY_ANALYSIS_SOLVE_EXEMPTIONS_H
#define ASSAY_ANALYSIS_SOLVE_EXEMPTIONS_H

#include "analysis/solve/Judging.h"

namespace assay {

/// Maybe: some values of the other bind exempt the site, and of the rest nothing is known.
enum class Exemption : uint8_t { No, Maybe, Yes };

class Exemptions {
public:
  using Asked = std::map<std::string, std::vector<FactValue>>;

  Exemptions(const std::map<std::string, Asked> &Unless, const Judging &J) : Unless(Unless), J(J) {}

  Exemption of(const RoleSite &S);

private:
  Exemption of(const RoleSite &S, const std::string &Bind, const Asked &Wanted);
  bool isNoObject(const RoleSite &S, const std::string &Bind, const Value &V) const;
  bool isOnlyKind(const Asked &Wanted);

  const std::map<std::string, Asked> &Unless; ///< by bind
  const Judging &J;
  std::map<const void *, bool> OnlyKinds; ///< by what is asked
};

/// Numbers of the bind mean what rows of this domain say.
std::string domainOf(const RoleSite &S, const std::string &Bind);

} // namespace assay

#endif
