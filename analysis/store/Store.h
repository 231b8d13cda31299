/// Summaries on disk, one file per unit, and one file for bodies that units share: nothing is
/// parsed twice, and what a header gives to many units is kept once.
///
/// A file says what it is (magic, format, tool, key, length, checksum); it is written aside and
/// renamed, so that several processes may share a store and none ever sees half a file. What fails
/// any check is a miss with a note, never an error and never a guess; the next put replaces it. It
/// does not know whether the sources changed since: that is Freshness.h. Not for several threads at
/// once. Limit: a file that another program cuts short while it is mapped here ends the process; a
/// store is changed by renaming only.
#ifndef ASSAY_ANALYSIS_STORE_STORE_H
#define ASSAY_ANALYSIS_STORE_STORE_H

#include "analysis/model/Program.h"
#include "analysis/store/Digest.h"

#include "llvm/Support/Error.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace assay {

class Store {
public:
  using Key = Digest;

  /// To be raised whenever TUSummary.fbs changes in meaning.
  static constexpr uint32_t FormatVersion = 2;

  /// Creates `Dir` where needed. Fails with a message for the user when it cannot be created or
  /// written. `ToolDigest` is any text that changes when the extractor does.
  static llvm::Expected<Store> open(llvm::StringRef Dir, llvm::StringRef ToolDigest);
  /// For who only looks up: `Dir` need not be there.
  static Store openToRead(llvm::StringRef Dir, llvm::StringRef ToolDigest);

  /// What a unit is kept under: its compile command, in stored path forms so that a checkout
  /// elsewhere finds it too, and every option that changes what extraction writes.
  Key keyFor(llvm::StringRef Directory, llvm::StringRef File, llvm::ArrayRef<std::string> Arguments,
             llvm::ArrayRef<std::string> Options) const;

  struct Lookup {
    std::optional<Unit> Found;
    std::string Note; ///< why a file that is there was not used; empty when there is none
  };
  /// A unit is not found, either, when bodies that it shares are not.
  Lookup lookup(const Key &K) const;

  /// Finished buffers of TUSummary.fbs: the summary, and the bodies that it names by digest, which
  /// are written unless they are there.
  llvm::Error put(const Key &K, llvm::ArrayRef<uint8_t> Summary,
                  llvm::ArrayRef<std::vector<uint8_t>> Shared = {}) const;

  /// Removes the summaries that were not used for longest until the rest fits, shared bodies that
  /// no summary names, and what killed writers left behind. Touches no file that is not the
  /// store's own. Entries in use stay readable. Returns how many it removed.
  llvm::Expected<unsigned> prune(uint64_t MaxBytes) const;

  /// Where FileDigests keeps its index.
  std::string digestIndexPath() const;
  std::string pathOf(const Key &K) const;
  /// Where bodies of this digest are kept.
  std::string pathOfShared(const Digest &Content) const;

private:
  Store(std::string Dir, Digest Tool) : Dir(std::move(Dir)), Tool(Tool) {}
  std::string fileOf(const Key &K, llvm::StringRef Suffix) const;
  llvm::Expected<std::shared_ptr<const SharedBodies>> shared(const Digest &Content) const;
  llvm::Error putShared(llvm::ArrayRef<uint8_t> Bytes, const Digest &Content) const;

  std::string Dir;
  Digest Tool;
  /// What this object has read or written; null when only written.
  mutable std::map<Digest, std::shared_ptr<const SharedBodies>> Known;
};

} // namespace assay

#endif
