/// What templates of system headers may call: constructors, destructors and operators of the
/// classes that they are instantiated with. Their own bodies are not summarised, so
/// `std::make_unique<Cipher>(bits)` would else be a call of Cipher's constructor that nobody sees.
///
/// Limit: named functions that a template finds by convention (swap, begin, lock) are not found
/// here; pointers to functions and to members are values, and followed as such.
#ifndef ASSAY_ANALYSIS_LINK_HIDDENCALLS_H
#define ASSAY_ANALYSIS_LINK_HIDDENCALLS_H

#include "analysis/model/Program.h"

#include "llvm/ADT/BitVector.h"

namespace assay {

struct HiddenCalls {
  llvm::BitVector Records;   ///< instantiated with this class
  llvm::BitVector Functions; ///< may be called
};

HiddenCalls findHiddenCalls(const Program &P);

} // namespace assay

#endif
