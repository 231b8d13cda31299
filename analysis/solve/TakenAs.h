/// By which parameters of the program's own functions a literal is taken: where it stands in a
/// call, or what it initialises is handed to one as it is.
///
/// It looks at names one call away. What a model says of a function is asked with values.
#ifndef ASSAY_ANALYSIS_SOLVE_TAKENAS_H
#define ASSAY_ANALYSIS_SOLVE_TAKENAS_H

#include "analysis/solve/Judging.h"

#include "llvm/ADT/DenseMap.h"

namespace assay {

class TakenAs {
public:
  TakenAs(const LiteralProperty &P, const Judging &J) : P(P), J(J) {}

  /// The first such parameter whose name, in a function of its name, is of the property's classes,
  /// or by itself of those that it gives for what is handed on; empty: none.
  std::string of(const LiteralSpot &S) const;

private:
  using Holds = llvm::function_ref<bool(Operand)>;
  std::string parameterOf(InstRef Call, Holds Is) const;
  std::string ofGlobal(EntityId Global) const;
  std::string ofLocal(InstRef From, uint32_t Local) const;
  std::string ofCopy(InstRef Call, Holds IsSpot) const;
  llvm::ArrayRef<std::string> namesOf(EntityId Callee) const;

  const LiteralProperty &P;
  const Judging &J;
  /// Function -> its parameters with such a name, up to the last; the others are empty. Library
  /// functions with hundreds of calls say each time the same.
  mutable llvm::DenseMap<EntityId, std::vector<std::string>> Named;
};

} // namespace assay

#endif
