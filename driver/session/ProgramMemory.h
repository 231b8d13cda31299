/// What programs a store holds: which summaries make up the program of a root, as the last run left
/// them. A front end that sees one unit finds the rest of the program by it, without the compile
/// database.
///
/// It holds names and keys, no summary. Like an answer, it is a miss when it is damaged or another
/// engine wrote it.
#ifndef ASSAY_DRIVER_SESSION_PROGRAMMEMORY_H
#define ASSAY_DRIVER_SESSION_PROGRAMMEMORY_H

#include "analysis/model/Image.h"
#include "analysis/model/Result.h"
#include "analysis/store/AnswerStore.h"
#include "analysis/store/ProgramSources.h"
#include "analysis/store/Store.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <string>
#include <vector>

namespace assay {

struct KnownUnit {
  Store::Key Key{};
  std::string File, Directory; ///< stored forms, as the command has them
  std::vector<uint32_t> Images;
  bool IsSummarised = true; ///< false: it failed in that run
  std::string ContentHex;   ///< digest of its summary; a store that was changed since has another
  friend bool operator==(const KnownUnit &, const KnownUnit &) = default;
};

struct KnownProgram {
  std::string Database;    ///< compile_commands.json; absolute
  std::string DatabaseHex; ///< digest of its contents
  std::vector<KnownUnit> Units;
  std::vector<Image> Images; ///< what the units' image numbers mean
  ProgramSources Sources;    ///< of the units that were summarised, by their numbers
  friend bool operator==(const KnownProgram &, const KnownProgram &) = default;
};

class ProgramMemory {
public:
  explicit ProgramMemory(const std::string &StoreDir);

  /// The programs of one root, the last analysed first. `Notes` says why a record that is there
  /// could not be used.
  std::vector<KnownProgram> recall(llvm::StringRef Root, std::vector<Note> &Notes) const;
  /// Replaces what is known of that root and database; writes nothing when nothing changed.
  /// `Sources` makes P.Sources, which follow from the rest.
  void keep(llvm::StringRef Root, KnownProgram P, llvm::function_ref<ProgramSources()> Sources,
            std::vector<Note> &Notes) const;

private:
  AnswerStore Kept;
};

/// Stands for all units but the one of this number, of which only the command counts; a number that
/// none has: for all.
Digest digestAround(const std::vector<KnownUnit> &Units, const std::vector<Image> &Images,
                    size_t Index);

/// Digest of a compile database's contents, in hex; empty when it cannot be read.
std::string digestOfDatabase(llvm::StringRef Path);

} // namespace assay

#endif
