#include "analysis/extract/TryScopes.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

#include <algorithm>

using namespace assay;
using namespace clang;

TryScopes::TryScopes(const CFG &Graph, const SourceManager &Sources) {
  // Inner ones are built first, so the list runs from the inside out; marking runs the other way.
  std::vector<const CFGBlock *> Tries(Graph.try_blocks_begin(), Graph.try_blocks_end());
  std::sort(Tries.begin(), Tries.end(), [&](const CFGBlock *A, const CFGBlock *B) {
    return Sources.isBeforeInTranslationUnit(A->getTerminatorStmt()->getBeginLoc(),
                                             B->getTerminatorStmt()->getBeginLoc());
  });
  for (const CFGBlock *Try : Tries)
    if (const auto *Statement = dyn_cast_or_null<CXXTryStmt>(Try->getTerminatorStmt())) {
      Alive = nullptr;
      mark(Statement->getTryBlock(), Try);
    }
}

void TryScopes::mark(const Stmt *S, const CFGBlock *Handlers) {
  if (!S)
    return;
  Of[S] = {Handlers, Alive};
  if (isa<LambdaExpr>(S))
    return;
  const TryLocal *Before = Alive;
  for (const Stmt *Child : S->children())
    mark(Child, Handlers);
  if (const auto *Declaration = dyn_cast<DeclStmt>(S))
    declare(Declaration);
  else
    Alive = Before;
}

/// A scalar's end is nothing that anybody asks about.
void TryScopes::declare(const DeclStmt *Declaration) {
  for (const Decl *D : Declaration->decls())
    if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage() &&
                                              !V->getType()->isReferenceType() &&
                                              !V->getType()->isScalarType())
      Alive = &Locals.emplace_back(TryLocal{V, Alive, Alive ? Alive->Depth + 1 : 1});
}

Landing TryScopes::landing(const Stmt *S) const {
  // Of several variables in one statement, Clang's graph makes a statement each.
  if (const auto *Declaration = dyn_cast<DeclStmt>(S); Declaration && !Of.count(S))
    if (const auto *V = dyn_cast<VarDecl>(*Declaration->decl_begin()); V && V->getInit())
      return Of.lookup(V->getInit());
  return Of.lookup(S);
}
