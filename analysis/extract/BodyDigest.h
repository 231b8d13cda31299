/// The digest of a body's content: names and places included, indices into the unit's tables
/// excluded, so that equal bodies of two units have equal digests.
#ifndef ASSAY_ANALYSIS_EXTRACT_BODYDIGEST_H
#define ASSAY_ANALYSIS_EXTRACT_BODYDIGEST_H

#include "analysis/extract/BodyWriter.h"
#include "analysis/extract/FileTable.h"
#include "analysis/extract/StringTable.h"

namespace assay {

/// What the indices in a body stand for.
struct DigestTables {
  const StringTable &Strings;
  const std::vector<uint32_t> &EntityNames; ///< string of each entity
  const std::vector<uint64_t> &FileHashes;
};

uint64_t digestOf(const BodyRows &Body, const DigestTables &Tables);

} // namespace assay

#endif
