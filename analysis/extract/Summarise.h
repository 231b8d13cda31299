/// From the AST of one unit, whoever parsed it, to its TUSummary and what it shares: the entry for
/// the command line's own parse and for plugins that get an AST from their host.
///
/// The AST must be complete (end of the translation unit) and is only read. It does not parse and
/// does not store.
#ifndef ASSAY_ANALYSIS_EXTRACT_SUMMARISE_H
#define ASSAY_ANALYSIS_EXTRACT_SUMMARISE_H

#include "analysis/extract/FileTable.h"
#include "analysis/extract/SummaryWriter.h"
#include "analysis/model/Paths.h"

#include <optional>

namespace assay {

/// What only the one who parsed knows.
struct ParseFacts {
  CommandRow Command;
  std::vector<DiagnosticRow> Diagnostics; ///< the first ones
  unsigned Errors = 0, Warnings = 0;
  std::vector<clang::SourceLocation>
      ErrorPlaces;                         ///< of all errors: functions around them are marked
  std::string Directory;                   ///< on disk: what relative file names were relative to
  std::vector<std::string> Opened, Missed; ///< see WatchedFiles.h; empty where a host parsed
  std::vector<std::string> MissingHeaders; ///< as the source names them
  /// What the preprocessor left out; none = nobody knows.
  std::optional<std::vector<clang::SourceRange>> Inactive;
  /// The summary is for now: nobody will ask whether its files still hold what they held.
  bool ForNow = false;
  OriginalFiles Originals; ///< where the parser was given another text than the disk has
};

/// What a caller may want to know without reading the summary.
struct SummaryFigures {
  unsigned Functions = 0, LostFunctions = 0;
};

WrittenUnit summarise(clang::ASTContext &Context, const PathForms &Paths, ParseFacts Facts,
                      SummaryFigures *Figures = nullptr);

} // namespace assay

#endif
