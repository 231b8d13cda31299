#include "analysis/extract/FileTable.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/FileSystem.h"

#include <algorithm>

using namespace assay;
using clang::FileEntry;
using clang::FileEntryRef;
using clang::FileID;
using clang::SourceManager;
using llvm::StringRef;

static constexpr size_t MaxFiles = 65535;
/// Never changes, and is no regular file.
static constexpr StringRef NoFile = "/dev/null";

static llvm::SmallString<256> absolutePath(FileEntryRef Entry, StringRef Directory) {
  llvm::SmallString<256> Path = Entry.getName();
  llvm::sys::fs::make_absolute(Directory, Path);
  return Path;
}

static ReadFile readFile(FileEntryRef Entry, const SourceManager &Sources,
                         const OriginalFile *Original) {
  ReadFile File;
  if (Original) {
    File.Digest = Original->Digest;
    File.HasDigest = Original->HasDigest;
    File.Size = Original->Size;
    return File;
  }
  auto &Mutable = const_cast<SourceManager &>(Sources);
  if (auto Buffer = Mutable.getMemoryBufferForFileOrNone(Entry)) {
    File.Digest = llvm::BLAKE3::hash<32>(llvm::arrayRefFromStringRef(Buffer->getBuffer()));
    File.HasDigest = true;
    File.Size = Buffer->getBufferSize();
  }
  return File;
}

FileTable::FileTable(const SourceManager &Sources, const PathForms &Paths, StringRef Directory,
                     llvm::ArrayRef<std::string> Opened, const OriginalFiles &Originals,
                     bool WithDigests)
    : Sources(Sources), WithDigests(WithDigests) {
  collect(Sources, Paths, Directory, Originals);
  collectOpened(Opened, Paths);
}

/// Their contents matter less than that they are there; a file is the cheapest way to say both.
void FileTable::collectOpened(llvm::ArrayRef<std::string> Opened, const PathForms &Paths) {
  llvm::StringSet<> Known;
  for (const ReadFile &File : Files)
    Known.insert(File.Path);
  for (const std::string &Path : Opened) {
    std::string Stored = Paths.toStored(Path);
    if (Stored == NoFile || Files.size() == MaxFiles || !Known.insert(Stored).second)
      continue;
    ReadFile File;
    File.Path = std::move(Stored);
    File.System = true;
    if (auto Buffer = Sources.getFileManager().getBufferForFile(Path)) {
      File.Digest = llvm::BLAKE3::hash<32>(llvm::arrayRefFromStringRef((*Buffer)->getBuffer()));
      File.HasDigest = true;
      File.Size = (*Buffer)->getBufferSize();
    }
    Files.push_back(std::move(File));
  }
}

/// One file may have been opened by several names (links, "../"): it is kept once, by the least of
/// them.
void FileTable::collect(const SourceManager &Sources, const PathForms &Paths, StringRef Directory,
                        const OriginalFiles &Originals) {
  struct Found {
    bool NotMain;
    std::string Path;
    FileEntryRef Entry;
    bool operator<(const Found &O) const {
      return std::tie(NotMain, Path) < std::tie(O.NotMain, O.Path);
    }
  };
  const FileEntry *Main = Sources.getFileEntryForID(Sources.getMainFileID());
  std::vector<Found> All;
  for (auto It = Sources.fileinfo_begin(); It != Sources.fileinfo_end(); ++It)
    All.push_back({&It->first.getFileEntry() != Main,
                   Paths.toStored(absolutePath(It->first, Directory)), It->first});
  std::sort(All.begin(), All.end());
  for (Found &F : All) {
    if (Files.size() == MaxFiles)
      break;
    if (F.NotMain && F.Path == NoFile)
      continue;
    if (!IndexOfEntry.try_emplace(&F.Entry.getFileEntry(), static_cast<uint16_t>(Files.size()))
             .second)
      continue;
    const auto Original = Originals.find(absolutePath(F.Entry, Directory));
    Files.push_back(
        WithDigests
            ? readFile(F.Entry, Sources, Original == Originals.end() ? nullptr : &Original->second)
            : ReadFile());
    Files.back().Path = std::move(F.Path);
  }
  if (Files.empty())
    Files.emplace_back();
  for (unsigned I = 0, N = Sources.local_sloc_entry_size(); I != N; ++I) {
    const auto &Entry = Sources.getLocalSLocEntry(I);
    if (!Entry.isFile() || !clang::SrcMgr::isSystem(Entry.getFile().getFileCharacteristic()))
      continue;
    if (auto Ref = Entry.getFile().getContentCache().OrigEntry)
      if (auto It = IndexOfEntry.find(&Ref->getFileEntry()); It != IndexOfEntry.end())
        Files[It->second].System = true;
  }
}

uint16_t FileTable::indexOf(FileID File) const {
  if (File == LastFile)
    return LastIndex;
  LastFile = File;
  LastIndex = 0;
  if (const FileEntry *Entry = Sources.getFileEntryForID(File))
    if (auto It = IndexOfEntry.find(Entry); It != IndexOfEntry.end())
      LastIndex = It->second;
  return LastIndex;
}
