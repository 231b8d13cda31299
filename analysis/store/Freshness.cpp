#include "analysis/store/Freshness.h"

#include "analysis/model/Rows.h"
#include "analysis/model/Toolchain.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

const std::optional<Digest> &SourceChanges::contentOf(StringRef StoredPath) {
  auto [Now, New] = Known.try_emplace(StoredPath);
  if (New)
    Now->second = Files.digestOf(Paths.toDisk(StoredPath));
  return Now->second;
}

bool SourceChanges::holds(const FileRead &File) {
  // What comes from the table of compilers or a toolchain profile is part of the store's key.
  if (textOf(File.path()).starts_with(ToolchainRoot))
    return true;
  const std::optional<Digest> &Now = contentOf(textOf(File.path()));
  // An empty digest, too, is a change: the file could not be read again, so nobody knows.
  return Now && rows(File.digest()) == llvm::ArrayRef<uint8_t>(*Now);
}

/// Of a folder that is not there: none.
const llvm::StringSet<> &SourceChanges::namesIn(StringRef StoredFolder) {
  auto [Names, New] = Folders.try_emplace(StoredFolder);
  if (!New)
    return Names->second;
  std::error_code Problem;
  for (fs::directory_iterator It(Paths.toDisk(StoredFolder), Problem), End; !Problem && It != End;
       It.increment(Problem))
    Names->second.insert(path::filename(It->path()));
  return Names->second;
}

/// A name alone may be a link to nowhere, or a pipe, which no unit can read.
static bool canBeFound(const llvm::Twine &Path) {
  fs::file_status Status;
  return !fs::status(Path, Status) && (Status.type() == fs::file_type::regular_file ||
                                       Status.type() == fs::file_type::directory_file);
}

std::optional<std::string> SourceChanges::appearedIn(const TUSummary &Summary) {
  if (!Summary.absent())
    return std::nullopt;
  for (const Absent *Row : *Summary.absent()) {
    const StringRef Folder = textOf(Summary.strings()->Get(Row->folder()));
    const llvm::StringSet<> &Names = namesIn(Folder);
    if (Names.empty())
      continue;
    for (uint32_t Index : rows(Row->names())) {
      const StringRef Name = textOf(Summary.strings()->Get(Index));
      if (Names.contains(Name) && canBeFound(Paths.toDisk(Folder) + "/" + Name))
        return (Folder + "/" + Name).str();
    }
  }
  return std::nullopt;
}

std::optional<std::string> SourceChanges::firstIn(const TUSummary &Summary) {
  if (!rowCount(Summary.files()))
    return std::string();
  // Of a linker's line only the command counts; what it makes may be there or not.
  if (Summary.command() && textOf(Summary.command()->language()) == "link")
    return std::nullopt;
  for (const FileRead *File : *Summary.files())
    if (!File->path() || !holds(*File))
      return File->path() ? File->path()->str() : std::string();
  return appearedIn(Summary);
}

bool SourceChanges::haveNone(const ProgramSources &Of, int64_t Except) {
  for (const ProgramSources::File &File : Of.Files)
    if (File.Reader != Except)
      if (File.Path.empty() || contentOf(File.Path) != File.Content)
        return false;
  for (const ProgramSources::Folder &Folder : Of.Folders)
    if (Folder.At && stampOf(Paths.toDisk(Folder.Path).c_str(), Stamped::Folder) == Folder.At)
      continue;
    else if (const llvm::StringSet<> &Names = namesIn(Folder.Path); !Names.empty())
      for (const std::string &Name : Folder.Absent)
        if (Names.contains(Name))
          return false;
  return true;
}

bool assay::isFresh(const TUSummary &Summary, FileDigests &Files, const PathForms &Paths) {
  return !SourceChanges(Files, Paths).firstIn(Summary);
}
