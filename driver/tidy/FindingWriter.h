/// Findings as clang-tidy's diagnostics: the message at its place, the path and the page as notes.
///
/// clang-tidy decides what of it is shown: checks, NOLINT, header filter, errors.
#ifndef ASSAY_DRIVER_TIDY_FINDINGWRITER_H
#define ASSAY_DRIVER_TIDY_FINDINGWRITER_H

#include "analysis/model/Paths.h"
#include "analysis/model/Result.h"

#include "clang-tidy/ClangTidyCheck.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/StringMap.h"

namespace assay {

class FindingWriter {
public:
  FindingWriter(clang::tidy::ClangTidyContext &Tidy, clang::ASTContext &Context,
                const PathForms &Paths);

  /// `Page`: the file of its check's page; empty: not known.
  void write(const Finding &F, const std::string &Page);

  /// Said wherever the unit is shown: an error at its beginning, with the rest as notes.
  void trouble(llvm::StringRef What, llvm::ArrayRef<std::string> Rest);
  /// Said once for a run, and no reason to fail it.
  void remark(llvm::StringRef Text);

private:
  clang::SourceLocation placeOf(const Location &At);
  clang::FileID fileOf(const std::string &Stored);
  void say(const std::string &Check, clang::SourceLocation At, llvm::StringRef Text,
           clang::DiagnosticIDs::Level Level);
  void warn(const std::string &Check, clang::SourceLocation At, const Finding &F);
  std::vector<clang::FixItHint> hintsOf(const Finding &F);
  void step(const std::string &Check, const PathStep &Step, llvm::StringRef Text,
            clang::SourceLocation Else);

  clang::tidy::ClangTidyContext &Tidy;
  clang::SourceManager &Sources;
  const clang::LangOptions &Lang;
  const PathForms &Paths;
  llvm::StringMap<clang::FileID> Files; ///< by stored path
};

} // namespace assay

#endif
