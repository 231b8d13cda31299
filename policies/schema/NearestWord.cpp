#include "policies/schema/NearestWord.h"

#include "llvm/ADT/StringExtras.h"

namespace assay {

static constexpr size_t LongestList = 16;

// Ids have parts: "ecb-mode" is near "crypto/ecb-mode", and "cipher" near "cipher.setup", however
// long the rest.
static unsigned distance(llvm::StringRef Word, llvm::StringRef Known) {
  unsigned Whole = llvm::StringRef(Word.lower()).edit_distance(Known.lower());
  unsigned Best = Whole;
  if (Word.size() >= 3 && (Known.contains_insensitive(Word) || Word.contains_insensitive(Known)))
    Best = std::min(Best, 2u);
  if (llvm::StringRef Last = Known.rsplit('/').second; !Last.empty())
    Best = std::min(Best, 1 + Word.rsplit('/').second.edit_distance(Last));
  return Best;
}

static const std::string *nearest(llvm::StringRef Word, llvm::ArrayRef<std::string> Known,
                                  unsigned Limit) {
  const std::string *Best = nullptr;
  unsigned BestDistance = Limit + 1;
  for (const std::string &Candidate : Known) {
    unsigned D = distance(Word, Candidate);
    if (D < BestDistance) {
      Best = &Candidate;
      BestDistance = D;
    }
  }
  return Best;
}

std::string didYouMean(llvm::StringRef Word, llvm::ArrayRef<std::string> Known) {
  unsigned Limit = std::max<size_t>(2, Word.size() / 3);
  if (const std::string *Best = nearest(Word, Known, Limit))
    return "; did you mean '" + *Best + "'?";
  if (Known.empty() || Known.size() > LongestList)
    return "";
  return "; known: " + llvm::join(Known, ", ");
}

std::string nearestOf(llvm::StringRef Word, llvm::ArrayRef<std::string> Known) {
  const std::string *Best = nearest(Word, Known, ~0u - 1);
  return Best ? "; did you mean '" + *Best + "'?" : "";
}

} // namespace assay
