/// The format of printf() taken apart: which word stands in front of which value.
///
/// It follows no widths that are arguments themselves ("%*s"); the values behind one have no key.
#ifndef ASSAY_ANALYSIS_SOLVE_FORMATTEXT_H
#define ASSAY_ANALYSIS_SOLVE_FORMATTEXT_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace assay {

class FormatText {
public:
  explicit FormatText(llvm::StringRef Format);

  /// "password" of "user=%s password=%s\n" for the second value; empty: no word stands there.
  llvm::StringRef keyOf(size_t Nth) const;
  /// The format with what `ValueOf` says of each "%s"; where it says nothing, that stays.
  std::string filled(llvm::function_ref<std::string(size_t Nth)> ValueOf) const;
  /// "%p": where the value lies, and nothing of what lies there. "%pM", as kernels have it, does
  /// show that.
  bool isAddress(size_t Nth) const;
  /// "%s", and nothing beside it.
  bool isOnlyValue() const { return Whole.trim() == "%s"; }

private:
  /// Of the letters that stand for the value.
  size_t endOf(size_t Nth) const;

  llvm::StringRef Whole;
  std::vector<llvm::StringRef> Before; ///< what stands between the value before and this one
  size_t Rest = 0;                     ///< where the last value ends
};

} // namespace assay

#endif
