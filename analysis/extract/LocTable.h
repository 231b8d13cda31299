/// Source positions as a summary keeps them: where a person would point, and the macros that wrote
/// a token.
///
/// A token that a macro's body wrote is placed where the macro is used; a macro's argument is
/// placed where the person wrote it and counts as written by nobody's macro. #line directives are
/// not followed.
#ifndef ASSAY_ANALYSIS_EXTRACT_LOCTABLE_H
#define ASSAY_ANALYSIS_EXTRACT_LOCTABLE_H

#include "analysis/extract/FileTable.h"
#include "analysis/extract/StringTable.h"
#include "analysis/model/TUSummary_generated.h"

#include "clang/Basic/LangOptions.h"

namespace assay {

class LocTable {
public:
  LocTable(const clang::SourceManager &Sources, const clang::LangOptions &Lang,
           const FileTable &Files, StringTable &Strings)
      : Sources(Sources), Lang(Lang), Files(Files), Strings(Strings) {}

  Loc at(clang::SourceLocation Where);

  /// The place of a whole expression, and the innermost macro that wrote all of it (its outermost
  /// is in the Loc).
  struct Origin {
    Loc Where;
    uint32_t InnerMacro = 0;
  };
  Origin origin(clang::SourceRange Range);

  bool isInSystemHeader(clang::SourceLocation Where) const {
    return Where.isValid() && Sources.isInSystemHeader(Sources.getExpansionLoc(Where));
  }
  const FileTable &files() const { return Files; }
  const clang::SourceManager &sources() const { return Sources; }

private:
  /// One expansion of a macro: who wrote a token, from the innermost outwards.
  struct Writer {
    clang::FileID Expansion;
    uint32_t Name;
  };
  clang::SourceLocation writersOf(clang::SourceLocation Where,
                                  llvm::SmallVectorImpl<Writer> &Writers);
  uint32_t nameOf(clang::FileID Expansion, clang::SourceLocation Where);
  Loc inFile(clang::SourceLocation FileLoc, uint32_t Macro) const;

  const clang::SourceManager &Sources;
  const clang::LangOptions &Lang;
  const FileTable &Files;
  StringTable &Strings;
  llvm::DenseMap<clang::FileID, uint32_t> NameOfExpansion;
};

} // namespace assay

#endif
