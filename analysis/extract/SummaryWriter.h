/// Puts a unit's rows in their final order and writes the TUSummary, with the bodies of each header
/// in a buffer of their own.
///
/// It renumbers and computes digests; it changes nothing else.
#ifndef ASSAY_ANALYSIS_EXTRACT_SUMMARYWRITER_H
#define ASSAY_ANALYSIS_EXTRACT_SUMMARYWRITER_H

#include "analysis/extract/BodyWriter.h"
#include "analysis/extract/UnitContext.h"
#include "analysis/extract/WrittenUnit.h"

#include <string>
#include <vector>

namespace assay {

struct LostRow {
  uint32_t Name = 0;
  Loc At;
  uint32_t Reason = 0;
};

struct AbsentRow {
  uint32_t Folder = 0;
  std::vector<uint32_t> Names;
};

struct DiagnosticRow {
  DiagnosticLevel Level = DiagnosticLevel::Error;
  std::string Text;
  clang::SourceLocation Where;
};

/// How the unit was compiled, paths in stored form.
struct CommandRow {
  std::string Directory, File;
  std::vector<std::string> Arguments, Effective, Dropped;
  std::string Target, Language;
};

struct UnitRows {
  CommandRow Command;
  std::vector<BodyRows> Bodies;
  std::vector<LostRow> Lost;
  std::vector<DiagnosticRow> Diagnostics;
  std::vector<AbsentRow> Absent;
  std::vector<uint32_t> MissingHeaders;
  unsigned Errors = 0, Warnings = 0;
};

WrittenUnit writeSummary(UnitContext &Unit, UnitRows Rows);

} // namespace assay

#endif
