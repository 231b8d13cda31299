/// The three forms in which a summary keeps a path, and the way back to the disk.
///
/// Under the project root: relative. Under the compile database's folder: "<build>/...". Else
/// absolute. The deeper of the two roots wins, so that a build folder inside the project keeps no
/// name of its own in a summary. Two checkouts in different directories thus write the same bytes.
/// It does not open files, and it does not say whether a path exists.
#ifndef ASSAY_ANALYSIS_MODEL_PATHS_H
#define ASSAY_ANALYSIS_MODEL_PATHS_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace assay {

/// Both without a slash at the end; nothing is below "".
bool isBelow(llvm::StringRef Path, llvm::StringRef Folder);

class PathForms {
public:
  /// Both are folders, relative ones to the current directory. `BuildDir` may be empty or equal the
  /// project root.
  PathForms(llvm::StringRef ProjectRoot, llvm::StringRef BuildDir);

  /// `Path` absolute, or relative to the project root. "." and ".." are resolved; a ".." behind a
  /// symbolic link as the operating system does it.
  std::string toStored(llvm::StringRef Path) const;
  std::string toDisk(llvm::StringRef Stored) const;

  llvm::StringRef projectRoot() const { return Project.Given; }
  llvm::StringRef buildDir() const { return Build.Given; }

private:
  /// A root may be reached through a symbolic link while the database names the real folder, or the
  /// reverse.
  struct Root {
    std::string Given; ///< absolute, normal, without a slash at the end; empty = none
    std::string Real;
    explicit Root(llvm::StringRef Folder);
    /// Length of the prefix of `Path` that is this root, 0 = not under it.
    size_t prefixOf(llvm::StringRef Path) const;
  };
  Root Project;
  Root Build;
};

} // namespace assay

#endif
