/// Which finding, or which judged places, a user means by a fingerprint or a place; and if there is
/// none, what is nearest.
#ifndef ASSAY_DRIVER_CLI_FINDEXPLAINED_H
#define ASSAY_DRIVER_CLI_FINDEXPLAINED_H

#include "analysis/model/Result.h"

#include "llvm/Support/Error.h"

namespace assay {

/// `Prefix` is the start of its fingerprint, of one finding only.
llvm::Expected<const Finding *> findFinding(const Report &R, llvm::StringRef Prefix);

struct PlaceWish {
  std::string File; ///< as stored, or its end
  unsigned Line = 0;
  std::string Check; ///< empty: all
};
/// "FILE:LINE", or "FILE:LINE:COLUMN".
llvm::Expected<PlaceWish> readPlace(llvm::StringRef Text);
bool isMeant(const PlaceWish &Wish, const Location &At);

/// At least one; an error names the nearest places.
llvm::Expected<std::vector<const Site *>> findSites(const Report &R, const PlaceWish &Wish);
/// Findings that stand at the place or whose way ends there.
std::vector<const Finding *> findingsAt(const Report &R, const Site &S);

} // namespace assay

#endif
