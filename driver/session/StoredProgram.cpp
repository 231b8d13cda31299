#include "driver/session/StoredProgram.h"

#include "analysis/extract/StoredWords.h"
#include "analysis/store/Freshness.h"
#include "driver/session/ToolDigest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <algorithm>

using namespace assay;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static constexpr llvm::StringLiteral DefaultStore = ".assay/store";

std::shared_ptr<StoredProgram>
StoredProgram::find(llvm::StringRef File, const std::string &StoreDir, std::vector<Note> &Notes) {
  for (llvm::StringRef Above = path::parent_path(File); !Above.empty();
       Above = path::parent_path(Above)) {
    llvm::SmallString<256> Dir(StoreDir);
    if (StoreDir.empty())
      path::append(Dir = Above, DefaultStore);
    if (!fs::is_directory(Dir))
      continue;
    for (KnownProgram &P : ProgramMemory(Dir.str().str()).recall(Above, Notes)) {
      PathForms Paths(Above, path::parent_path(P.Database));
      std::shared_ptr<StoredProgram> Found(
          new StoredProgram(Dir.str().str(), std::move(Paths), std::move(P)));
      if (!Found->has(File))
        continue;
      return Found;
    }
  }
  return nullptr;
}

bool StoredProgram::has(llvm::StringRef File) const {
  const std::string Stored = Paths.toStored(File);
  return llvm::any_of(Known.Units, [&](const KnownUnit &U) { return U.File == Stored; });
}

/// None: the store has lost it, or has another.
std::optional<Unit> StoredProgram::open(size_t Index, std::vector<Note> &Notes) const {
  const KnownUnit &K = Known.Units[Index];
  if (!K.IsSummarised)
    return std::nullopt;
  Store::Lookup L = Store::openToRead(StoreDir, toolDigest()).lookup(K.Key);
  if (!L.Note.empty())
    Notes.push_back({Level::Warning, L.Note, {}, /*InSarif=*/false});
  if (L.Found)
    L.Found->Images = K.Images;
  return std::move(L.Found);
}

const StoredProgram::Opened &StoredProgram::opened() const {
  if (Rest)
    return *Rest;
  Rest = std::make_unique<Opened>();
  for (size_t I = 0; I != Known.Units.size(); ++I) {
    const KnownUnit &K = Known.Units[I];
    const auto &Mine = Rest->Units.emplace_back(open(I, Rest->Notes));
    Rest->IsAsRecorded &= !K.IsSummarised || (Mine && hex(Mine->Checksum) == K.ContentHex);
  }
  return *Rest;
}

FileDigests &StoredProgram::files() const {
  if (!Files)
    Files.emplace(Store::openToRead(StoreDir, toolDigest()).digestIndexPath());
  return *Files;
}

const Unit *StoredProgram::unit(size_t Index) const {
  const std::optional<Unit> *Known = Rest ? &Rest->Units[Index] : nullptr;
  if (!Known) {
    std::vector<Note> SaidLater; // when all are opened
    auto [It, New] = Single.try_emplace(Index);
    if (New)
      It->second = open(Index, SaidLater);
    Known = &It->second;
  }
  return *Known ? &**Known : nullptr;
}

const Unit *StoredProgram::recordedUnit(size_t Index) const {
  const Unit *U = unit(Index);
  return U && hex(U->Checksum) == Known.Units[Index].ContentHex ? U : nullptr;
}

bool StoredProgram::isAsRecorded() const {
  return opened().IsAsRecorded;
}

const std::vector<Note> &StoredProgram::notes() const {
  return opened().Notes;
}

Digest StoredProgram::digest() const {
  return digestAround(Known.Units.size());
}

Digest StoredProgram::digestAround(size_t Index) const {
  return assay::digestAround(Known.Units, Known.Images, Index);
}

size_t StoredProgram::unitOf(llvm::StringRef File, llvm::StringRef Directory,
                             llvm::ArrayRef<std::string> Macros) const {
  const std::string Stored = Paths.toStored(File), Folder = Paths.toStored(Directory);
  std::vector<size_t> Mine;
  for (size_t I = 0; I != Known.Units.size(); ++I)
    if (Known.Units[I].File == Stored)
      Mine.push_back(I);
  if (Mine.size() <= 1)
    return Mine.empty() ? 0 : Mine.front();
  size_t Best = 0, Least = ~size_t(0);
  for (size_t I : Mine) {
    std::vector<std::string> Other;
    if (const Unit *U = unit(I); U && U->Summary->command())
      Other = definedMacros(*U->Summary->command());
    std::vector<std::string> Differ;
    std::set_symmetric_difference(Macros.begin(), Macros.end(), Other.begin(), Other.end(),
                                  std::back_inserter(Differ));
    // A command of another folder is another command, whatever else it shares.
    const size_t Distance = Differ.size() + (Known.Units[I].Directory == Folder ? 0 : 1000);
    if (Distance < Least) {
      Least = Distance;
      Best = I;
    }
  }
  return Best;
}

/// What it says of the file are places and faults that the file has no more.
bool StoredProgram::isOldTwin(size_t Twin, size_t Index, const Unit &Now) const {
  if (Known.Units[Twin].File != Known.Units[Index].File)
    return false;
  const auto &Its = opened().Units[Twin], &Mine = opened().Units[Index];
  const auto TextOf = [](const Unit &U) { return rows(U.Summary->files()->Get(0)->digest()); };
  const auto MacrosOf = [](const Unit &U) { return definedMacros(*U.Summary->command()); };
  return Its && Mine && TextOf(*Its) != TextOf(Now) && MacrosOf(*Its) == MacrosOf(*Mine);
}

std::vector<Unit> StoredProgram::around(size_t Index, const Unit &Now) const {
  const auto &Units = opened().Units;
  std::vector<Unit> Out;
  for (size_t I = 0; I != Units.size(); ++I)
    if (I != Index && Units[I]) {
      Out.push_back(isOldTwin(I, Index, Now) ? Now : *Units[I]);
      Out.back().Images = Units[I]->Images;
    }
  return Out;
}

std::string StoredProgram::missing(size_t Except) const {
  const auto &Units = opened().Units;
  size_t N = 0;
  for (size_t I = 0; I != Units.size(); ++I)
    N += I != Except && Known.Units[I].IsSummarised && !Units[I];
  return N ? llvm::formatv("the store lacks {0} of the program's {1} units", N, Units.size()).str()
           : "";
}

bool StoredProgram::hasSameDatabase() const {
  if (!SameDatabase)
    SameDatabase = digestOfDatabase(Known.Database) == Known.DatabaseHex;
  return *SameDatabase;
}

bool StoredProgram::isSurelyFresh(size_t Except) const {
  auto [It, New] = Fresh.try_emplace(Except, false);
  if (New)
    It->second =
        SourceChanges(files(), Paths).haveNone(Known.Sources, static_cast<int64_t>(Except));
  return It->second;
}

std::string StoredProgram::stale(size_t Except) const {
  if (!hasSameDatabase())
    return "the compile database has changed since the last run of assay check";
  if (isSurelyFresh(Except))
    return "";
  const auto &Units = opened().Units;
  SourceChanges Changes(files(), Paths);
  size_t N = 0;
  std::string First;
  for (size_t I = 0; I != Units.size(); ++I) {
    auto Changed = I != Except && Units[I] ? Changes.firstIn(*Units[I]->Summary) : std::nullopt;
    if (Changed && ++N == 1)
      First = std::move(*Changed);
  }
  return N ? llvm::formatv("{0} of the program's {1} units are older in the store than their "
                           "sources ({2})",
                           N, Units.size(), First)
                 .str()
           : "";
}
