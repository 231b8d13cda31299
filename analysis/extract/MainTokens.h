/// The main file as the preprocessor sees it: its tokens without comments, and where they stand.
///
/// It is raw: directives and what they leave out are tokens like others.
#ifndef ASSAY_ANALYSIS_EXTRACT_MAINTOKENS_H
#define ASSAY_ANALYSIS_EXTRACT_MAINTOKENS_H

#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"

#include <string>
#include <utility>
#include <vector>

namespace assay {

struct MainTokens {
  /// Each with its length, and whether it begins a line or stands apart from the one before: both
  /// count in directives.
  std::string Words;
  std::vector<std::pair<uint32_t, uint32_t>> Places; ///< line and column, as Loc has them
};

MainTokens mainTokens(const clang::SourceManager &Sources, const clang::LangOptions &Lang);

} // namespace assay

#endif
