/// By what a file or folder is known again without reading it. A folder's stamp changes when a name
/// in it comes or goes.
///
/// A stamp alone proves nothing of something that was just written: twice within one tick of the
/// clock shows the same stamp for different contents.
#ifndef ASSAY_ANALYSIS_STORE_FILESTAMP_H
#define ASSAY_ANALYSIS_STORE_FILESTAMP_H

#include <cstdint>
#include <optional>
#include <string>

namespace assay {

struct FileStamp {
  uint64_t Size = 0, Inode = 0, Device = 0;
  int64_t ModifiedNs = 0, ChangedNs = 0;
  friend bool operator==(const FileStamp &, const FileStamp &) = default;
};

enum class Stamped : uint8_t { File, Folder };

/// None: there is no such thing, or it is of another kind.
std::optional<FileStamp> stampOf(const char *Path, Stamped Kind);

/// Whoever reads the thing after `Now` may believe the stamp in a later run.
bool isAtRest(const FileStamp &Stamp, int64_t NowNs);

/// The wall clock, as file systems use it.
int64_t nowNs();

} // namespace assay

#endif
