/// Store::prune: which entries go when the store has outgrown its limit.
#include "analysis/store/Store.h"
#include "analysis/store/WriteAside.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <chrono>

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

struct StoredFile {
  std::string Path;
  uint64_t Size;
  llvm::sys::TimePoint<> LastUse;
};

} // namespace

static bool isHex(StringRef Text) {
  return llvm::all_of(Text, llvm::isHexDigit);
}

/// Only a folder and a name as pathOf makes them: a store pointed at somebody's home must not eat
/// it.
static bool isOurFolder(StringRef Name) {
  return Name.size() == 2 && isHex(Name);
}

static bool isOurFile(StringRef Name) {
  return Name.size() >= 68 && isHex(Name.take_front(64)) && Name.drop_front(64).starts_with(".tus");
}

static bool isUnfinished(StringRef Name) {
  return Name.ends_with(UnfinishedSuffix);
}

/// A writer needs seconds; what is older than this was left by one that died.
static bool isAbandoned(const StoredFile &File) {
  return std::chrono::system_clock::now() - File.LastUse > std::chrono::hours(1);
}

static std::vector<StoredFile> filesUnder(StringRef Dir, std::error_code &Problem) {
  std::vector<StoredFile> Files;
  for (fs::directory_iterator Folder(Dir, Problem), End; !Problem && Folder != End;
       Folder.increment(Problem)) {
    if (!isOurFolder(path::filename(Folder->path())))
      continue;
    std::error_code Gone; // somebody else may prune at the same time
    for (fs::directory_iterator File(Folder->path(), Gone); !Gone && File != End;
         File.increment(Gone)) {
      fs::file_status Status;
      if (!isOurFile(path::filename(File->path())) ||
          fs::status(File->path(), Status, /*follow=*/false) ||
          Status.type() != fs::file_type::regular_file)
        continue;
      Files.push_back({File->path(), Status.getSize(),
                       std::max(Status.getLastAccessedTime(), Status.getLastModificationTime())});
    }
  }
  return Files;
}

llvm::Expected<unsigned> Store::prune(uint64_t MaxBytes) const {
  std::error_code Problem;
  std::vector<StoredFile> Files = filesUnder(Dir, Problem);
  if (Problem)
    return llvm::createStringError(Problem, "cannot list the store '%s': %s", Dir.c_str(),
                                   Problem.message().c_str());
  unsigned Removed = 0;
  uint64_t Total = 0;
  const auto Remove = [&](const StoredFile &File) { Removed += !fs::remove(File.Path); };
  llvm::erase_if(Files, [&](const StoredFile &File) {
    if (!isUnfinished(File.Path)) {
      Total += File.Size;
      return false;
    }
    if (isAbandoned(File))
      Remove(File);
    return true;
  });
  llvm::sort(Files, [](const StoredFile &A, const StoredFile &B) {
    return std::tie(A.LastUse, A.Path) < std::tie(B.LastUse, B.Path);
  });
  for (const StoredFile &File : Files) {
    if (Total <= MaxBytes)
      break;
    Remove(File);
    Total -= File.Size;
  }
  return Removed;
}
