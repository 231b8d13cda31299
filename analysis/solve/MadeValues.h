/// Values that a call of some roles made (a message authentication code): is it one, and where is
/// it worth to ask?
///
/// In the bodies that make it, in those that call them, and in what these call: a few calls away.
/// What is handed on by memory to far code is missed.
#ifndef ASSAY_ANALYSIS_SOLVE_MADEVALUES_H
#define ASSAY_ANALYSIS_SOLVE_MADEVALUES_H

#include "analysis/solve/RoleIndex.h"
#include "analysis/solve/Values.h"

#include "llvm/ADT/DenseMap.h"

namespace assay {

class MadeValues {
public:
  MadeValues(llvm::ArrayRef<std::string> MakingRoles, const RoleIndex &Roles, const Program &Prog);

  /// May the body see such a value?
  bool reaches(BodyId Body) const;
  /// Of two that are compared the one that was made; null: none was. Two that were both made here
  /// tell nothing by the time: so it is done where no comparison in constant time is at hand.
  const Value *oneOf(const ValueSet &Left, const ValueSet &Right) const;

private:
  const Value *madeOf(const ValueSet &Values) const;
  /// The body and those that call it, over so many calls.
  std::vector<BodyId> withCallers(std::vector<BodyId> Of, unsigned Calls) const;

  llvm::ArrayRef<std::string> MakingRoles;
  const Program &Prog;
  llvm::BitVector Making; ///< bodies in which it is made or comes back to
  mutable llvm::DenseMap<BodyId, bool> Known;
};

} // namespace assay

#endif
