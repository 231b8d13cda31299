/// What each source file holds now, as a digest; read once per run, and not at all while its stamps
/// are unchanged.
///
/// The stamps (size, times, inode, device) of the last run are kept in a small index beside the
/// summaries. A stamp is trusted only when the file had been at rest for a while before it was
/// read: a file written twice within one tick of the clock shows the same stamp for different
/// contents. A damaged index is an empty one. It does not know which files a unit reads: that is
/// Freshness.h. Not for several threads at once.
#ifndef ASSAY_ANALYSIS_STORE_FILEDIGESTS_H
#define ASSAY_ANALYSIS_STORE_FILEDIGESTS_H

#include "analysis/store/Digest.h"
#include "analysis/store/FileStamp.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace assay {

class FileDigests {
public:
  /// `IndexPath` empty: nothing is kept between runs.
  explicit FileDigests(std::string IndexPath);

  /// None when `DiskPath` is no file that can be read.
  std::optional<Digest> digestOf(llvm::StringRef DiskPath);

  /// ... of a file that somebody else has just looked at, without looking again; none: it is not
  /// known, or another one now. For files that nobody edits: a text of the same size that is
  /// written in place and dated back is taken for the old one.
  struct Seen {
    uint64_t Size, Inode, Device;
    int64_t ModifiedS; ///< seconds
  };
  std::optional<Digest> digestOf(llvm::StringRef DiskPath, const Seen &Now);

  /// Those of the files asked for that are other files now than when they were looked at, ordered.
  std::vector<std::string> changedSince() const;

  /// Writes the index aside and renames it; several processes may do so, the last one stays.
  llvm::Error save() const;

  /// Why the index of the last run was not used; empty when it was, or when there is none.
  const std::string &note() const { return Note; }
  unsigned filesRead() const { return FilesRead; }

private:
  struct Entry {
    FileStamp At;
    Digest Content{};
    bool Settled = false;   ///< `At` may be believed in a later run
    bool Confirmed = false; ///< looked at in this run
  };
  std::optional<Entry> read(llvm::StringRef DiskPath, const FileStamp &Before);
  bool load(llvm::StringRef Index);
  std::string written() const;

  std::string IndexPath;
  std::string Note;
  llvm::StringMap<Entry> Entries;
  llvm::StringMap<bool> Missing;
  unsigned FilesRead = 0;
};

} // namespace assay

#endif
