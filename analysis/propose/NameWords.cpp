#include "analysis/propose/NameWords.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace assay;

/// "verify" is in "verified" and "verification", "activate" in "activation": all but the ending.
static bool isForm(llvm::StringRef Word, llvm::StringRef Of) {
  constexpr size_t Shortest = 5;
  const bool Changes = Of.ends_with("y") || Of.ends_with("e");
  return Word == Of || (Of.size() >= Shortest && Word.starts_with(Of.drop_back(Changes)));
}

llvm::StringRef assay::phraseIn(llvm::ArrayRef<std::string> Words,
                                llvm::ArrayRef<std::string> Phrases) {
  for (llvm::StringRef Phrase : Phrases) {
    llvm::SmallVector<llvm::StringRef, 4> Asked;
    Phrase.split(Asked, ' ');
    if (llvm::all_of(Asked, [&](llvm::StringRef A) {
          return llvm::any_of(Words, [&](const std::string &W) { return isForm(W, A); });
        }))
      return Phrase;
  }
  return "";
}
