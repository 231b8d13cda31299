/// Reads back what SarifWriter wrote: the findings and the places that were judged, for who
/// explains them later and elsewhere.
///
/// It restores no coverage, no rules' pages and no gate. A log of another tool is refused. Columns
/// are those of the log (UTF-16 code units), equal to bytes wherever the line is ASCII before them.
#ifndef ASSAY_SARIF_REPORT_SARIFREADER_H
#define ASSAY_SARIF_REPORT_SARIFREADER_H

#include "analysis/model/Result.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace assay {

/// Findings, Sites and Artifacts (with their BLAKE3) of the log; `Name` is for messages.
llvm::Expected<Report> readSarif(llvm::StringRef Text, const std::string &Name);

} // namespace assay

#endif
