/// A pattern of a page or of the vocabulary: POSIX extended, without case.
///
/// It is compiled when first asked: most patterns of a policy meet no text of a small program. Each
/// answer is kept, since the same names come back at each call. Not for several threads at once.
/// The system's <regex.h>, not llvm::Regex, which is the same language and takes nine times as
/// long. Letters are those of the C locale, since nobody sets another.
#ifndef ASSAY_POLICIES_SCHEMA_PATTERN_H
#define ASSAY_POLICIES_SCHEMA_PATTERN_H

#include "llvm/ADT/StringMap.h"

#include <memory>
#include <optional>
#include <string>

namespace assay {

class Pattern {
public:
  explicit Pattern(std::string Text) : Text(std::move(Text)) {}

  /// Why this text is no pattern; none: it is one. An empty one is none.
  static std::optional<std::string> faultOf(const std::string &Text);

  /// Of what is no pattern: never.
  bool match(llvm::StringRef In) const;

private:
  struct Program;

  std::string Text;
  mutable std::shared_ptr<const Program> Compiled;
  mutable llvm::StringMap<bool> Known;
};

} // namespace assay

#endif
