/// Where a property applies. Every kind has one; the loader has checked the patterns.
#ifndef ASSAY_POLICIES_SCHEMA_CONTEXT_H
#define ASSAY_POLICIES_SCHEMA_CONTEXT_H

#include <string>

namespace assay {

/// Narrows the places where a property applies. Patterns are POSIX extended regular expressions,
/// without case; empty = no test.
struct Context {
  std::string Function; ///< qualified name of the enclosing function
  std::string NotFunction;
  std::string Into; ///< name of the variable, field or parameter that the result or value ends in
  std::string NotInto;
  std::string File, NotFile;
  bool Tests = true; ///< also in tests of the program
};

} // namespace assay

#endif
