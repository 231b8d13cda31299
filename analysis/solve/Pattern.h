/// A pattern of a page or of the vocabulary: POSIX extended, without case. The loader has checked
/// it.
///
/// It is compiled when first asked: most patterns of a policy meet no text of a small program, and
/// to compile them all costs more than to judge that. Each answer is kept, since the same names
/// come back at each call. Not for several threads at once.
#ifndef ASSAY_ANALYSIS_SOLVE_PATTERN_H
#define ASSAY_ANALYSIS_SOLVE_PATTERN_H

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Regex.h"

#include <optional>
#include <string>

namespace assay {

class Pattern {
public:
  explicit Pattern(std::string Text) : Text(std::move(Text)) {}

  bool match(llvm::StringRef In) const {
    constexpr unsigned MostKept = 100'000;
    if (Known.size() == MostKept)
      Known.clear();
    const auto [Answer, New] = Known.try_emplace(In, false);
    if (!New)
      return Answer->second;
    if (!Compiled)
      Compiled.emplace(Text, llvm::Regex::IgnoreCase);
    return Answer->second = Compiled->match(In);
  }

private:
  std::string Text;
  mutable std::optional<llvm::Regex> Compiled;
  mutable llvm::StringMap<bool> Known;
};

} // namespace assay

#endif
