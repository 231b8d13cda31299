/// Which functions of the project wrap a call of a known role: found in the program, not by name. A
/// wrapper passes the call's outcome on: what it returns after success, it never returns after
/// failure.
#ifndef ASSAY_ANALYSIS_PROPOSE_WRAPPERS_H
#define ASSAY_ANALYSIS_PROPOSE_WRAPPERS_H

#include "analysis/solve/Forward.h"
#include "analysis/solve/NumberSet.h"
#include "analysis/solve/ObjectPath.h"

namespace assay {

struct Wrap {
  InstRef Call;                       ///< in the wrapper
  const FunctionModel *Row = nullptr; ///< of what it calls
  unsigned Depth = 1;                 ///< 2: it wraps a wrapper
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

  /// The functions that call this role, or a wrapper of it, each with its best call; in order.
  std::map<EntityId, Wrap> of(const std::string &Role);

private:
  static constexpr unsigned Deepest = 3; ///< wrappers of wrappers

  void gather(llvm::ArrayRef<RoleSite> Sites, unsigned Depth, std::map<EntityId, Wrap> &Into);
  /// Calls of the wrappers of that depth, as sites of rows that say what they are.
  std::vector<RoleSite> callsOf(const std::map<EntityId, Wrap> &Found, unsigned Depth);
  Wrap wrapAt(const RoleSite &S);
  std::map<std::string, Wrap::Parameter> bindsOf(const RoleSite &S);

  const Judging &J;
  BodyTable Bodies;
  std::deque<FunctionModel> Made; ///< rows of wrappers
};

} // namespace assay

#endif
