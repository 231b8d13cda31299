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
static FileHeader summaryHeader(const Digest &Tool, const Store::Key &Key) {
  return {{'A', 'S', 'S', 'A', 'Y', 'T', 'U', '\n'}, Store::FormatVersion, Tool, Key};
}

/// That of bodies that units share.
static FileHeader sharedHeaderOf(const Digest &Tool, const Digest &Content) {
  return {{'A', 'S', 'S', 'A', 'Y', 'H', 'B', '\n'},
          Store::FormatVersion,
          Tool,
          keyOfContent(Tool, Content)};
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

std::string Store::fileOf(const Key &K, StringRef Suffix) const {
  const std::string Name = hex(K);
  llvm::SmallString<256> Path(Dir);
  llvm::sys::path::append(Path, Name.substr(0, 2), Name + Suffix);
  return std::string(Path);
}

std::string Store::pathOf(const Key &K) const {
  return fileOf(K, SummarySuffix);
}

std::string Store::pathOfShared(const Digest &Content) const {
  return fileOf(keyOfContent(Tool, Content), SharedSuffix);
}

std::string Store::digestIndexPath() const {
  llvm::SmallString<256> Path(Dir);
  llvm::sys::path::append(Path, "files.index");
  return std::string(Path);
}

static llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> readStored(const std::string &Path,
                                                                      const FileHeader &Expected,
                                                                      const char *Foreign,
                                                                      FileHeader &Head) {
  auto File = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!File)
    return llvm::errorCodeToError(File.getError());
  if (const char *Fault = faultOf((*File)->getBuffer(), Expected, Foreign, Head))
    return llvm::createStringError(Fault);
  return std::move(*File);
}

llvm::Expected<SharedRef> Store::shared(const Digest &Content) const {
  if (const auto Read = Known.find(Content); Read != Known.end() && Read->second)
    return Read->second;
  FileHeader Head;
  auto File = readStored(pathOfShared(Content), sharedHeaderOf(Tool, Content),
                         "not bodies of a header", Head);
  if (!File)
    return File.takeError();
  // The name says what must be in it; the key alone may have been copied onto anything.
  if (Head.Checksum != Content)
    return llvm::createStringError("other bodies than its name says");
  auto Opened = openShared(std::move(*File), payloadStart(Head));
  if (Opened)
    Known[Content] = *Opened;
  return Opened;
}

Store::Lookup Store::lookup(const Key &K) const {
  const std::string Path = pathOf(K);
  const auto Miss = [&](const llvm::Twine &Why) {
    return Lookup{std::nullopt,
                  ("stored summary '" + llvm::Twine(Path) + "' is not used: " + Why).str()};
  };
  auto File = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (File.getError() == std::errc::no_such_file_or_directory)
    return {};
  if (!File)
    return Miss(File.getError().message());

  FileHeader Head;
  if (const char *Fault =
          faultOf((*File)->getBuffer(), summaryHeader(Tool, K), "not a summary of Assay", Head))
    return Miss(Fault);
  const ArrayRef<Digest> Named = digestsOf((*File)->getBuffer(), Head);
  size_t Next = 0;
  std::string BadBodies;
  auto Opened =
      openSummary(std::move(*File), payloadStart(Head),
                  [&](ArrayRef<uint8_t> Content) -> llvm::Expected<SharedRef> {
                    if (Next == Named.size() || ArrayRef<uint8_t>(Named[Next]) != Content)
                      return llvm::createStringError("it lists other bodies than it shares");
                    const Digest &Wanted = Named[Next++];
                    auto Bodies = shared(Wanted);
                    if (!Bodies)
                      BadBodies = pathOfShared(Wanted);
                    return Bodies;
                  });
  if (!Opened && !BadBodies.empty())
    // Not naming the unit, so that it is said once for all that share them.
    return {std::nullopt, "stored bodies '" + BadBodies +
                              "' are not used: " + llvm::toString(Opened.takeError()) +
                              "; units that share them are parsed again"};
  if (!Opened)
    return Miss(llvm::toString(Opened.takeError()));
  if (Next != Named.size())
    return Miss("it lists more bodies than it shares");
  Opened->Checksum = Head.Checksum;
  return {std::move(*Opened), ""};
}

/// A folder that is a link may lead out of the store.
static llvm::Error write(const std::string &Path, const FileHeader &Head, ArrayRef<Digest> Digests,
                         ArrayRef<uint8_t> Payload) {
  if (fs::is_symlink_file(llvm::sys::path::parent_path(Path)))
    return llvm::createStringError("cannot write '" + Path +
                                   "': its folder is a symbolic link, which the store never makes");
  return writeStored(Path, Head, Digests, Payload);
}

/// What is there is looked at once: a damaged file would else stay for ever.
llvm::Error Store::putShared(ArrayRef<uint8_t> Bytes, const Digest &Content) const {
  if (Known.count(Content))
    return llvm::Error::success();
  const std::string Path = pathOfShared(Content);
  const FileHeader Expected = sharedHeaderOf(Tool, Content);
  FileHeader Head;
  auto There = readStored(Path, Expected, "", Head);
  const bool Holds = There && Head.Checksum == Content;
  if (!There)
    llvm::consumeError(There.takeError());
  if (!Holds)
    if (llvm::Error E = write(Path, Expected, {}, Bytes))
      return E;
  Known.try_emplace(Content);
  return llvm::Error::success();
}

llvm::Error Store::put(const Key &K, ArrayRef<uint8_t> Summary,
                       ArrayRef<std::vector<uint8_t>> Shared) const {
  std::vector<Digest> Digests;
  // First, so that whoever finds the summary finds them.
  for (const std::vector<uint8_t> &Bytes : Shared) {
    Digests.push_back(assay::digestOf(Bytes));
    if (llvm::Error E = putShared(Bytes, Digests.back()))
      return E;
  }
  return write(pathOf(K), summaryHeader(Tool, K), Digests, Summary);
}
