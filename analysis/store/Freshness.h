/// Whether a stored summary still says what its unit would say now: every file that the unit read
/// holds what it held, and no file has appeared where one was looked for in vain.
///
/// Each file and folder is looked at once per object, however many units name it. Limit: a
/// compiler's installation that is added beside the one used is not noticed.
#ifndef ASSAY_ANALYSIS_STORE_FRESHNESS_H
#define ASSAY_ANALYSIS_STORE_FRESHNESS_H

#include "analysis/model/Paths.h"
#include "analysis/model/TUSummary_generated.h"
#include "analysis/store/FileDigests.h"
#include "analysis/store/ProgramSources.h"

#include "llvm/ADT/StringSet.h"

namespace assay {

class SourceChanges {
public:
  SourceChanges(FileDigests &Files, const PathForms &Paths) : Files(Files), Paths(Paths) {}

  /// The stored path of the first file that makes the summary doubtful; none = it is fresh.
  std::optional<std::string> firstIn(const TUSummary &Summary);

  /// True: no unit but `Except` is doubtful. False says nothing.
  bool haveNone(const ProgramSources &Of, int64_t Except);

private:
  const std::optional<Digest> &contentOf(llvm::StringRef StoredPath);
  bool holds(const FileRead &File);
  std::optional<std::string> appearedIn(const TUSummary &Summary);
  const llvm::StringSet<> &namesIn(llvm::StringRef StoredFolder);

  FileDigests &Files;
  const PathForms &Paths;
  /// By stored path, which saves to find the path on disk again and again.
  llvm::StringMap<std::optional<Digest>> Known;
  llvm::StringMap<llvm::StringSet<>> Folders;
};

bool isFresh(const TUSummary &Summary, FileDigests &Files, const PathForms &Paths);

} // namespace assay

#endif
