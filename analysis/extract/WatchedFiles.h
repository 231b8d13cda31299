/// The disk as a parse sees it, and what the parse asked of it: which files it opened, and which it
/// looked for in vain. A file that appears where one was looked for in vain may change the unit.
///
/// Only regular files can be opened: a pipe would be waited for for ever, and a device may never
/// end. It holds back nothing else, and keeps no contents.
#ifndef ASSAY_ANALYSIS_EXTRACT_WATCHEDFILES_H
#define ASSAY_ANALYSIS_EXTRACT_WATCHEDFILES_H

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <string>
#include <vector>

namespace assay {

class WatchedFiles : public llvm::RTTIExtends<WatchedFiles, llvm::vfs::ProxyFileSystem> {
public:
  static const char ID;
  explicit WatchedFiles(llvm::IntrusiveRefCntPtr<FileSystem> Under)
      : RTTIExtends(std::move(Under)) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine &Path) override;

  /// The search for a compiler's installation asks for much that no unit depends on.
  void watch(bool On) { Watching = On; }
  /// Absolute paths, ordered, each once.
  std::vector<std::string> opened() const { return ordered(Opened); }
  std::vector<std::string> missed() const { return ordered(Missed); }

private:
  static std::vector<std::string> ordered(const llvm::StringSet<> &Paths);
  void keep(llvm::StringSet<> &In, const llvm::Twine &Path) const;

  bool Watching = true;
  llvm::StringSet<> Opened, Missed;
};

} // namespace assay

#endif
