/// The rest of a program, as the last run left it in the store: what a front end that sees one unit
/// joins that unit with.
///
/// It reads only. It parses nothing, so what changed since is still the old summary; it says which.
/// Summaries are opened when one is asked for, and once for any number of units.
#ifndef ASSAY_DRIVER_SESSION_STOREDPROGRAM_H
#define ASSAY_DRIVER_SESSION_STOREDPROGRAM_H

#include "analysis/model/Paths.h"
#include "analysis/model/Program.h"
#include "analysis/store/FileDigests.h"
#include "driver/session/ProgramMemory.h"

#include <map>
#include <memory>
#include <optional>

namespace assay {

class StoredProgram {
public:
  /// The program that has this unit's file. `StoreDir` empty: .assay/store of a folder above the
  /// file. Null when there is none. `Notes`: why a record is not used.
  static std::shared_ptr<StoredProgram> find(llvm::StringRef File, const std::string &StoreDir,
                                             std::vector<Note> &Notes);

  bool has(llvm::StringRef File) const;
  const PathForms &paths() const { return Paths; }
  const std::string &storeDir() const { return StoreDir; }

  /// Of the commands of this file, the one of this folder with the most similar macros ("NAME" or
  /// "NAME=VALUE", ordered).
  size_t unitOf(llvm::StringRef File, llvm::StringRef Directory,
                llvm::ArrayRef<std::string> Macros) const;
  /// Null when the store has lost it.
  const Unit *unit(size_t Index) const;
  /// ... or has another by now: a run over another database may have replaced it.
  const Unit *recordedUnit(size_t Index) const;
  llvm::ArrayRef<uint32_t> imagesOf(size_t Index) const { return Known.Units[Index].Images; }
  const std::vector<Image> &images() const { return Known.Images; }
  /// The other units; where another command compiles the same file with the same macros, and the
  /// file has changed since: `Now`, in that one's programs.
  std::vector<Unit> around(size_t Index, const Unit &Now) const;

  /// What the last run knew of the sources' contents.
  FileDigests &files() const;

  /// The compile database is the one that the last run read.
  bool hasSameDatabase() const;
  /// So is every source of the program, apart from those that only this unit reads, and nothing has
  /// appeared where a file was looked for in vain. False says nothing.
  bool isSurelyFresh(size_t Except) const;
  /// Of all units: see digestAround() of ProgramMemory.h.
  Digest digest() const;
  /// Stands for all units but this one, and for what was known of this one's command; no summary is
  /// opened for it.
  Digest digestAround(size_t Index) const;
  /// What the store holds now is what digestAround() stands for.
  bool isAsRecorded() const;
  /// What of the store could not be read.
  const std::vector<Note> &notes() const;

  /// Sentences: what of the rest cannot be had, or is older than its sources. Empty: all is well.
  std::string missing(size_t Except) const;
  std::string stale(size_t Except) const;

private:
  StoredProgram(std::string StoreDir, PathForms Paths, KnownProgram Known)
      : StoreDir(std::move(StoreDir)), Paths(std::move(Paths)), Known(std::move(Known)) {}
  struct Opened {
    std::vector<std::optional<Unit>> Units; ///< parallel to Known.Units
    std::vector<Note> Notes;
    bool IsAsRecorded = true;
  };
  const Opened &opened() const;
  std::optional<Unit> open(size_t Index, std::vector<Note> &Notes) const;
  bool isOldTwin(size_t Twin, size_t Index, const Unit &Now) const;

  std::string StoreDir;
  PathForms Paths;
  KnownProgram Known;
  mutable std::unique_ptr<Opened> Rest;
  mutable std::map<size_t, std::optional<Unit>> Single; ///< opened before all were
  mutable std::optional<FileDigests> Files;
  mutable std::optional<bool> SameDatabase;
  mutable std::map<size_t, bool> Fresh;
};

} // namespace assay

#endif
