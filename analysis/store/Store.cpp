#include "analysis/store/Store.h"

#include "analysis/store/Verify.h"
#include "analysis/store/WriteAside.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <cstring>

using namespace assay;
using llvm::ArrayRef;
using llvm::StringRef;
namespace fs = llvm::sys::fs;

namespace {

/// The first bytes of a stored file, little endian as the payload is. A multiple of 16, so that the
/// payload stays aligned.
struct Header {
  char Magic[8] = {'A', 'S', 'S', 'A', 'Y', 'T', 'U', '\n'};
  uint32_t Version = Store::FormatVersion;
  uint32_t HeaderBytes = sizeof(Header);
  uint64_t PayloadBytes = 0;
  uint64_t Zero = 0;
  Digest Tool{};
  Digest Key{};
  Digest Checksum{};
};
static_assert(sizeof(Header) == 128);

} // namespace

static llvm::Error cannotUse(StringRef Dir, std::error_code Problem) {
  return llvm::createStringError(
      Problem,
      "cannot use the store '%s': %s; name a folder that can be written, or free some space",
      Dir.str().c_str(), Problem.message().c_str());
}

llvm::Expected<Store> Store::open(StringRef Dir, StringRef ToolDigest) {
  if (std::error_code Problem = fs::create_directories(Dir))
    return cannotUse(Dir, Problem);
  if (!fs::is_directory(Dir))
    return cannotUse(Dir, std::make_error_code(std::errc::not_a_directory));
  if (std::error_code Problem = fs::access(Dir, fs::AccessMode::Write))
    return cannotUse(Dir, Problem);
  return Store(Dir.str(), assay::digestOf(ToolDigest));
}

/// Every text with its length before it: no two lists of texts give the same bytes.
static void hashTexts(llvm::BLAKE3 &Hash, ArrayRef<StringRef> Texts) {
  const auto Number = [&](uint64_t Value) {
    Hash.update(ArrayRef(reinterpret_cast<const uint8_t *>(&Value), sizeof(Value)));
  };
  Number(Texts.size());
  for (StringRef Text : Texts) {
    Number(Text.size());
    Hash.update(Text);
  }
}

Store::Key Store::keyFor(StringRef Directory, StringRef File, ArrayRef<std::string> Arguments,
                         ArrayRef<std::string> Options) const {
  llvm::BLAKE3 Hash;
  Hash.update(ArrayRef<uint8_t>(Tool));
  hashTexts(Hash, {Directory, File});
  hashTexts(Hash, std::vector<StringRef>(Arguments.begin(), Arguments.end()));
  hashTexts(Hash, std::vector<StringRef>(Options.begin(), Options.end()));
  return Hash.final<32>();
}

std::string Store::pathOf(const Key &K) const {
  const std::string Name = hex(K);
  llvm::SmallString<256> Path(Dir);
  llvm::sys::path::append(Path, Name.substr(0, 2), Name + ".tus");
  return std::string(Path);
}

std::string Store::digestIndexPath() const {
  llvm::SmallString<256> Path(Dir);
  llvm::sys::path::append(Path, "files.index");
  return std::string(Path);
}

/// What is wrong with a stored file, or null. `Expected` is what this store would have written, but
/// for the payload.
static const char *faultOf(StringRef File, const Header &Expected, Header &Found) {
  if (File.size() < sizeof(Found))
    return "shorter than its header";
  std::memcpy(static_cast<void *>(&Found), File.data(), sizeof(Found));
  if (std::memcmp(Found.Magic, Expected.Magic, sizeof(Found.Magic)) != 0)
    return "not a summary of Assay";
  if (Found.Version != Expected.Version || Found.HeaderBytes != Expected.HeaderBytes ||
      Found.Zero != 0)
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

Store::Lookup Store::lookup(const Key &K) const {
  const std::string Path = pathOf(K);
  const auto Miss = [&](const llvm::Twine &Why) {
    return Lookup{
        std::nullopt, {}, ("stored summary '" + llvm::Twine(Path) + "' is not used: " + Why).str()};
  };
  auto File = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (File.getError() == std::errc::no_such_file_or_directory)
    return {};
  if (!File)
    return Miss(File.getError().message());

  Header Expected, Head;
  Expected.Tool = Tool;
  Expected.Key = K;
  if (const char *Fault = faultOf((*File)->getBuffer(), Expected, Head))
    return Miss(Fault);
  auto Opened = openSummary(std::move(*File), sizeof(Header));
  if (!Opened)
    return Miss(llvm::toString(Opened.takeError()));
  return {std::move(*Opened), Head.Checksum, ""};
}

llvm::Error Store::put(const Key &K, ArrayRef<uint8_t> Payload) const {
  const std::string Path = pathOf(K);
  if (fs::is_symlink_file(llvm::sys::path::parent_path(Path)))
    return llvm::createStringError("cannot write '" + Path +
                                   "': its folder is a symbolic link, which the store never makes");
  Header Head;
  Head.PayloadBytes = Payload.size();
  Head.Tool = Tool;
  Head.Key = K;
  Head.Checksum = assay::digestOf(Payload);
  return writeAside(pathOf(K),
                    {ArrayRef(reinterpret_cast<const uint8_t *>(&Head), sizeof(Head)), Payload});
}
