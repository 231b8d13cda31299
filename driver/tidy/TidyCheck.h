/// clang-tidy's side of the plugin: one check for each page, all of which stand for the one session
/// that judges the unit.
///
/// The checks match nothing: they say which pages are wanted, and whom to tell. See UnitAction.cpp
/// for the work.
#ifndef ASSAY_DRIVER_TIDY_TIDYCHECK_H
#define ASSAY_DRIVER_TIDY_TIDYCHECK_H

#include "clang-tidy/ClangTidyCheck.h"

#include <string>

namespace assay {

/// The options of CheckOptions: assay.Policy, assay.Store, assay.Cache.
struct TidyOptions {
  std::string Policy, Store, Cache; ///< as written; empty: not given
};

class TidyCheck : public clang::tidy::ClangTidyCheck {
public:
  TidyCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context);
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Options) override;
  /// For clang-tidy it is of no language, so that it walks no AST for what matches nothing.
  bool isLanguageVersionSupported(const clang::LangOptions &) const override { return false; }

  /// Of the unit that clang-tidy has made checks for and not yet parsed; null when none of ours is
  /// wanted. The second call gives null.
  static clang::tidy::ClangTidyContext *takeContext();

private:
  clang::tidy::ClangTidyContext &Host;
};

TidyOptions optionsOf(clang::tidy::ClangTidyContext &Context);

} // namespace assay

#endif
