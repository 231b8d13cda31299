/// What class templates of a system header were given to keep and to call.
///
/// It knows such classes by what they are (a template of a system header over the type of a
/// function, with a call operator and no body here), not by name. An object of `std::function` is a
/// variable that holds a function: extraction stores into it and calls through it (CallFlag::Held).
/// What lies in an object of another such class (`std::bind`) is not followed: all that the
/// library's templates are handed may lie in any of them.
#ifndef ASSAY_ANALYSIS_LINK_HELDCALLS_H
#define ASSAY_ANALYSIS_LINK_HELDCALLS_H

#include "analysis/link/HiddenCalls.h"
#include "analysis/link/Uses.h"

namespace assay {

/// A function of a system header's template, of which no body is summarised.
bool isLibraryTemplate(const Program &P, EntityId Function);

/// A record of one, as std::pair<> in a map is.
bool isLibraryClass(const Program &P, EntityId Record);

/// What stands before the parameters of the function's type.
llvm::StringRef resultTypeOf(const Program &P, EntityId Function);

/// A type that holds a function, as `std::function<int (char *)>` does; a generator of random
/// numbers or an order have a call operator, too, and hold nothing.
bool isOfFunctionType(llvm::StringRef Record);

/// Its call operator, where extraction did not make it a call through a variable.
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
