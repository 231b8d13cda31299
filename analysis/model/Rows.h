/// FlatBuffers vectors as plain array views, its strings as StringRef. What is empty may be absent
/// from the file; here it is just empty.
///
/// It checks nothing: a summary from outside goes through analysis/store/Verify.h first.
#ifndef ASSAY_ANALYSIS_MODEL_ROWS_H
#define ASSAY_ANALYSIS_MODEL_ROWS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Endian.h"

#include "flatbuffers/flatbuffers.h"

#include <type_traits>

namespace assay {

// The files are little endian and are read in place.
static_assert(llvm::endianness::native == llvm::endianness::little);

inline llvm::StringRef textOf(const flatbuffers::String *S) {
  return S ? llvm::StringRef(S->data(), S->size()) : llvm::StringRef();
}

/// A vector of structs: [Inst], [Place], [Step] ...
template <class T> llvm::ArrayRef<T> rows(const flatbuffers::Vector<const T *> *Vector) {
  if (!Vector)
    return {};
  return {reinterpret_cast<const T *>(Vector->Data()), Vector->size()};
}

/// A vector of numbers: [uint], [ubyte].
template <class T>
  requires std::is_arithmetic_v<T>
llvm::ArrayRef<T> rows(const flatbuffers::Vector<T> *Vector) {
  if (!Vector)
    return {};
  return {reinterpret_cast<const T *>(Vector->Data()), Vector->size()};
}

/// How many rows a vector of any kind has, absent or not.
template <class T> uint32_t rowCount(const flatbuffers::Vector<T> *Vector) {
  return Vector ? Vector->size() : 0;
}

} // namespace assay

#endif
