/// Whether an index walks over the elements of an array, or picks one by what the program has read:
/// `in[i]`, `in[n - 1 - i]`, but not `table[in[i]]`.
///
/// It looks at the variables of one function, and at no values: a variable that counts somewhere is
/// taken to count here.
#ifndef ASSAY_ANALYSIS_EXTRACT_WALKEDELEMENTS_H
#define ASSAY_ANALYSIS_EXTRACT_WALKEDELEMENTS_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace assay {

class WalkedElements {
public:
  /// `Function`: that the index stands in; null: none, and nothing walks.
  bool isWalk(const clang::Expr *Index, const clang::FunctionDecl *Function);

private:
  class Finder;
  void look(const clang::FunctionDecl *At);

  const clang::FunctionDecl *Looked = nullptr;
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Counting; ///< i++, i += 2
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Fed;      ///< c = in[i]
};

} // namespace assay

#endif
