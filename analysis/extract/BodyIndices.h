/// Renumbers a body: each number in its rows that counts in a table of strings, entities or files.
///
/// The one place in this room that knows which fields are such numbers. What else reads them by
/// hand is the digest of a body (BodyDigest.h).
#ifndef ASSAY_ANALYSIS_EXTRACT_BODYINDICES_H
#define ASSAY_ANALYSIS_EXTRACT_BODYINDICES_H

#include "analysis/extract/BodyWriter.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace assay {

/// From the old number to the new one. Each is asked in the order of the rows.
struct NewIndices {
  llvm::function_ref<uint32_t(uint32_t)> String, Entity, File;

  /// No place is in no file: such a row must not depend on which file is the first.
  Loc operator()(const Loc &L) const {
    const auto NewFile = static_cast<uint16_t>(L.line() ? File(L.file()) : 0);
    return Loc(L.line(), String(L.macro()), L.column(), NewFile);
  }
};

void renumber(BodyRows &B, const NewIndices &New);

/// The rows of a table that somebody uses, in the order of their first use.
class UsedRows {
public:
  /// The new number of a row.
  uint32_t of(uint32_t Old) {
    if (Old >= New.size())
      New.resize(Old + 1, Unused);
    if (New[Old] == Unused) {
      New[Old] = static_cast<uint32_t>(Order.size());
      Order.push_back(Old);
    }
    return New[Old];
  }
  llvm::ArrayRef<uint32_t> order() const { return Order; }

private:
  static constexpr uint32_t Unused = ~0u;
  std::vector<uint32_t> New, Order;
};

} // namespace assay

#endif
