/// Writes a Report as SARIF 2.1.0 (errata 01). What stands where, and why: docs/formats-output.md.
///
/// It judges nothing, opens no file itself (sources come through a SourceReader) and asks no clock.
/// Same Report, same options, same sources: same bytes.
#ifndef ASSAY_SARIF_REPORT_SARIFWRITER_H
#define ASSAY_SARIF_REPORT_SARIFWRITER_H

#include "analysis/model/Result.h"
#include "sarif/report/SourceText.h"

#include <cstdint>
#include <optional>
#include <string>

namespace assay {

enum class SarifForm : uint8_t {
  Evidence, ///< everything: each place judged, with its outcome
  Alerts    ///< what a code host should show: findings of level note and above, within its limits
};

/// What a code host takes; the defaults are the published limits (docs/formats-output.md).
struct AlertLimits {
  size_t Results = 5000;
  size_t TagsPerRule = 20;
  size_t PathLocations = 1000;
  size_t RelatedLocations = 100;
  size_t DescriptionCharacters = 1024;
  size_t CompressedBytes = 10'000'000;
};

/// Where the sources come from. Credentials in the URI are dropped; a URI that names a folder of
/// this machine is left out altogether.
struct SourceRevision {
  std::string RepositoryUri;
  std::string Revision;
  std::string Branch; ///< may be empty
};

struct SarifOptions {
  SarifForm Form = SarifForm::Evidence;
  SourceReader Read; ///< may be empty: then no columns in UTF-16, no line hashes, no sha-256
  std::optional<SourceRevision> Provenance;
  std::optional<int64_t> EpochSeconds; ///< end of the run (SOURCE_DATE_EPOCH); no time without it
  std::optional<int> ExitCode;
  AlertLimits Limits; ///< used by Alerts only
};

std::string writeSarif(const Report &R, const SarifOptions &Options);

} // namespace assay

#endif
