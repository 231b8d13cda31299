#include "analysis/propose/NameWords.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace assay;

std::vector<std::string> assay::wordsOf(llvm::StringRef Name) {
  std::vector<std::string> Words;
  auto IsPart = [&](size_t I) {
    const char C = Name[I], Before = Name[I - 1];
    if (llvm::isDigit(C) != llvm::isDigit(Before))
      return true;
    const bool Next = I + 1 < Name.size() && llvm::isLower(Name[I + 1]);
    return llvm::isUpper(C) && (llvm::isLower(Before) || (llvm::isUpper(Before) && Next));
  };
  std::string Word;
  auto Finish = [&] {
    if (!Word.empty())
      Words.push_back(std::exchange(Word, ""));
  };
  for (size_t I = 0; I != Name.size(); ++I) {
    if (!llvm::isAlnum(Name[I])) {
      Finish();
      continue;
    }
    if (!Word.empty() && IsPart(I))
      Finish();
    Word += llvm::toLower(Name[I]);
  }
  Finish();
  return Words;
}

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
