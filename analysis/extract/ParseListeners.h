/// What is kept while a unit is parsed, whoever parses it: diagnostics with their places, and what
/// the preprocessor left out. Prints nothing.
#ifndef ASSAY_ANALYSIS_EXTRACT_PARSELISTENERS_H
#define ASSAY_ANALYSIS_EXTRACT_PARSELISTENERS_H

#include "analysis/extract/Summarise.h"

#include "clang/Basic/Diagnostic.h"
#include "clang/Lex/PPCallbacks.h"

namespace assay {

/// Keeps the first diagnostics and the places of all errors.
class DiagnosticKeeper : public clang::DiagnosticConsumer {
public:
  explicit DiagnosticKeeper(ParseFacts &Facts) : Facts(Facts) {}
  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override;

private:
  ParseFacts &Facts;
};

/// Keeps what the preprocessor leaves out.
class InactiveText : public clang::PPCallbacks {
public:
  explicit InactiveText(ParseFacts &Facts) : Facts(Facts) { Facts.Inactive.emplace(); }
  void SourceRangeSkipped(clang::SourceRange Range, clang::SourceLocation) override {
    Facts.Inactive->push_back(Range);
  }

private:
  ParseFacts &Facts;
};

/// "c", "c++", "objective-c" ...
std::string languageOf(const clang::LangOptions &Lang);

} // namespace assay

#endif
