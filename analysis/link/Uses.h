/// One walk over every instruction: who calls, who writes, who hands out an address, and where
/// functions are values.
///
/// It resolves nothing; what goes through a pointer is only listed.
#ifndef ASSAY_ANALYSIS_LINK_USES_H
#define ASSAY_ANALYSIS_LINK_USES_H

#include "analysis/link/BodyView.h"

#include "llvm/ADT/BitVector.h"

namespace assay {

using EntityInsts = std::vector<std::pair<uint32_t, InstRef>>;

/// A place where a function pointer is handed on: argument `Slot` of a call, the value of a store
/// or of a return.
struct ValueUse {
  static constexpr uint32_t NotAnArgument = ~0u;
  InstRef At;
  uint32_t Slot = NotAnArgument;
  Operand operand(const BodyView &B) const;
};

struct Uses {
  EntityInsts DirectCalls;   ///< callee, call
  EntityInsts Stores;        ///< field or global, store
  EntityInsts AddressPassed; ///< field or global, call
  EntityInsts AddressNamed;  ///< global or field, what stores, returns, chooses or steps from its
                             ///< address; of a field the first in each body
  /// Virtual calls, those through pointers, and those of what a library's class holds; ordered.
  std::vector<InstRef> Dispatched;
  std::vector<ValueUse> FunctionPointers; ///< ordered
  /// Fields and globals whose own address is stored or returned. Where calls are resolved there is
  /// no solver yet to ask where it goes.
  llvm::BitVector AddressKept;
  llvm::BitVector AddressSeen; ///< functions that are values somewhere in a body
  llvm::BitVector Constructed; ///< records of which a whole object is made somewhere
};

/// Needs the program's units, entities and bodies.
Uses collectUses(const Program &P);

} // namespace assay

#endif
