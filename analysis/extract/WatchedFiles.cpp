#include "analysis/extract/WatchedFiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"

using namespace assay;
using llvm::ErrorOr;
using llvm::Twine;
namespace fs = llvm::sys::fs;
namespace vfs = llvm::vfs;

const char WatchedFiles::ID = 0;

/// /dev/null is a device that ends: builds name it for "no file".
static bool mayBeRead(const vfs::Status &Status) {
  return Status.isRegularFile() || Status.isDirectory() || Status.getName() == "/dev/null";
}

ErrorOr<vfs::Status> WatchedFiles::status(const Twine &Path) {
  ErrorOr<vfs::Status> Found = ProxyFileSystem::status(Path);
  if (Found && mayBeRead(*Found))
    return Found;
  keep(Missed, Path);
  // Not "no such file", for the search would go on in silence.
  return Found ? std::make_error_code(std::errc::operation_not_supported) : Found.getError();
}

ErrorOr<std::unique_ptr<vfs::File>> WatchedFiles::openFileForRead(const Twine &Path) {
  if (const ErrorOr<vfs::Status> Found = status(Path); !Found)
    return Found.getError();
  auto File = ProxyFileSystem::openFileForRead(Path);
  if (File)
    keep(Opened, Path);
  return File;
}

void WatchedFiles::keep(llvm::StringSet<> &In, const Twine &Path) const {
  if (!Watching)
    return;
  llvm::SmallString<256> Absolute;
  Path.toVector(Absolute);
  if (!makeAbsolute(Absolute))
    In.insert(Absolute);
}

std::vector<std::string> WatchedFiles::ordered(const llvm::StringSet<> &Paths) {
  std::vector<std::string> Out;
  for (const auto &Entry : Paths)
    Out.push_back(Entry.first().str());
  llvm::sort(Out);
  return Out;
}
