/// Macros of a header that is not there, where they can only be attributes: `PROGMEM const char
/// *x`, `void IRAM_ATTR f(void)`, `const char page[] FLASH = ...`. They count as empty from the
/// first missing header on: without, Clang loses the declaration, with its body or its text.
///
/// A name is one only if all of its uses in the file are such, and nobody has defined it. Macros
/// with arguments are not guessed. Each use counts as an error, as for the names that
/// GuessedDeclarations makes.
#ifndef ASSAY_ANALYSIS_EXTRACT_GUESSEDMACROS_H
#define ASSAY_ANALYSIS_EXTRACT_GUESSEDMACROS_H

#include "analysis/extract/Summarise.h"

#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

#include <set>

namespace assay {

class GuessedMacros : public clang::PPCallbacks {
public:
  GuessedMacros(clang::Preprocessor &PP, ParseFacts &Facts) : PP(PP), Facts(Facts) {}

  bool FileNotFound(llvm::StringRef FileName) override;
  void FileChanged(clang::SourceLocation Where, FileChangeReason Reason,
                   clang::SrcMgr::CharacteristicKind Kind, clang::FileID) override;

private:
  void guessIn(clang::FileID File);

  clang::Preprocessor &PP;
  ParseFacts &Facts;
  bool IsAsked = false; ///< a header was missed
  std::set<clang::FileID> Seen;
};

} // namespace assay

#endif
