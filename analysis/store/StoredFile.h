/// What every file of the store begins with, and whether one may be believed.
#ifndef ASSAY_ANALYSIS_STORE_STOREDFILE_H
#define ASSAY_ANALYSIS_STORE_STOREDFILE_H

#include "analysis/store/Digest.h"

#include "llvm/Support/Error.h"

#include <algorithm>

namespace assay {

/// The first bytes of a stored file, little endian as the payload is. A multiple of 16, so that the
/// payload stays aligned. The digests of other files that the payload needs may lie between them.
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
  uint64_t DigestBytes = 0; ///< between header and payload; a multiple of 32
  Digest Tool{};
  Digest Key{};
  Digest Checksum{};
};
static_assert(sizeof(FileHeader) == 128);

/// What the names of summaries and of shared bodies end in.
constexpr llvm::StringRef SummarySuffix = ".tus";
constexpr llvm::StringRef SharedSuffix = ".bodies";

/// What is wrong with a stored file, or null. `Expected` is what this store would have written, but
/// for the payload and its digests; `Foreign` is said of a file of another kind.
const char *faultOf(llvm::StringRef File, const FileHeader &Expected, const char *Foreign,
                    FileHeader &Found);

/// What follows the header of a file in which nothing is at fault.
llvm::ArrayRef<Digest> digestsOf(llvm::StringRef File, const FileHeader &Head);
inline size_t payloadStart(const FileHeader &Head) {
  return sizeof(FileHeader) + Head.DigestBytes;
}

/// What a file that is named by its content is kept under.
Digest keyOfContent(const Digest &Tool, const Digest &Content);

/// Completes the header and writes all aside.
llvm::Error writeStored(llvm::StringRef Path, FileHeader Head, llvm::ArrayRef<Digest> Digests,
                        llvm::ArrayRef<uint8_t> Payload);

} // namespace assay

#endif
