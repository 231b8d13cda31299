/// Where a source asks which line it stands on (__LINE__), and whether more than a number that is
/// handed on follows from the answer: assert() and logs hand it on, a name that is pasted from it
/// or a directive's condition is another when the line moves.
#ifndef ASSAY_ANALYSIS_EXTRACT_LINEUSES_H
#define ASSAY_ANALYSIS_EXTRACT_LINEUSES_H

#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/StringSet.h"

namespace assay {

class LineUses {
public:
  /// As it is expanded.
  void note(clang::SourceLocation At, const clang::Preprocessor &PP);
  /// When all is read.
  bool matter(const clang::SourceManager &Sources) const;

private:
  bool isPasted(llvm::StringRef Token) const;

  llvm::StringSet<> Numbers;
  bool Matters = false;
};

} // namespace assay

#endif
