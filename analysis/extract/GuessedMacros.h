/// Macros of a header that is not there, where they can only be attributes: `PROGMEM const char
/// *x`, `void IRAM_ATTR f(void)`, `const char page[] FLASH = ...`. They count as empty from the
/// first missing header on: without, Clang loses the declaration, with its body or its text.
///
/// A name is one only if all of its uses in the file are such, no other file has defined it, and no
/// directive of the file asks for it or defines it, be it later: a guess chooses no branch and
/// takes the place of no definition. Behind a type in what a macro stands for it may be. It is
/// empty in this file alone, not in what that includes. Macros with arguments are not guessed. Each
/// use counts as an error, at the word behind it, as for the names that GuessedDeclarations makes.
#ifndef ASSAY_ANALYSIS_EXTRACT_GUESSEDMACROS_H
#define ASSAY_ANALYSIS_EXTRACT_GUESSEDMACROS_H

#include "analysis/extract/Summarise.h"

#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

#include <map>
#include <vector>

namespace assay {

class GuessedMacros : public clang::PPCallbacks {
public:
  GuessedMacros(clang::Preprocessor &PP, ParseFacts &Facts) : PP(PP), Facts(Facts) {}

  bool FileNotFound(llvm::StringRef FileName) override;
  void FileChanged(clang::SourceLocation Where, FileChangeReason Reason,
                   clang::SrcMgr::CharacteristicKind Kind, clang::FileID) override;
  void MacroExpands(const clang::Token &Name, const clang::MacroDefinition &, clang::SourceRange,
                    const clang::MacroArgs *) override;

private:
  struct Guess {
    clang::IdentifierInfo *Name;
    clang::MacroInfo *Empty;
  };

  std::vector<Guess> find(clang::FileID File);
  void guessIn(clang::FileID File);
  void dropGuesses(); ///< another file begins or goes on

  clang::Preprocessor &PP;
  ParseFacts &Facts;
  bool IsAsked = false; ///< a header was missed
  std::map<clang::FileID, std::vector<Guess>> Made;
  std::map<clang::MacroInfo *, clang::IdentifierInfo *> Holding; ///< in the file that is read now
  std::map<clang::SourceLocation, clang::SourceLocation> Behind; ///< of a use: the next word
};

} // namespace assay

#endif
