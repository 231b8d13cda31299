#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"

using namespace assay;
using namespace clang;

SourceLocation BodyTranslator::exprLoc(const Stmt *S) {
  const auto *E = dyn_cast<clang::Expr>(S);
  return E ? E->getExprLoc() : S->getBeginLoc();
}

uint32_t BodyTranslator::bitsOf(QualType Type) const {
  if (Type.isNull() || Type->isIncompleteType() || Type->isDependentType() ||
      Type->isFunctionType())
    return 0;
  return static_cast<uint32_t>(Unit.Context.getTypeSize(Type));
}

uint16_t BodyTranslator::accessFlags(QualType Type) {
  uint16_t Flags = 0;
  // In this order: Clang cannot say of an incomplete class whether it is an aggregate.
  if (Type->isRecordType() || Type->isAggregateType())
    Flags |= bit(StoreFlag::Aggregate);
  if (Type.isVolatileQualified())
    Flags |= bit(StoreFlag::Volatile);
  return Flags;
}

Operand BodyTranslator::loadFrom(const PlacePath &P, QualType Type, Loc At) {
  return Out.load(P, typeOf(Type), At, accessFlags(Type));
}

void BodyTranslator::storeTo(const PlacePath &P, Operand Value, QualType Type, Loc At,
                             uint16_t Flags) {
  Out.store(P, Value, At, accessFlags(Type) | (Flags & ~AlreadyZero));
}

uint32_t BodyTranslator::localOf(const VarDecl *V) {
  auto [It, New] = Locals.try_emplace(V, 0);
  if (New)
    It->second = Out.local(Unit.Strings.intern(V->getName()), typeOf(V->getType()),
                           Unit.Locs.at(V->getLocation()));
  return It->second;
}

/// A body that starts in an expanded macro ends there too; the brace is where the macro was used.
static SourceLocation endOf(const FunctionDecl *Function) {
  const Stmt *Body = Function->getBody();
  return Body ? Body->getEndLoc() : Function->getEndLoc();
}

bool BodyTranslator::translateFunction(const FunctionDecl *F) {
  Function = F;
  Rows.Entity = Unit.Entities.indexOf(F);
  Rows.Kind = BodyKind::Function;
  Rows.At = Unit.Locs.at(F->getLocation());
  Rows.End = Unit.Locs.at(endOf(F));
  noteErrors(F->isInvalidDecl());
  if (const auto *Method = dyn_cast<CXXMethodDecl>(F); Method && Method->getParent()->isLambda())
    Method->getParent()->getCaptureFields(Captures, CapturedThis);
  if (!translateGraph(F, F->getBody()))
    return false;
  Out.clearUsedResults();
  return true;
}

/// One block and the exit: what initialises a variable before the program starts does not branch,
/// except in arms of
/// `?:`, of which both are translated.
void BodyTranslator::translateVariable(const VarDecl *V) {
  constexpr auto Flags = bit(StoreFlag::Initialise);
  Rows.Entity = Unit.Entities.indexOf(V);
  Rows.Kind = BodyKind::Initialiser;
  Rows.At = Unit.Locs.at(V->getLocation());
  Rows.End = Unit.Locs.at(V->getEndLoc());
  Out.openBlock();
  const PlacePath Object(BaseKind::Global, Rows.Entity);
  const clang::Expr *Init = V->getInit();
  if (V->getType()->isReferenceType()) {
    if (Init)
      storeTo(Object, valueOrAddress(Init), V->getType(), at(Init),
              Flags | bit(StoreFlag::ByReference));
  } else {
    if (!Init || isa<CXXConstructExpr>(core(Init)))
      storeZero(Object, V->getLocation(), Flags);
    if (Init)
      initialise(Object, Init, V->getType(), Flags);
  }
  const uint32_t Next = Out.blockCount() + 1;
  Out.closeBlock(Next);
  Out.openBlock();
  Out.closeBlock({});
  Out.clearUsedResults();
}
