/// Phrases of the candidates' table against the words of a name (nameWords() in solve/Lexicon.h).
#ifndef ASSAY_ANALYSIS_PROPOSE_NAMEWORDS_H
#define ASSAY_ANALYSIS_PROPOSE_NAMEWORDS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace assay {

/// The first of the phrases whose every word is among the words; empty if none is. A word of five
/// letters and more also stands for its other forms ("verify" for "verified", "verification"), and
/// for the name that it begins ("auth" does not).
llvm::StringRef phraseIn(llvm::ArrayRef<std::string> Words, llvm::ArrayRef<std::string> Phrases);

} // namespace assay

#endif
