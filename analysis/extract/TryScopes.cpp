#include "analysis/extract/TryScopes.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
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
  if (const auto *Declaration = dyn_cast<DeclStmt>(S))
    return markDeclaration(Declaration, Handlers);
  const TryLocal *Before = Alive;
  for (const Stmt *Child : S->children())
    mark(Child, Handlers);
  // What a label stands before belongs to the statement around.
  if (!isa<LabelStmt, SwitchCase, AttributedStmt>(S))
    Alive = Before;
}

/// Where one variable is initialised, those before it are alive.
void TryScopes::markDeclaration(const DeclStmt *S, const CFGBlock *Handlers) {
  auto *Declaration = const_cast<DeclStmt *>(S);
  for (Decl **D = Declaration->decl_begin(), **End = Declaration->decl_end(); D != End; ++D) {
    using Parts = Stmt::child_iterator; // sizes of its type, and what it is set to
    for (const Stmt *Part : llvm::make_range(Parts(D, D + 1), Parts(D + 1, D + 1)))
      mark(Part, Handlers);
    if (const auto *V = dyn_cast<VarDecl>(*D))
      declare(V);
  }
}

/// Does the reference keep a temporary alive?
static bool extendsTemporary(const VarDecl *V) {
  const Expr *Init = V->getInit();
  if (const auto *Full = dyn_cast_or_null<ExprWithCleanups>(Init))
    Init = Full->getSubExpr();
  const auto *Temporary = dyn_cast_or_null<MaterializeTemporaryExpr>(Init);
  return Temporary && Temporary->getStorageDuration() == SD_Automatic &&
         Temporary->getExtendingDecl() == V;
}

/// A scalar's end is nothing that anybody asks about, unless a function is called then.
void TryScopes::declare(const VarDecl *V) {
  const QualType Type = V->getType();
  const bool Ends = V->hasAttr<CleanupAttr>() ||
                    (Type->isReferenceType() ? extendsTemporary(V) : !Type->isScalarType());
  if (V->hasLocalStorage() && Ends)
    Alive = &Locals.emplace_back(TryLocal{V, Alive, Alive ? Alive->Depth + 1 : 1});
}

Landing TryScopes::landing(const Stmt *S) const {
  // Of several variables in one statement, Clang's graph makes a statement each.
  if (const auto *Declaration = dyn_cast<DeclStmt>(S); Declaration && !Of.count(S))
    if (const auto *V = dyn_cast<VarDecl>(*Declaration->decl_begin()); V && V->getInit())
      return Of.lookup(V->getInit());
  return Of.lookup(S);
}
