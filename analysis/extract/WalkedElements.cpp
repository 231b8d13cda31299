#include "analysis/extract/WalkedElements.h"

#include "clang/AST/RecursiveASTVisitor.h"

using namespace assay;
using namespace clang;

namespace {

/// What an index or a number is made of.
class Parts : public RecursiveASTVisitor<Parts> {
public:
  bool VisitArraySubscriptExpr(ArraySubscriptExpr *) { return ReadsMemory = true; }
  bool VisitMemberExpr(MemberExpr *) { return ReadsMemory = true; }
  bool VisitCallExpr(CallExpr *) { return Calls = true; }
  bool VisitUnaryOperator(UnaryOperator *E) {
    ReadsMemory |= E->getOpcode() == UO_Deref;
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    Variables.push_back(E->getDecl());
    return true;
  }

  bool ReadsMemory = false, Calls = false;
  llvm::SmallVector<const ValueDecl *, 4> Variables;
};

Parts partsOf(const Expr *E) {
  Parts Found;
  Found.TraverseStmt(const_cast<Expr *>(E));
  return Found;
}

} // namespace

class WalkedElements::Finder : public RecursiveASTVisitor<Finder> {
public:
  explicit Finder(WalkedElements &Into) : Into(Into) {}

  bool VisitUnaryOperator(UnaryOperator *E) {
    if (E->isIncrementDecrementOp())
      note(E->getSubExpr(), nullptr, true);
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *E) {
    if (E->isAssignmentOp())
      note(E->getLHS(), E->getRHS(),
           E->getOpcode() == BO_AddAssign || E->getOpcode() == BO_SubAssign);
    return true;
  }
  bool VisitVarDecl(VarDecl *V) {
    if (V->getInit() && partsOf(V->getInit()).ReadsMemory)
      Into.Fed.insert(V);
    return true;
  }

private:
  void note(const Expr *Target, const Expr *From, bool IsCounting) {
    const auto *Ref = dyn_cast<DeclRefExpr>(Target->IgnoreParenImpCasts());
    if (!Ref)
      return;
    if (From && partsOf(From).ReadsMemory)
      Into.Fed.insert(Ref->getDecl());
    else if (IsCounting)
      Into.Counting.insert(Ref->getDecl());
  }

  WalkedElements &Into;
};

void WalkedElements::look(const FunctionDecl *At) {
  Looked = At;
  Counting.clear();
  Fed.clear();
  if (Stmt *Body = At->getBody())
    Finder(*this).TraverseStmt(Body);
}

bool WalkedElements::isWalk(const Expr *Index, const FunctionDecl *Function) {
  if (!Function || Index->isTypeDependent() || Index->isValueDependent())
    return false;
  const Parts Of = partsOf(Index);
  if (Of.ReadsMemory || Of.Calls || Of.Variables.empty())
    return false;
  if (Looked != Function)
    look(Function);
  return llvm::any_of(Of.Variables, [&](const ValueDecl *V) { return Counting.count(V) != 0; }) &&
         llvm::none_of(Of.Variables, [&](const ValueDecl *V) { return Fed.count(V) != 0; });
}
