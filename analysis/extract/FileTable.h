/// The files that a unit read, in the order of their stored paths, the main file first; then those
/// that were only opened: asked for by `__has_include`, response files, other names of one file.
///
/// Contents and digests are those that the preprocessor saw, so that a file changed during the run
/// is noticed later. Files that were looked for in vain are not its part; see WatchedFiles.h.
#ifndef ASSAY_ANALYSIS_EXTRACT_FILETABLE_H
#define ASSAY_ANALYSIS_EXTRACT_FILETABLE_H

#include "analysis/model/Paths.h"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringMap.h"

#include <array>
#include <string>
#include <vector>

namespace assay {

struct ReadFile {
  std::string Path; ///< stored form
  std::array<uint8_t, 32> Digest{};
  bool HasDigest = false;
  uint64_t Size = 0;
  bool System = false;
};

/// What a file holds on disk, where the parser was given another text.
struct OriginalFile {
  std::array<uint8_t, 32> Digest{};
  uint64_t Size = 0;
  bool HasDigest = false;
};
using OriginalFiles = llvm::StringMap<OriginalFile>; ///< by absolute path

class FileTable {
public:
  /// `Directory` is what relative names in the source manager are relative to.
  FileTable(const clang::SourceManager &Sources, const PathForms &Paths, llvm::StringRef Directory,
            llvm::ArrayRef<std::string> Opened = {}, const OriginalFiles &Originals = {},
            bool WithDigests = true);

  /// 0 (the main file) also for what is in no file.
  uint16_t indexOf(clang::FileID File) const;
  llvm::StringRef pathOf(clang::FileID File) const { return Files[indexOf(File)].Path; }
  const std::vector<ReadFile> &files() const { return Files; }

private:
  void collect(const clang::SourceManager &Sources, const PathForms &Paths,
               llvm::StringRef Directory, const OriginalFiles &Originals);

  void collectOpened(llvm::ArrayRef<std::string> Opened, const PathForms &Paths);

  const clang::SourceManager &Sources;
  bool WithDigests;
  std::vector<ReadFile> Files;
  llvm::DenseMap<const clang::FileEntry *, uint16_t> IndexOfEntry;
  mutable clang::FileID LastFile;
  mutable uint16_t LastIndex = 0;
};

} // namespace assay

#endif
