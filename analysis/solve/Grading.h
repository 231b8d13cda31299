/// How sure and how bad a finding is, after it was made: the property says so, or else its page;
/// a value that comes out of another function may be less sure, where the page says so; what stands
/// in code that nobody reaches is a step less bad, and so is what somebody has to
/// choose, which is never an error. The level follows, unless the policy named one for the check,
/// or the kind of property made its own.
#ifndef ASSAY_ANALYSIS_SOLVE_GRADING_H
#define ASSAY_ANALYSIS_SOLVE_GRADING_H

#include "policies/schema/Policy.h"

#include "llvm/ADT/ArrayRef.h"

namespace assay {

/// `Found` is what `Of`, a property of `Page`, has found.
void grade(llvm::MutableArrayRef<Finding> Found, const CheckPage &Page, const Property &Of,
           const Policy &Rules);

} // namespace assay

#endif
