#include "analysis/store/AnswerStore.h"

#include "analysis/store/WriteAside.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <cstring>
#include <vector>

using namespace assay;
using llvm::ArrayRef;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

constexpr StringRef Suffix = ".answers";

struct Header {
  char Magic[8] = {'A', 'S', 'S', 'A', 'Y', 'A', 'N', '\n'};
  uint32_t Version = 1;
  uint32_t HeaderBytes = sizeof(Header);
  uint64_t PayloadBytes = 0;
  Digest Tool{};
  Digest Key{};
  Digest Checksum{};
};
static_assert(sizeof(Header) == 120);

/// What is wrong with a kept file, or null. `Expected` is what would have been written, but for the
/// payload.
const char *faultOf(StringRef File, const Header &Expected) {
  Header Found;
  if (File.size() < sizeof(Found))
    return "shorter than its header";
  std::memcpy(static_cast<void *>(&Found), File.data(), sizeof(Found));
  if (std::memcmp(Found.Magic, Expected.Magic, sizeof(Found.Magic)) != 0)
    return "not the answers of a run";
  if (Found.Version != Expected.Version || Found.HeaderBytes != Expected.HeaderBytes)
    return "of another format version";
  if (Found.Tool != Expected.Tool)
    return "written by another version of the tool";
  if (Found.Key != Expected.Key)
    return "kept under another key than its own";
  if (Found.PayloadBytes != File.size() - sizeof(Found))
    return "of another length than it says";
  if (Found.Checksum != assay::digestOf(File.drop_front(sizeof(Found))))
    return "damaged: its checksum does not match";
  return nullptr;
}

} // namespace

AnswerStore::AnswerStore(StringRef Dir, StringRef ToolDigest)
    : Dir(Dir), Tool(assay::digestOf(ToolDigest)) {}

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
  Header Expected;
  Expected.Tool = Tool;
  Expected.Key = Key;
  if (const char *Fault = faultOf((*File)->getBuffer(), Expected))
    return Miss(Fault);
  return {(*File)->getBuffer().drop_front(sizeof(Header)).str(), ""};
}

llvm::Error AnswerStore::put(const Digest &Key, StringRef Bytes) const {
  if (fs::is_symlink_file(Dir))
    return llvm::createStringError("cannot write into '" + Dir +
                                   "': a symbolic link, which the store never makes");
  Header Head;
  Head.PayloadBytes = Bytes.size();
  Head.Tool = Tool;
  Head.Key = Key;
  Head.Checksum = assay::digestOf(Bytes);
  if (llvm::Error E =
          writeAside(pathOf(Key), {ArrayRef(reinterpret_cast<const uint8_t *>(&Head), sizeof(Head)),
                                   llvm::arrayRefFromStringRef(Bytes)}))
    return E;
  removeOld();
  return llvm::Error::success();
}

/// Whoever else removes at the same time does no harm: a file that is gone is a miss.
void AnswerStore::removeOld() const {
  std::vector<std::pair<llvm::sys::TimePoint<>, std::string>> Files;
  std::error_code Problem;
  for (fs::directory_iterator File(Dir, Problem), End; !Problem && File != End;
       File.increment(Problem)) {
    fs::file_status Status;
    const StringRef Name = path::filename(File->path());
    if (Name.size() == 64 + Suffix.size() && Name.ends_with(Suffix) &&
        !fs::status(File->path(), Status, /*follow=*/false) &&
        Status.type() == fs::file_type::regular_file)
      Files.emplace_back(Status.getLastModificationTime(), File->path());
  }
  std::sort(Files.rbegin(), Files.rend());
  for (size_t I = Kept; I < Files.size(); ++I)
    fs::remove(Files[I].second);
}
