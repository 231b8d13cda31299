#include "analysis/store/FileDigests.h"

#include "analysis/store/WriteAside.h"

#include "llvm/Support/MemoryBuffer.h"

#include <cstring>

using namespace assay;
using llvm::StringRef;

/// Above this, what this run did not look at is forgotten.
static constexpr size_t MostEntries = 200'000;

namespace {

struct IndexHeader {
  char Magic[8] = {'A', 'S', 'S', 'A', 'Y', 'F', 'I', '\n'};
  uint32_t Version = 1;
  uint32_t Count = 0;
  Digest Checksum{};
};

/// What follows a path in the index.
struct IndexRow {
  uint64_t Size, Inode, Device;
  int64_t ModifiedNs, ChangedNs;
  Digest Content;
};

} // namespace

FileDigests::FileDigests(std::string Path) : IndexPath(std::move(Path)) {
  if (IndexPath.empty())
    return;
  auto File =
      llvm::MemoryBuffer::getFile(IndexPath, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (File.getError() == std::errc::no_such_file_or_directory)
    return;
  if (File && load((*File)->getBuffer()))
    return;
  Entries.clear();
  Note = "index '" + IndexPath + "' is damaged or of another version; all files are read again";
}

/// Takes a value off the front of `Rest`; false when there are too few bytes.
template <class T> static bool take(StringRef &Rest, T &Value) {
  if (Rest.size() < sizeof(T))
    return false;
  std::memcpy(static_cast<void *>(&Value), Rest.data(), sizeof(T));
  Rest = Rest.drop_front(sizeof(T));
  return true;
}

bool FileDigests::load(StringRef Rest) {
  IndexHeader Head;
  const IndexHeader Expected;
  if (!take(Rest, Head) || std::memcmp(Head.Magic, Expected.Magic, sizeof(Head.Magic)) != 0 ||
      Head.Version != Expected.Version || Head.Checksum != assay::digestOf(Rest))
    return false;
  for (uint32_t I = 0; I != Head.Count; ++I) {
    uint32_t Length;
    IndexRow Row;
    if (!take(Rest, Length) || Rest.size() < Length)
      return false;
    const StringRef Path = Rest.take_front(Length);
    Rest = Rest.drop_front(Length);
    if (!take(Rest, Row))
      return false;
    Entries[Path] = {{Row.Size, Row.Inode, Row.Device, Row.ModifiedNs, Row.ChangedNs},
                     Row.Content,
                     /*Settled=*/true,
                     /*Confirmed=*/false};
  }
  return Rest.empty();
}

std::optional<FileDigests::Entry> FileDigests::read(StringRef Path, const FileStamp &Before) {
  const int64_t Start = nowNs();
  // Volatile: read, not mapped, since the user's editor may write it meanwhile.
  auto File = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false,
                                          /*IsVolatile=*/true);
  if (!File)
    return std::nullopt;
  ++FilesRead;
  Entry New;
  New.At = Before;
  New.Content = assay::digestOf((*File)->getBuffer());
  New.Settled = isAtRest(Before, Start);
  return New;
}

std::optional<Digest> FileDigests::digestOf(StringRef DiskPath) {
  auto Known = Entries.find(DiskPath);
  if (Known != Entries.end() && Known->second.Confirmed)
    return Known->second.Content;
  if (Missing.contains(DiskPath))
    return std::nullopt;

  const auto Stamp = stampOf(DiskPath.str().c_str(), Stamped::File);
  if (Known != Entries.end() && Stamp && Known->second.At == *Stamp) {
    Known->second.Confirmed = true;
    return Known->second.Content;
  }
  auto New = Stamp ? read(DiskPath, *Stamp) : std::nullopt;
  if (!New) {
    Missing[DiskPath] = true;
    Entries.erase(DiskPath);
    return std::nullopt;
  }
  New->Confirmed = true;
  Entries[DiskPath] = *New;
  return New->Content;
}

std::optional<Digest> FileDigests::digestOf(StringRef DiskPath, const Seen &Now) {
  constexpr int64_t NsOfSecond = 1'000'000'000;
  const auto Known = Entries.find(DiskPath);
  if (Known == Entries.end())
    return std::nullopt;
  const FileStamp &Then = Known->second.At;
  if (Then.Size != Now.Size || Then.Inode != Now.Inode || Then.Device != Now.Device ||
      Then.ModifiedNs / NsOfSecond != Now.ModifiedS)
    return std::nullopt;
  Known->second.Confirmed = true;
  return Known->second.Content;
}

std::vector<std::string> FileDigests::changedSince() const {
  std::vector<std::string> Changed;
  for (const auto &E : Entries)
    if (E.second.Confirmed && stampOf(E.first().str().c_str(), Stamped::File) != E.second.At)
      Changed.push_back(E.first().str());
  llvm::sort(Changed);
  return Changed;
}

std::string FileDigests::written() const {
  std::vector<StringRef> Paths;
  for (const auto &E : Entries)
    if (E.second.Settled && (E.second.Confirmed || Entries.size() <= MostEntries))
      Paths.push_back(E.first());
  llvm::sort(Paths);

  std::string Out(sizeof(IndexHeader), '\0');
  const auto Append = [&](const auto &Value) {
    Out.append(reinterpret_cast<const char *>(&Value), sizeof(Value));
  };
  for (StringRef Path : Paths) {
    const Entry &E = Entries.find(Path)->second;
    Append(uint32_t(Path.size()));
    Out += Path;
    Append(
        IndexRow{E.At.Size, E.At.Inode, E.At.Device, E.At.ModifiedNs, E.At.ChangedNs, E.Content});
  }
  IndexHeader Head;
  Head.Count = static_cast<uint32_t>(Paths.size());
  Head.Checksum = assay::digestOf(StringRef(Out).drop_front(sizeof(Head)));
  std::memcpy(Out.data(), &Head, sizeof(Head));
  return Out;
}

llvm::Error FileDigests::save() const {
  if (IndexPath.empty())
    return llvm::Error::success();
  return writeAside(IndexPath, {llvm::arrayRefFromStringRef(written())});
}
