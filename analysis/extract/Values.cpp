/// Expressions that yield a value.
#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/Builtins.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace assay;
using namespace clang;

namespace {
constexpr unsigned MaxDepth = 10'000;
}

/// What a builtin merely passes on: `__builtin_expect(x, c)` and `std::move(x)` are x.
static const clang::Expr *passedOn(const clang::Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return nullptr;
  switch (Call->getBuiltinCallee()) {
  case Builtin::BI__builtin_expect:
  case Builtin::BI__builtin_expect_with_probability:
  case Builtin::BI__builtin_assume_aligned:
  case Builtin::BI__builtin_launder:
  case Builtin::BImove:
  case Builtin::BImove_if_noexcept:
  case Builtin::BIforward:
  case Builtin::BIas_const:
    return Call->getNumArgs() ? Call->getArg(0) : nullptr;
  default:
    return nullptr;
  }
}

static const clang::Expr *insideOf(const clang::Expr *E) {
  if (const auto *Paren = dyn_cast<ParenExpr>(E))
    return Paren->getSubExpr();
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return Full->getSubExpr();
  if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
    return Bound->getSubExpr();
  if (const auto *Generic = dyn_cast<GenericSelectionExpr>(E))
    return Generic->isResultDependent() ? nullptr : Generic->getResultExpr();
  if (const auto *Choose = dyn_cast<ChooseExpr>(E))
    return Choose->isConditionDependent() ? nullptr : Choose->getChosenSubExpr();
  if (const auto *Argument = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return Argument->getReplacement();
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E))
    return Opaque->getSourceExpr();
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E))
    return Rewritten->getSemanticForm();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Extension ? Unary->getSubExpr() : nullptr;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (!Construct->isElidable() || Construct->getNumArgs() == 0)
      return nullptr;
    const auto *Temporary =
        dyn_cast<MaterializeTemporaryExpr>(Construct->getArg(0)->IgnoreImplicit());
    return Temporary ? Temporary->getSubExpr() : nullptr;
  }
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    const CastKind Kind = Cast->getCastKind();
    const bool Vanishes =
        Kind == CK_NoOp || Kind == CK_ConstructorConversion || Kind == CK_UserDefinedConversion;
    return Vanishes ? Cast->getSubExpr() : nullptr;
  }
  return passedOn(E);
}

/// Strips what adds nothing to an expression's value. Elements of the CFG are remembered by their
/// core, so that it does not matter through how many wrappers they are reached.
const clang::Expr *BodyTranslator::core(const Expr *E) {
  while (const clang::Expr *Inside = insideOf(E))
    E = Inside;
  return E;
}

Operand BodyTranslator::value(const Expr *E) {
  E = core(E);
  noteErrors(E->containsErrors());
  if (auto It = Values.find(E); It != Values.end())
    return It->second;
  if (auto It = Objects.find(E); It != Objects.end()) {
    const PlacePath Where = It->second;
    return E->isGLValue() ? Out.addressOf(Where) : loadFrom(Where, E->getType(), at(E));
  }
  if (Unreachable.contains(E))
    return Operand();
  if (auto Constant = Constants.fold(E))
    return *Constant;
  llvm::SaveAndRestore Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth || Out.instCount() > MaxInsts) {
    Out.markCut();
    return Operand();
  }
  if (E->isGLValue() && !E->getType()->isFunctionType() && !isa<CallExpr>(E))
    return Out.addressOf(place(E));
  if (buildsInPlace(E))
    return loadFrom(materialise(E), E->getType(), at(E));
  return computeValue(E);
}

Operand BodyTranslator::computeValue(const Expr *E) {
  switch (E->getStmtClass()) {
  case Stmt::ImplicitCastExprClass:
  case Stmt::CStyleCastExprClass:
  case Stmt::CXXFunctionalCastExprClass:
  case Stmt::CXXStaticCastExprClass:
  case Stmt::CXXReinterpretCastExprClass:
  case Stmt::CXXConstCastExprClass:
  case Stmt::CXXDynamicCastExprClass:
  case Stmt::BuiltinBitCastExprClass:
  case Stmt::CXXAddrspaceCastExprClass:
    return castValue(cast<CastExpr>(E));
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::CXXOperatorCallExprClass:
  case Stmt::UserDefinedLiteralClass:
    return call(cast<CallExpr>(E));
  case Stmt::UnaryOperatorClass:
    return unary(cast<UnaryOperator>(E));
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass:
    return binary(cast<BinaryOperator>(E));
  case Stmt::ConditionalOperatorClass:
  case Stmt::BinaryConditionalOperatorClass:
    return choice(cast<AbstractConditionalOperator>(E), /*AsAddress=*/E->isGLValue());
  case Stmt::DeclRefExprClass:
    if (const auto *F = dyn_cast<FunctionDecl>(cast<DeclRefExpr>(E)->getDecl()))
      return addressOfFunction(F);
    return opaque(E, OpaqueReason::Unsupported);
  case Stmt::MemberExprClass:
    if (const auto *Method = dyn_cast<CXXMethodDecl>(cast<MemberExpr>(E)->getMemberDecl()))
      return addressOfFunction(Method);
    // A field of a record that is a value, in C.
    return loadFrom(placeOfMember(cast<MemberExpr>(E)), E->getType(), at(E));
  case Stmt::CXXThisExprClass:
    return Out.addressOf(thisPlace(cast<CXXThisExpr>(E)));
  case Stmt::CXXNewExprClass:
    return newObject(cast<CXXNewExpr>(E));
  case Stmt::CXXDeleteExprClass:
    return deleteObject(cast<CXXDeleteExpr>(E));
  default:
    return computeRareValue(E);
  }
}

