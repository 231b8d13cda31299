/// What every file of the store begins with, and whether one may be believed.
#ifndef ASSAY_ANALYSIS_STORE_STOREDFILE_H
#define ASSAY_ANALYSIS_STORE_STOREDFILE_H

#include "analysis/store/Digest.h"

#include "llvm/Support/Error.h"

#include <algorithm>

namespace assay {

/// The first bytes of a stored file, little endian as the payload is. A multiple of 16, so that the
/// payload stays aligned.
struct FileHeader {
  FileHeader() = default;
  FileHeader(const char (&Kind)[8], uint32_t Version, const Digest &Tool, const Digest &Key)
      : Version(Version), Tool(Tool), Key(Key) {
    std::copy(std::begin(Kind), std::end(Kind), Magic);
  }

  char Magic[8] = {};
  uint32_t Version = 0;
  uint32_t HeaderBytes = sizeof(FileHeader);
  uint64_t PayloadBytes = 0;
  uint64_t Zero = 0;
  Digest Tool{};
  Digest Key{};
  Digest Checksum{};
};
static_assert(sizeof(FileHeader) == 128);

/// What is wrong with a stored file, or null. `Expected` is what this store would have written, but
/// for the payload; `Foreign` is said of a file of another kind.
const char *faultOf(llvm::StringRef File, const FileHeader &Expected, const char *Foreign,
                    FileHeader &Found);

/// Completes the header and writes both aside.
llvm::Error writeStored(llvm::StringRef Path, FileHeader Head, llvm::ArrayRef<uint8_t> Payload);

} // namespace assay

#endif
