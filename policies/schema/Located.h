/// A value that remembers where it was written, so that whoever finds it wrong can say where.
#ifndef ASSAY_POLICIES_SCHEMA_LOCATED_H
#define ASSAY_POLICIES_SCHEMA_LOCATED_H

#include <memory>
#include <string>
#include <utility>

namespace assay {

struct SourcePosition {
  std::shared_ptr<const std::string> File; ///< as the user would name it
  unsigned Line = 0, Column = 0;           ///< 1-based; 0 = the file as a whole
};

template <class T> struct Located {
  T Value{};
  SourcePosition At;

  const T &operator*() const { return Value; }
  const T *operator->() const { return &Value; }
};

} // namespace assay

#endif
