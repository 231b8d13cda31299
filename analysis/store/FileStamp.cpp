#include "analysis/store/FileStamp.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>

using namespace assay;

/// At least the coarsest clock of a file system in use (FAT: two seconds).
static constexpr std::chrono::nanoseconds RestNeeded = std::chrono::seconds(2);

static int64_t nanoseconds(const timespec &T) {
  return int64_t(T.tv_sec) * 1'000'000'000 + T.tv_nsec;
}

std::optional<FileStamp> assay::stampOf(const char *Path, Stamped Kind) {
  struct stat S;
  if (::stat(Path, &S) != 0 || !(Kind == Stamped::File ? S_ISREG(S.st_mode) : S_ISDIR(S.st_mode)))
    return std::nullopt;
  return FileStamp{uint64_t(S.st_size), uint64_t(S.st_ino), uint64_t(S.st_dev),
                   nanoseconds(S.st_mtim), nanoseconds(S.st_ctim)};
}

bool assay::isAtRest(const FileStamp &Stamp, int64_t NowNs) {
  return std::max(Stamp.ModifiedNs, Stamp.ChangedNs) + RestNeeded.count() <= NowNs;
}

int64_t assay::nowNs() {
  return std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
}
