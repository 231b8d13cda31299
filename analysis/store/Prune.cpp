/// Store::prune: what goes when the store has outgrown its limit, or when nobody needs it.
#include "analysis/store/Store.h"
#include "analysis/store/StoredFile.h"
#include "analysis/store/WriteAside.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

struct FoundFile {
  std::string Path;
  uint64_t Size;
  llvm::sys::TimePoint<> LastUse;
};

/// Bodies that units share.
struct SharedFile {
  FoundFile File;
  unsigned Users = 0;
};

class Pruning {
public:
  explicit Pruning(std::vector<FoundFile> Files);
  unsigned run(uint64_t MaxBytes);

private:
  /// `Each(SharedFile)` of those that the summary names and that are there.
  template <class F> void forEachShared(const FoundFile &Summary, F Each);
  void remove(const FoundFile &File) {
    Removed += !fs::remove(File.Path);
    Total -= File.Size;
  }
  void removeSummary(const FoundFile &File);

  std::vector<FoundFile> Summaries;
  llvm::StringMap<SharedFile> Shared; ///< by file name
  uint64_t Total = 0;
  unsigned Removed = 0;
};

} // namespace

static bool isHex(StringRef Text) {
  return llvm::all_of(Text, llvm::isHexDigit);
}

/// Only a folder and a name as the store makes them: one that is pointed at somebody's home must
/// not eat it.
static bool isOurFolder(StringRef Name) {
  return Name.size() == 2 && isHex(Name);
}

static bool isOurFile(StringRef Name) {
  const StringRef Rest = Name.drop_front(std::min<size_t>(Name.size(), 64));
  return isHex(Name.take_front(64)) &&
         (Rest.starts_with(SummarySuffix) || Rest.starts_with(SharedSuffix));
}

/// A writer needs seconds; what is older than this was left by one that died, or by nobody.
static bool isAbandoned(const FoundFile &File) {
  return std::chrono::system_clock::now() - File.LastUse > std::chrono::hours(1);
}

static std::vector<FoundFile> filesUnder(StringRef Dir, std::error_code &Problem) {
  std::vector<FoundFile> Files;
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

/// Looking must not count as use. Only the owner may ask for that; others' looks count.
static int openUnseen(const char *Path) {
  const int File = ::open(Path, O_RDONLY | O_CLOEXEC | O_NOATIME);
  return File < 0 && errno == EPERM ? ::open(Path, O_RDONLY | O_CLOEXEC) : File;
}

/// Only the head is read: what a summary names lies in front of it. A damaged list loses at most
/// what other summaries do not name, and that is a miss.
static std::vector<std::string> namesSharedBy(const std::string &Path) {
  const int File = openUnseen(Path.c_str());
  if (File < 0)
    return {};
  const auto Read = [&](void *Into, size_t Size, size_t Offset) {
    return ::pread(File, Into, Size, static_cast<off_t>(Offset)) == static_cast<ssize_t>(Size);
  };
  FileHeader Head;
  std::vector<Digest> Digests;
  constexpr uint64_t Most = uint64_t(65536) * sizeof(Digest); // as many as a unit has files
  if (Read(&Head, sizeof Head, 0) && Head.DigestBytes <= Most) {
    Digests.resize(Head.DigestBytes / sizeof(Digest));
    if (!Read(Digests.data(), Digests.size() * sizeof(Digest), sizeof Head))
      Digests.clear();
  }
  ::close(File);
  std::vector<std::string> Names;
  for (const Digest &Content : Digests)
    Names.push_back(hex(keyOfContent(Head.Tool, Content)) + SharedSuffix.str());
  return Names;
}

Pruning::Pruning(std::vector<FoundFile> Files) {
  for (FoundFile &File : Files) {
    const StringRef Name = path::filename(File.Path);
    const bool IsUnfinished = Name.ends_with(UnfinishedSuffix);
    if (IsUnfinished && !isAbandoned(File))
      continue;
    Total += File.Size;
    if (IsUnfinished) {
      remove(File);
      continue;
    }
    if (Name.ends_with(SharedSuffix))
      Shared[Name].File = std::move(File);
    else
      Summaries.push_back(std::move(File));
  }
  for (const FoundFile &Summary : Summaries)
    forEachShared(Summary, [](SharedFile &S) { ++S.Users; });
}

template <class F> void Pruning::forEachShared(const FoundFile &Summary, F Each) {
  if (Shared.empty())
    return;
  for (const std::string &Name : namesSharedBy(Summary.Path))
    if (auto It = Shared.find(Name); It != Shared.end())
      Each(It->second);
}

void Pruning::removeSummary(const FoundFile &File) {
  forEachShared(File, [&](SharedFile &S) {
    // Somebody may have put another one there since the users were counted.
    if (S.Users && --S.Users == 0)
      remove(S.File);
  });
  remove(File);
}

unsigned Pruning::run(uint64_t MaxBytes) {
  // Bodies are written before the summary that names them: what is new may be about to be named.
  for (const auto &Entry : Shared)
    if (const SharedFile &S = Entry.second; !S.Users && isAbandoned(S.File))
      remove(S.File);
  llvm::sort(Summaries, [](const FoundFile &A, const FoundFile &B) {
    return std::tie(A.LastUse, A.Path) < std::tie(B.LastUse, B.Path);
  });
  for (const FoundFile &File : Summaries) {
    if (Total <= MaxBytes)
      break;
    removeSummary(File);
  }
  return Removed;
}

llvm::Expected<unsigned> Store::prune(uint64_t MaxBytes) const {
  std::error_code Problem;
  std::vector<FoundFile> Files = filesUnder(Dir, Problem);
  if (Problem)
    return llvm::createStringError(Problem, "cannot list the store '%s': %s", Dir.c_str(),
                                   Problem.message().c_str());
  return Pruning(std::move(Files)).run(MaxBytes);
}
