/// Where an exception goes from each statement of a try, and which locals it destroys on its way.
///
/// Lexical: a local lives from behind its declaration to the end of what the declaration stands in.
/// Temporaries of the statement that throws are not counted.
#ifndef ASSAY_ANALYSIS_EXTRACT_TRYSCOPES_H
#define ASSAY_ANALYSIS_EXTRACT_TRYSCOPES_H

#include "clang/AST/Stmt.h"
#include "clang/Analysis/CFG.h"

#include <deque>

namespace assay {

/// A local of a try, and the one that is destroyed after it.
struct TryLocal {
  const clang::VarDecl *Variable = nullptr;
  const TryLocal *Outer = nullptr;
  unsigned Depth = 1;
};

struct Landing {
  const clang::CFGBlock *Handlers = nullptr; ///< null: no try is around the statement
  const TryLocal *Local = nullptr;           ///< the first that is destroyed
};

class TryScopes {
public:
  TryScopes() = default;
  TryScopes(const clang::CFG &Graph, const clang::SourceManager &Sources);
  // Landings point to the locals: these may move with their table, but have no copies.
  TryScopes(TryScopes &&) = default;
  TryScopes &operator=(TryScopes &&) = default;

  bool empty() const { return Of.empty(); }
  Landing landing(const clang::Stmt *S) const;

private:
  void mark(const clang::Stmt *S, const clang::CFGBlock *Handlers);
  void markDeclaration(const clang::DeclStmt *S, const clang::CFGBlock *Handlers);
  void declare(const clang::VarDecl *V);

  llvm::DenseMap<const clang::Stmt *, Landing> Of;
  std::deque<TryLocal> Locals;
  const TryLocal *Alive = nullptr; ///< while marking
};

} // namespace assay

#endif
