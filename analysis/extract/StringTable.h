/// The strings of one unit, each once, in the order of first use; index 0 is the empty string.
///
/// It does not know what a string means. The order of first use follows the order in which the unit
/// is walked, which depends on its content alone.
#ifndef ASSAY_ANALYSIS_EXTRACT_STRINGTABLE_H
#define ASSAY_ANALYSIS_EXTRACT_STRINGTABLE_H

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/xxhash.h"

#include <cstdint>
#include <vector>

namespace assay {

class StringTable {
public:
  StringTable() { intern(""); }

  uint32_t intern(llvm::StringRef Text) {
    auto [It, New] = Index.try_emplace(Text, static_cast<uint32_t>(Rows.size()));
    if (New) {
      Rows.push_back(It->first());
      Hashes.push_back(llvm::xxh3_64bits(Text));
    }
    return It->second;
  }

  llvm::StringRef text(uint32_t I) const { return Rows[I]; }
  uint64_t hash(uint32_t I) const { return Hashes[I]; }
  const std::vector<llvm::StringRef> &rows() const { return Rows; }

private:
  llvm::StringMap<uint32_t> Index;
  std::vector<llvm::StringRef> Rows;
  std::vector<uint64_t> Hashes;
};

} // namespace assay

#endif
