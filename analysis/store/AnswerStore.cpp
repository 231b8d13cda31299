#include "analysis/store/AnswerStore.h"

#include "analysis/store/StoredFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <vector>

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

constexpr StringRef Suffix = ".answers";

FileHeader answersHeader(const Digest &Tool, const Digest &Key) {
  return {{'A', 'S', 'S', 'A', 'Y', 'A', 'N', '\n'}, 1, Tool, Key};
}

} // namespace

AnswerStore::AnswerStore(StringRef Dir, StringRef ToolDigest, unsigned Most)
    : Dir(Dir), Tool(assay::digestOf(ToolDigest)), Most(Most) {}

std::string AnswerStore::pathOf(const Digest &Key) const {
  llvm::SmallString<256> Path(Dir);
  path::append(Path, hex(Key) + Suffix);
  return std::string(Path);
}

AnswerStore::Lookup AnswerStore::lookup(const Digest &Key) const {
  const std::string Path = pathOf(Key);
  const auto Miss = [&](const llvm::Twine &Why) {
    return Lookup{std::nullopt,
                  ("kept answers '" + llvm::Twine(Path) + "' are not used: " + Why).str()};
  };
  auto File = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (File.getError() == std::errc::no_such_file_or_directory)
    return {};
  if (!File)
    return Miss(File.getError().message());
  FileHeader Head;
  if (const char *Fault =
          faultOf((*File)->getBuffer(), answersHeader(Tool, Key), "not the answers of a run", Head))
    return Miss(Fault);
  return {(*File)->getBuffer().drop_front(payloadStart(Head)).str(), ""};
}

bool AnswerStore::has(const Digest &Key) const {
  return fs::exists(pathOf(Key));
}

llvm::Error AnswerStore::put(const Digest &Key, StringRef Bytes) const {
  if (fs::is_symlink_file(Dir))
    return llvm::createStringError("cannot write into '" + Dir +
                                   "': a symbolic link, which the store never makes");
  if (llvm::Error E = writeStored(pathOf(Key), answersHeader(Tool, Key), {},
                                  llvm::arrayRefFromStringRef(Bytes)))
    return E;
  removeOld();
  return llvm::Error::success();
}

/// Whoever else removes at the same time does no harm: a file that is gone is a miss.
void AnswerStore::removeOld() const {
  std::vector<std::string> Paths;
  std::error_code Problem;
  for (fs::directory_iterator File(Dir, Problem), End; !Problem && File != End;
       File.increment(Problem)) {
    const StringRef Name = path::filename(File->path());
    if (Name.size() == 64 + Suffix.size() && Name.ends_with(Suffix))
      Paths.push_back(File->path());
  }
  if (Paths.size() <= Most)
    return;
  std::vector<std::pair<llvm::sys::TimePoint<>, std::string>> Files;
  for (std::string &Path : Paths) {
    fs::file_status Status;
    if (!fs::status(Path, Status, /*follow=*/false) && Status.type() == fs::file_type::regular_file)
      Files.emplace_back(Status.getLastModificationTime(), std::move(Path));
  }
  std::sort(Files.rbegin(), Files.rend());
  for (size_t I = Most; I < Files.size(); ++I)
    fs::remove(Files[I].second);
}
