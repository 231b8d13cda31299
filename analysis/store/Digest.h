/// BLAKE3 as the store uses it: 32 bytes, for keys, checksums and file contents.
#ifndef ASSAY_ANALYSIS_STORE_DIGEST_H
#define ASSAY_ANALYSIS_STORE_DIGEST_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"

#include <array>
#include <cstdint>
#include <string>

namespace assay {

using Digest = std::array<uint8_t, 32>;

inline Digest digestOf(llvm::ArrayRef<uint8_t> Bytes) {
  return llvm::BLAKE3::hash<32>(Bytes);
}
inline Digest digestOf(llvm::StringRef Bytes) {
  return digestOf(llvm::arrayRefFromStringRef(Bytes));
}
inline std::string hex(const Digest &D) {
  return llvm::toHex(D, /*LowerCase=*/true);
}

/// Texts and numbers as one digest; no two lists of them give the same bytes.
class KeyMaker {
public:
  void text(llvm::StringRef Text) {
    number(Text.size());
    Hash.update(Text);
  }
  void number(uint64_t Value) {
    Hash.update(llvm::ArrayRef(reinterpret_cast<const uint8_t *>(&Value), sizeof(Value)));
  }
  void digest(const Digest &D) { Hash.update(llvm::ArrayRef<uint8_t>(D)); }
  Digest take() { return Hash.final<32>(); }

private:
  llvm::BLAKE3 Hash;
};

} // namespace assay

#endif
