#include "analysis/store/Store.h"

#include "analysis/store/StoredFile.h"
#include "analysis/store/Verify.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace assay;
using llvm::ArrayRef;
using llvm::StringRef;
namespace fs = llvm::sys::fs;

/// A summary's file, but for its payload.
static FileHeader headerOf(const Digest &Tool, const Store::Key &Key) {
  return {{'A', 'S', 'S', 'A', 'Y', 'T', 'U', '\n'}, Store::FormatVersion, Tool, Key};
}

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

Store Store::openToRead(StringRef Dir, StringRef ToolDigest) {
  return {Dir.str(), assay::digestOf(ToolDigest)};
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

  FileHeader Head;
  if (const char *Fault =
          faultOf((*File)->getBuffer(), headerOf(Tool, K), "not a summary of Assay", Head))
    return Miss(Fault);
  auto Opened = openSummary(std::move(*File), sizeof(FileHeader));
  if (!Opened)
    return Miss(llvm::toString(Opened.takeError()));
  return {std::move(*Opened), Head.Checksum, ""};
}

llvm::Error Store::put(const Key &K, ArrayRef<uint8_t> Payload) const {
  const std::string Path = pathOf(K);
  if (fs::is_symlink_file(llvm::sys::path::parent_path(Path)))
    return llvm::createStringError("cannot write '" + Path +
                                   "': its folder is a symbolic link, which the store never makes");
  return writeStored(Path, headerOf(Tool, K), Payload);
}
