/// Calls of what a class template of a system header was given to keep: `std::function<int(int)> f`
/// and `f(3)`.
///
/// It knows such classes by what they are (a template of a system header over the type of a
/// function, with a call operator and no body here), not by name. Which function lies in which
/// object is not followed: all that the library's templates are handed may lie in any of them.
#ifndef ASSAY_ANALYSIS_LINK_HELDCALLS_H
#define ASSAY_ANALYSIS_LINK_HELDCALLS_H

#include "analysis/link/HiddenCalls.h"
#include "analysis/link/Uses.h"

namespace assay {

/// A function of a system header's template, of which no body is summarised.
bool isLibraryTemplate(const Program &P, EntityId Function);

/// Its call operator.
bool isHolderCall(const BodyView &B, const Program &P, const Inst &Call);

/// The record of a holder's call operator, as types spell it.
llvm::StringRef holderType(const Program &P, EntityId CallOperator);

/// Objects with a call operator that the library's templates may be handed.
struct Callables {
  std::vector<EntityId> Stateless; ///< call operators of classes without fields
  llvm::BitVector StatefulOf;      ///< by number of parameters: there are others
  bool AnyWrapped = false;         ///< something is made of a function (std::bind) and not followed
};

Callables findCallables(const Program &P, const Uses &U, const HiddenCalls &Hidden);

} // namespace assay

#endif
