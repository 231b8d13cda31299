/// Which functions of the project wrap a call of a known role: found in the program, not by name. A
/// wrapper passes the call's outcome on: what it returns after success, it never returns after
/// failure.
#ifndef ASSAY_ANALYSIS_PROPOSE_WRAPPERS_H
#define ASSAY_ANALYSIS_PROPOSE_WRAPPERS_H

#include "analysis/solve/Forward.h"
#include "analysis/solve/ObjectPath.h"

namespace assay {

struct Wrap {
  InstRef Call;                       ///< in the wrapper
  const FunctionModel *Row = nullptr; ///< of what it calls
  bool PassesOutcome = false;
  std::optional<IntCondition> Success; ///< of the wrapper
  struct Parameter {
    unsigned Index;
    bool IsPointer; ///< the parameter itself is handed on, not what lies behind it
  };
  std::map<std::string, Parameter> Binds; ///< binds of the call that are parameters of the wrapper
};

class Wrappers {
public:
  explicit Wrappers(const Judging &J) : J(J), Bodies(J.Prog) {}

  /// The functions that call this role, each with its best call; in order.
  std::map<EntityId, Wrap> of(const std::string &Role);

private:
  Wrap wrapAt(const RoleSite &S);
  std::map<std::string, Wrap::Parameter> bindsOf(const RoleSite &S);

  const Judging &J;
  BodyTable Bodies;
};

/// "== 0".
std::string textOf(const IntCondition &C);

} // namespace assay

#endif
