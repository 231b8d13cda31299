/// Calls that Clang could not finish, since an argument has an error in it or a type that is not
/// known: which function is meant is told by its name and by how many arguments it takes.
#include "analysis/extract/BodyTranslator.h"

using namespace assay;
using namespace clang;

/// What was written of it; an initialiser in parentheses that lost its type is its parts.
static llvm::SmallVector<const clang::Expr *, 8> partsOf(const RecoveryExpr *E) {
  llvm::SmallVector<const clang::Expr *, 8> Parts;
  for (const clang::Expr *Part : E->subExpressions())
    if (const auto *List = dyn_cast<ParenListExpr>(Part))
      llvm::append_range(Parts, const_cast<ParenListExpr *>(List)->exprs());
    else
      Parts.push_back(Part);
  llvm::erase_if(Parts, [](const clang::Expr *Part) { return Part->getType().isNull(); });
  return Parts;
}

static bool mayTake(const FunctionDecl *F, size_t Args) {
  return F && !F->getDescribedFunctionTemplate() && F->getMinRequiredArguments() <= Args &&
         (F->isVariadic() || Args <= F->getNumParams());
}

/// The one of that name which may take so many arguments; none if several may.
static const FunctionDecl *functionNamed(const clang::Expr *Callee, size_t Args) {
  if (const auto *Name = dyn_cast<DeclRefExpr>(Callee))
    return dyn_cast<FunctionDecl>(Name->getDecl());
  if (const auto *Member = dyn_cast<MemberExpr>(Callee))
    return dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
  const auto *Overloads = dyn_cast<OverloadExpr>(Callee);
  if (!Overloads)
    return nullptr;
  const FunctionDecl *Only = nullptr;
  for (const NamedDecl *Candidate : Overloads->decls()) {
    const auto *F = dyn_cast<FunctionDecl>(Candidate->getUnderlyingDecl());
    if (!mayTake(F, Args))
      continue;
    if (Only)
      return nullptr;
    Only = F;
  }
  return Only;
}

/// The object that a method is called of.
Operand BodyTranslator::receiverIn(const Expr *Callee) {
  const auto Of = [this](const Expr *Base, bool IsArrow) {
    return Out.addressOf(IsArrow ? pointee(Base) : place(Base));
  };
  if (const auto *Member = dyn_cast<MemberExpr>(Callee))
    return Of(Member->getBase(), Member->isArrow());
  if (const auto *Member = dyn_cast<UnresolvedMemberExpr>(Callee);
      Member && !Member->isImplicitAccess())
    return Of(Member->getBase(), Member->isArrow());
  return Out.addressOf(thisObject());
}

/// Of no function: of one that is not known. It may write where its arguments point.
Operand BodyTranslator::unfinishedCall(const Expr *E, const FunctionDecl *F, const Expr *Callee,
                                       llvm::ArrayRef<const Expr *> Given, uint16_t Flags) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F);
  const bool HasObject = Method && Method->isInstance();
  Arguments Args;
  if (HasObject)
    Args.push_back(receiverIn(Callee));
  for (const Expr *Part : Given)
    if (isa<OverloadExpr>(Part))
      Args.push_back(Operand());
    else if (Part->isGLValue() && Part->getType()->isScalarType())
      Args.push_back(loadFrom(place(Part), Part->getType(), at(Part)));
    else
      Args.push_back(valueOrAddress(Part));
  if (HasObject)
    Flags |= bit(CallFlag::Receiver);
  if (F && F->isNoReturn())
    Flags |= bit(CallFlag::Noreturn);
  return Out.call(F ? callee(F) : Operand(), F ? CallKind::Direct : CallKind::Indirect, Args,
                  typeOf(E->getType()), at(E), Flags);
}

std::optional<Operand> BodyTranslator::dependentCall(const CallExpr *E) {
  const Expr *Callee = E->getCallee()->IgnoreParenImpCasts();
  const FunctionDecl *F = functionNamed(Callee, E->getNumArgs());
  if (!F)
    return std::nullopt;
  return unfinishedCall(E, F, Callee, {E->getArgs(), E->getNumArgs()}, bit(CallFlag::ResultUnused));
}

/// Several parts that Clang could not put together are most often a call with a wrong argument.
bool BodyTranslator::isBrokenCall(const RecoveryExpr *E) {
  const auto Parts = partsOf(E);
  if (Parts.empty())
    return false;
  const bool MayWrite = llvm::any_of(Parts, [](const Expr *Part) {
    return Part->getType()->isAnyPointerType() || Part->getType()->isArrayType();
  });
  return functionNamed(Parts.front()->IgnoreParenImpCasts(), Parts.size() - 1) ||
         (Parts.size() > 1 && MayWrite);
}

Operand BodyTranslator::brokenCall(const RecoveryExpr *E) {
  const auto Parts = partsOf(E);
  const auto Rest = llvm::ArrayRef(Parts).drop_front();
  const Expr *First = Parts.front()->IgnoreParenImpCasts();
  const FunctionDecl *F = functionNamed(First, Rest.size());
  return unfinishedCall(E, F, First, F || isa<OverloadExpr>(First) ? Rest : llvm::ArrayRef(Parts),
                        /*Flags=*/0);
}
