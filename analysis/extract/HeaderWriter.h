/// Writes the bodies that one header gave to a unit as a buffer of its own, the same bytes in each
/// unit to which it gave the same bodies.
///
/// It does not decide which bodies these are, and keeps nothing.
#ifndef ASSAY_ANALYSIS_EXTRACT_HEADERWRITER_H
#define ASSAY_ANALYSIS_EXTRACT_HEADERWRITER_H

#include "analysis/extract/BodyWriter.h"
#include "analysis/extract/FileTable.h"
#include "analysis/extract/StringTable.h"

namespace assay {

/// What the numbers in a unit's bodies stand for; entities in their final order.
struct UnitTexts {
  const StringTable &Strings;
  const std::vector<ReadFile> &Files;
  const std::vector<uint32_t> &EntityNames; ///< strings
};

struct WrittenHeader {
  std::vector<uint8_t> Bytes;     ///< a finished buffer of HeaderBodies (TUSummary.fbs)
  std::vector<uint32_t> Entities; ///< those of the unit that it names, in the order of its own
};

/// `Bodies` are all of one header, `File` of the unit's, and in their final order; they are left
/// with numbers of the new buffer.
WrittenHeader writeHeader(llvm::ArrayRef<BodyRows *> Bodies, uint16_t File, const UnitTexts &Unit);

} // namespace assay

#endif
