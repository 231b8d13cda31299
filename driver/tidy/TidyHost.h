/// What one clang-tidy process needs for its units, found once: policies by file, programs by
/// store.
///
/// It writes nothing but what it keeps of policies. Trouble is text for one diagnostic; nothing
/// ends the process.
#ifndef ASSAY_DRIVER_TIDY_TIDYHOST_H
#define ASSAY_DRIVER_TIDY_TIDYHOST_H

#include "driver/session/StoredProgram.h"
#include "driver/tidy/TidyCheck.h"
#include "policies/schema/Policy.h"

#include <map>
#include <memory>
#include <set>
#include <variant>

namespace assay {

class TidyHost {
public:
  /// Of this process.
  static TidyHost &get();

  using Trouble = std::vector<std::string>;
  /// Where what was found and read is kept for the next process: the store of the program if it can
  /// be written, else the user's folder for such things. Empty: nowhere.
  static std::string folderToKeepIn(const StoredProgram *Program, const TidyOptions &Options);

  /// Of the policy that holds for `File` (absolute): that of the option, else the nearest
  /// assay.toml; without one the default profile. Never freed while the process lives. `Kept`: see
  /// folderToKeepIn().
  const std::variant<Policy, Trouble> &policyFor(llvm::StringRef File, const TidyOptions &Options,
                                                 const std::string &Kept);

  /// Its digest, without having it where that was kept; none: it must be loaded.
  std::optional<std::string> policyDigest(llvm::StringRef File, const TidyOptions &Options,
                                          const std::string &Kept);

  /// Null: no store knows a program with this file.
  std::shared_ptr<StoredProgram> programOf(llvm::StringRef File, const TidyOptions &Options,
                                           std::vector<Note> &Notes);

  /// What files hold that belong to no project, as an earlier process of this root has seen them.
  /// Null: `Folder` is empty.
  FileDigests *digestsKeptIn(const std::string &Folder, llvm::StringRef Root);

  /// What the findings of a unit rest on, where that is less than the program as it is now.
  enum class Lack : uint8_t { NoStore, Missing, Stale };
  /// True the first time.
  bool saysFirst(Lack L) { return Said.insert(L).second; }

private:
  std::map<std::string, std::variant<Policy, Trouble>> Policies;
  const std::string &policyFileOf(llvm::StringRef File, const TidyOptions &Options);

  std::map<std::string, std::string> Digests;     ///< of policies that were not loaded
  std::map<std::string, std::string> PolicyFiles; ///< by file
  std::vector<std::pair<std::string, std::shared_ptr<StoredProgram>>> Programs;
  std::map<std::string, FileDigests> Contents; ///< by index file
  std::set<Lack> Said;
};

/// A path of an option, made absolute: in the nearest folder at or above `File` where it is there,
/// else in the current one.
std::string placeOf(llvm::StringRef Given, llvm::StringRef File);

/// The folder that files are named from where no store says it: of the nearest assay.toml, else of
/// the nearest .git, else that of the file.
std::string rootOf(llvm::StringRef File);

} // namespace assay

#endif
