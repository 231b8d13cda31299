#include "driver/session/StoredProgram.h"

#include "analysis/model/Rows.h"
#include "analysis/store/FileDigests.h"
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

const StoredProgram::Opened &StoredProgram::opened() const {
  if (Rest)
    return *Rest;
  Rest = std::make_unique<Opened>();
  const Store Summaries = Store::openToRead(StoreDir, toolDigest());
  FileDigests Files(Summaries.digestIndexPath());
  SourceChanges Changes(Files, Paths);
  for (const KnownUnit &K : Known.Units) {
    auto &Mine = Rest->Units.emplace_back();
    auto &Why = Rest->Changed.emplace_back();
    if (!K.IsSummarised)
      continue;
    Store::Lookup L = Summaries.lookup(K.Key);
    if (!L.Note.empty())
      Rest->Notes.push_back({Level::Warning, L.Note, {}, /*InSarif=*/false});
    Rest->IsAsRecorded &= L.Found && hex(L.Found->Checksum) == K.ContentHex;
    if (!L.Found)
      continue;
    Why = Changes.firstIn(*L.Found->Summary);
    Mine = std::move(L.Found);
    Mine->Images = K.Images;
  }
  return *Rest;
}

const Unit *StoredProgram::unit(size_t Index) const {
  const std::optional<Unit> &Known = opened().Units[Index];
  return Known ? &*Known : nullptr;
}

bool StoredProgram::isAsRecorded() const {
  return opened().IsAsRecorded;
}

const std::vector<Note> &StoredProgram::notes() const {
  return opened().Notes;
}

Digest StoredProgram::digestAround(size_t Index) const {
  KeyMaker Out;
  Out.number(Index);
  for (size_t I = 0; I != Known.Units.size(); ++I) {
    const KnownUnit &U = Known.Units[I];
    if (I == Index) // what it was does not matter; its key stands for the command
      Out.digest(U.Key);
    else
      Out.text(U.ContentHex);
    Out.number(U.IsSummarised);
    Out.number(U.Images.size());
    for (uint32_t Image : U.Images)
      Out.number(Image);
  }
  for (const Image &I : Known.Images)
    I.texts([&](const std::string &Text) { Out.text(Text); });
  return Out.take();
}

/// The macros that a stored command defines, as Clang's options hold them.
static std::vector<std::string> macrosOf(const Command &C) {
  std::vector<std::string> Names;
  const auto *Words = C.effective();
  for (uint32_t I = 0; Words && I != Words->size(); ++I) {
    llvm::StringRef Word(Words->Get(I)->data(), Words->Get(I)->size());
    if (!Word.consume_front("-D"))
      continue;
    if (Word.empty() && I + 1 != Words->size())
      Word = {Words->Get(I + 1)->data(), Words->Get(I + 1)->size()};
    Names.push_back(Word.str());
  }
  llvm::sort(Names);
  return Names;
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
      Other = macrosOf(*U->Summary->command());
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

std::vector<Unit> StoredProgram::allBut(size_t Index) const {
  const auto &Units = opened().Units;
  std::vector<Unit> Out;
  for (size_t I = 0; I != Units.size(); ++I)
    if (I != Index && Units[I])
      Out.push_back(*Units[I]);
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

bool StoredProgram::isSurelyFresh(size_t Except) const {
  if (digestOfDatabase(Known.Database) != Known.DatabaseHex)
    return false;
  FileDigests Files(Store::openToRead(StoreDir, toolDigest()).digestIndexPath());
  return SourceChanges(Files, Paths).haveNone(Known.Sources, static_cast<int64_t>(Except));
}

std::string StoredProgram::stale(size_t Except) const {
  if (digestOfDatabase(Known.Database) != Known.DatabaseHex)
    return "the compile database has changed since the last run of assay check";
  if (isSurelyFresh(Except))
    return "";
  const auto &Changed = opened().Changed;
  size_t N = 0;
  const std::string *First = nullptr;
  for (size_t I = 0; I != Changed.size(); ++I)
    if (I != Except && Changed[I]) {
      ++N;
      First = First ? First : &*Changed[I];
    }
  return N ? llvm::formatv("{0} of the program's {1} units are older in the store than their "
                           "sources ({2})",
                           N, Changed.size(), *First)
                 .str()
           : "";
}