Operand BodyTranslator::computeRareValue(const Expr *E) {
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E)) {
    FreshMemo Fresh(*this, Unit.Locs.at(Default->getUsedLocation()));
    return value(Default->getExpr());
  }
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
    return value(Default->getExpr());
  if (const auto *Block = dyn_cast<StmtExpr>(E))
    return lastOf(Block);
  if (isa<ImplicitValueInitExpr, CXXScalarValueInitExpr>(E))
    return E->getType()->isAnyPointerType() ? Constants.null(E->getSourceRange())
                                            : Constants.zero(E->getSourceRange());
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    if (List->getNumInits() == 1)
      return value(List->getInit(0));
    return Constants.zero(E->getSourceRange());
  }
  if (const auto *Atomic = dyn_cast<AtomicExpr>(E))
    return atomic(Atomic);
  if (const auto *Throw = dyn_cast<CXXThrowExpr>(E)) {
    if (Throw->getSubExpr())
      value(Throw->getSubExpr());
    return opaque(E, OpaqueReason::Throw);
  }
  if (const auto *Literal = dyn_cast<clang::StringLiteral>(E))
    return Constants.string(Literal);
  if (const auto *Pseudo = dyn_cast<PseudoObjectExpr>(E); Pseudo && Pseudo->getResultExpr())
    return value(Pseudo->getResultExpr());
  if (const auto *VarArg = dyn_cast<VAArgExpr>(E)) {
    effects(VarArg->getSubExpr());
    return opaque(E, OpaqueReason::VarArg);
  }
  if (isa<AddrLabelExpr>(E))
    return opaque(E, OpaqueReason::AddressOfLabel);
  if (const auto *Broken = dyn_cast<RecoveryExpr>(E); Broken && isBrokenCall(Broken))
    return brokenCall(Broken);
  effects(E);
  if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(E))
    return opaque(E, OpaqueReason::Coroutine);
  return opaque(E, E->containsErrors() ? OpaqueReason::Recovery : OpaqueReason::Unsupported);
}

Operand BodyTranslator::opaque(const Expr *E, OpaqueReason Reason) {
  return Out.opaque(Reason, typeOf(E->getType()), at(E));
}

/// The arms are elements of blocks of their own; here their values meet. An arm that cannot be
/// reached is no value.
Operand BodyTranslator::choice(const AbstractConditionalOperator *Choice, bool AsAddress) {
  const Expr *True = core(Choice->getTrueExpr()), *False = core(Choice->getFalseExpr());
  const Operand Condition = value(Choice->getCond());
  auto Arm = [&](const Expr *E) {
    return E->getType()->isVoidType() ? (effects(E), Operand())
           : AsAddress                ? valueOrAddress(E)
                                      : value(E);
  };
  if (Unreachable.contains(True))
    return Arm(False);
  if (Unreachable.contains(False))
    return Arm(True);
  const Operand IfTrue = Arm(True), IfFalse = Arm(False);
  if (IfTrue.isNone() && IfFalse.isNone())
    return Operand();
  return Out.select(Condition, IfTrue, IfFalse, AsAddress ? 0 : typeOf(Choice->getType()),
                    at(Choice));
}

/// The statements of `({ ... })` are elements; its value is that of the last one.
Operand BodyTranslator::lastOf(const StmtExpr *E) {
  const CompoundStmt *Body = E->getSubStmt();
  const Stmt *Last = Body->body_empty() ? nullptr : Body->getStmtExprResult();
  const auto *Result = dyn_cast_or_null<clang::ValueStmt>(Last);
  if (!Result || !Result->getExprStmt() || E->getType()->isVoidType())
    return Operand();
  return value(Result->getExprStmt());
}

static bool hasEffect(const clang::Expr *E) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isAssignmentOp();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->isIncrementDecrementOp();
  return isa<CallExpr, AtomicExpr, CXXNewExpr, CXXDeleteExpr, CXXThrowExpr, CXXConstructExpr>(E);
}

/// Translates what happens, not what it yields.
void BodyTranslator::effects(const Stmt *S) {
  if (!S)
    return;
  if (const auto *E = dyn_cast<clang::Expr>(S)) {
    const Expr *Core = core(E);
    if (Values.count(Core) || Objects.count(Core) || Unreachable.contains(Core))
      return;
    if (hasEffect(Core)) {
      if (Core->isGLValue() && !isa<CallExpr>(Core))
        place(Core);
      else
        value(Core);
      return;
    }
    if (isa<UnaryExprOrTypeTraitExpr, LambdaExpr, CXXNoexceptExpr>(Core))
      return;
    S = Core;
  }
  llvm::SaveAndRestore Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth)
    return Out.markCut();
  for (const Stmt *Child : S->children())
    effects(Child);
}
