/// What somebody probably meant who wrote a word that nobody knows. Does not decide whether the
/// word is wrong.
#ifndef ASSAY_POLICIES_SCHEMA_NEARESTWORD_H
#define ASSAY_POLICIES_SCHEMA_NEARESTWORD_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace assay {

/// The tail of a message: "; did you mean 'algorithm'?", or "; known: a, b, c" when nothing is
/// near, or nothing at all when there are too many to list. The first of equally near words is
/// named, so give them in order.
std::string didYouMean(llvm::StringRef Word, llvm::ArrayRef<std::string> Known);

/// The same, but always names one word if there is any: for names that a user types from memory.
std::string nearestOf(llvm::StringRef Word, llvm::ArrayRef<std::string> Known);

} // namespace assay

#endif
