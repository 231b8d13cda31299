/// What a whole run concluded, kept beside the summaries that it followed from: a run over the same
/// summaries and the same policy need not think again.
///
/// It does not know what an answer is; its bytes come back as they were put, or not at all. A file
/// that fails any check (kind, version, tool, key, length, checksum) is a miss with a note, as in
/// Store.h; the next put replaces it.
#ifndef ASSAY_ANALYSIS_STORE_ANSWERSTORE_H
#define ASSAY_ANALYSIS_STORE_ANSWERSTORE_H

#include "analysis/store/Digest.h"

#include "llvm/Support/Error.h"

#include <optional>
#include <string>

namespace assay {

class AnswerStore {
public:
  static constexpr unsigned Kept = 8;

  /// `Dir` is a folder of the store; it is made when something is kept. `ToolDigest` as for Store.
  /// Only the newest answers are worth their space: all but the last `Most` are removed.
  AnswerStore(llvm::StringRef Dir, llvm::StringRef ToolDigest, unsigned Most = Kept);

  struct Lookup {
    std::optional<std::string> Found;
    std::string Note; ///< why a file that is there was not used; empty when there is none
  };
  /// `Key` must stand for everything that the answer follows from, besides the tool.
  Lookup lookup(const Digest &Key) const;
  /// A file is there, whatever it holds.
  bool has(const Digest &Key) const;
  llvm::Error put(const Digest &Key, llvm::StringRef Bytes) const;

private:
  std::string pathOf(const Digest &Key) const;
  void removeOld() const;

  std::string Dir;
  Digest Tool;
  unsigned Most;
};

} // namespace assay

#endif
