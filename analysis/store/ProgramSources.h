/// The files that a whole program was read from, each once, with what they held: whether anything
/// changed can be told from it without opening a summary.
///
/// It is a short cut to "nothing did". Which unit is older than which file is SourceChanges' to
/// say.
#ifndef ASSAY_ANALYSIS_STORE_PROGRAMSOURCES_H
#define ASSAY_ANALYSIS_STORE_PROGRAMSOURCES_H

#include "analysis/model/Paths.h"
#include "analysis/model/TUSummary_generated.h"
#include "analysis/store/Digest.h"
#include "analysis/store/FileStamp.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

struct ProgramSources {
  static constexpr int64_t Several = -1;

  struct File {
    std::string Path;         ///< stored form; empty: nobody knows which
    Digest Content{};         ///< what it held
    int64_t Reader = Several; ///< the number of the one unit that reads it
    friend auto operator<=>(const File &, const File &) = default;
  };
  struct Folder {
    std::string Path;
    std::vector<std::string> Absent; ///< names that were looked for in vain
    std::optional<FileStamp> At;     ///< while it has that, none of them is there
    friend bool operator==(const Folder &, const Folder &) = default;
  };
  std::vector<File> Files;     ///< by path
  std::vector<Folder> Folders; ///< by path
  friend bool operator==(const ProgramSources &, const ProgramSources &) = default;
};

/// `Units`: summaries with their numbers. Folders are looked at as they are now.
ProgramSources sourcesOf(const std::vector<std::pair<const TUSummary *, int64_t>> &Units,
                         const PathForms &Paths);

} // namespace assay

#endif
