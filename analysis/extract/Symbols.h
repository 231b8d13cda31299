/// The unit's own definitions by the symbol that an assembler would see: what the text of an alias
/// or ifunc attribute names. Asked for only where such an attribute is written.
#ifndef ASSAY_ANALYSIS_EXTRACT_SYMBOLS_H
#define ASSAY_ANALYSIS_EXTRACT_SYMBOLS_H

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/StringMap.h"

namespace assay {

/// Statics too: an alias may name them.
llvm::StringMap<const clang::NamedDecl *> symbolsOf(clang::ASTContext &Context);

} // namespace assay

#endif
