/// Function bodies that the parser passed over in silence: after some errors at file scope Clang
/// skips to the next thing that it understands, and what lay between is in no AST.
///
/// Found by brackets alone, in the files that have errors and in the main file. It does not expand
/// macros, and it does not look into classes. Limit: a body whose braces come from a macro is not
/// found.
#ifndef ASSAY_ANALYSIS_EXTRACT_SKIPPEDBODIES_H
#define ASSAY_ANALYSIS_EXTRACT_SKIPPEDBODIES_H

#include "clang/AST/ASTContext.h"

#include <string>
#include <vector>

namespace assay {

struct SkippedBody {
  std::string Name; ///< what stands before the parameters
  clang::SourceLocation At;
};

/// `Inactive`: what the preprocessor left out.
std::vector<SkippedBody> findSkippedBodies(const clang::ASTContext &Context,
                                           llvm::ArrayRef<clang::SourceLocation> Errors,
                                           llvm::ArrayRef<clang::SourceRange> Inactive);

} // namespace assay

#endif
