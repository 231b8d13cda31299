/// Expressions that name memory.
#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"

using namespace assay;
using namespace clang;

PlacePath BodyTranslator::newTemporary(QualType Type, SourceLocation Where) {
  return PlacePath(BaseKind::Local, Out.local(0, typeOf(Type), Unit.Locs.at(Where)));
}

PlacePath BodyTranslator::place(const Expr *E) {
  E = core(E);
  noteErrors(E->containsErrors());
  if (auto It = Objects.find(E); It != Objects.end())
    return It->second;
  // In C a member of a record that is a value is a value itself.
  if (!E->isGLValue() && !isa<MemberExpr, ArraySubscriptExpr>(E))
    return materialise(E);
  return computePlace(E);
}

PlacePath BodyTranslator::computePlace(const Expr *E) {
  switch (E->getStmtClass()) {
  case Stmt::DeclRefExprClass: {
    const auto *Ref = cast<DeclRefExpr>(E);
    return placeOfDeclaration(Ref->getDecl(), Ref->refersToEnclosingVariableOrCapture());
  }
  case Stmt::MemberExprClass:
    return placeOfMember(cast<MemberExpr>(E));
  case Stmt::ArraySubscriptExprClass:
    return placeOfElement(cast<ArraySubscriptExpr>(E)->getBase(),
                          cast<ArraySubscriptExpr>(E)->getIdx());
  case Stmt::UnaryOperatorClass: {
    const auto *Unary = cast<UnaryOperator>(E);
    if (Unary->getOpcode() == UO_Deref)
      return pointee(Unary->getSubExpr());
    if (Unary->isIncrementDecrementOp()) {
      PlacePath Where;
      step(Unary, &Where);
      return Where;
    }
    return place(Unary->getSubExpr()).anyIndex();
  }
  case Stmt::StringLiteralClass:
    return PlacePath(BaseKind::Literal, Constants.string(cast<clang::StringLiteral>(E)).index());
  case Stmt::ImplicitCastExprClass:
  case Stmt::CStyleCastExprClass:
  case Stmt::CXXFunctionalCastExprClass:
  case Stmt::CXXStaticCastExprClass:
  case Stmt::CXXReinterpretCastExprClass:
  case Stmt::CXXConstCastExprClass:
  case Stmt::CXXDynamicCastExprClass:
    return place(cast<CastExpr>(E)->getSubExpr());
  case Stmt::CompoundLiteralExprClass:
  case Stmt::MaterializeTemporaryExprClass:
    return materialise(E);
  default:
    return computeRarePlace(E);
  }
}

PlacePath BodyTranslator::computeRarePlace(const Expr *E) {
  if (const auto *Assignment = dyn_cast<BinaryOperator>(E)) {
    if (Assignment->isAssignmentOp()) {
      PlacePath Where;
      assign(Assignment, &Where);
      return Where;
    }
    if (Assignment->getOpcode() == BO_Comma) {
      effects(Assignment->getLHS());
      return place(Assignment->getRHS());
    }
    // .* and ->*: somewhere in the object.
    PlacePath Object = Assignment->getOpcode() == BO_PtrMemI ? pointee(Assignment->getLHS())
                                                             : place(Assignment->getLHS());
    value(Assignment->getRHS());
    return Object.truncate();
  }
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(E))
    return pointeeOf(choice(Choice, /*AsAddress=*/true));
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E)) {
    FreshMemo Fresh(*this, Unit.Locs.at(Default->getUsedLocation()));
    return place(Default->getExpr());
  }
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
    return place(Default->getExpr());
  if (const auto *Name = dyn_cast<PredefinedExpr>(E); Name && Name->getFunctionName())
    return place(Name->getFunctionName());
  if (isa<CallExpr, CXXDynamicCastExpr>(E))
    return pointeeOf(value(E));
  if (const auto *List = dyn_cast<InitListExpr>(E); List && List->getNumInits() == 1)
    return place(List->getInit(0));
  if (const auto *Block = dyn_cast<StmtExpr>(E))
    return pointeeOf(lastOf(Block));
  if (const auto *Vector = dyn_cast<ExtVectorElementExpr>(E))
    return (Vector->isArrow() ? pointee(Vector->getBase()) : place(Vector->getBase())).anyIndex();
  if (const auto *Broken = dyn_cast<RecoveryExpr>(E)) {
    // A variable whose declaration has an error is the variable still.
    const llvm::ArrayRef<const Expr *> Parts = Broken->subExpressions();
    if (Parts.size() == 1 && isa<DeclRefExpr>(Parts[0]) &&
        isa<VarDecl>(cast<DeclRefExpr>(Parts[0])->getDecl()) &&
        Parts[0]->getSourceRange() == Broken->getSourceRange())
      return place(Parts[0]);
    if (isBrokenCall(Broken))
      return pointeeOf(brokenCall(Broken));
  }
  effects(E);
  return PlacePath();
}

PlacePath BodyTranslator::placeOfReference(PlacePath Variable, QualType Type) {
  return Type->isReferenceType() ? Variable.deref() : Variable;
}

/// The variable itself: of a reference, the pointer that it is.
PlacePath BodyTranslator::placeOfVariable(const ValueDecl *D) {
  if (const auto *Param = dyn_cast<ParmVarDecl>(D)) {
    // A parameter of another function is met in default arguments and noexcept operands only.
    const bool Mine = Function && Param->getFunctionScopeIndex() < Function->getNumParams() &&
                      Function->getParamDecl(Param->getFunctionScopeIndex()) == Param;
    return Mine ? PlacePath(BaseKind::Param, Param->getFunctionScopeIndex()) : PlacePath();
  }
  const auto *Var = dyn_cast<VarDecl>(D);
  if (!Var)
    return PlacePath();
  if (Var->hasGlobalStorage())
    return PlacePath(BaseKind::Global, Unit.Entities.indexOf(Var));
  return PlacePath(BaseKind::Local, localOf(Var));
}

PlacePath BodyTranslator::placeOfDeclaration(const ValueDecl *D, bool Captured) {
  if (Captured)
    if (auto It = Captures.find(D); It != Captures.end())
      return placeOfReference(thisObject().field(Unit.Entities.indexOf(It->second)),
                              It->second->getType());
  if (const auto *Binding = dyn_cast<BindingDecl>(D)) {
    if (const VarDecl *Holder = Binding->getHoldingVar())
      return placeOfReference(placeOfVariable(Holder), Holder->getType());
    return Binding->getBinding() ? place(Binding->getBinding()) : PlacePath();
  }
  return placeOfReference(placeOfVariable(D), D->getType());
}

PlacePath BodyTranslator::placeOfMember(const MemberExpr *E) {
  const ValueDecl *Member = E->getMemberDecl();
  if (const auto *Static = dyn_cast<VarDecl>(Member)) {
    effects(E->getBase());
    return placeOfDeclaration(Static, false);
  }
  PlacePath Object = E->isArrow() ? pointee(E->getBase()) : place(E->getBase());
  const auto *Field = dyn_cast<FieldDecl>(Member);
  if (!Field)
    return PlacePath();
  return placeOfReference(Object.field(Unit.Entities.indexOf(Field)), Field->getType());
}

/// Conversions between pointer types name the same memory.
static const clang::Expr *withoutPointerCasts(const clang::Expr *E) {
  while (const auto *Cast = dyn_cast<CastExpr>(E)) {
    switch (Cast->getCastKind()) {
    case CK_NoOp:
    case CK_BitCast:
    case CK_AddressSpaceConversion:
    case CK_DerivedToBase:
    case CK_UncheckedDerivedToBase:
    case CK_BaseToDerived:
    case CK_CPointerToObjCPointerCast:
      break;
    default:
      return E;
    }
    E = Cast->getSubExpr()->IgnoreParens();
  }
  return E;
}

/// Whether a number of elements means the same behind both pointers. Memory behind `void *` is what
/// it is used as.
static bool haveSameElements(const ASTContext &Context, const clang::Expr *A,
                             const clang::Expr *B) {
  const QualType Left = A->getType()->getPointeeType(), Right = B->getType()->getPointeeType();
  if (Left.isNull() || Right.isNull() || Left->isVoidType() || Right->isVoidType())
    return true;
  if (Left->isIntegralOrEnumerationType() && Right->isIntegralOrEnumerationType())
    return Context.getTypeSize(Left) == Context.getTypeSize(Right);
  return Context.hasSameUnqualifiedType(Left, Right);
}

/// Of an alphabet, which is written here or in a variable's initialiser: what picks one of its
/// letters can be read off it. Behind a parameter lies any buffer.
static bool isConstantLetter(const Expr *Pointer) {
  const Expr *Of = Pointer->IgnoreParenCasts();
  const auto *Named = dyn_cast<DeclRefExpr>(Of);
  const auto *Var = Named ? dyn_cast<clang::VarDecl>(Named->getDecl()) : nullptr;
  const bool IsLiteral = isa<clang::StringLiteral>(Of); // of C: not const, and never written
  const QualType Type = Pointer->getType();
  const QualType Element = Type->isVectorType() ? QualType() : Type->getPointeeType();
  if (Element.isNull() ||
      !(IsLiteral || (Var && Var->getAnyInitializer() && Element.isConstQualified())))
    return false;
  return Element->isSpecificBuiltinType(BuiltinType::Char_S) ||
         Element->isSpecificBuiltinType(BuiltinType::Char_U) || Element->isWideCharType();
}

/// `Base[Index]`, `*(Base + Index)`: directly in an array, behind a Deref otherwise. Where memory
/// is looked at as another type (`AsWritten` false, or a cast of the base), it is somewhere in it.
PlacePath BodyTranslator::placeOfElement(const Expr *Base, const Expr *Index, bool AsWritten) {
  const Expr *Pointer = core(withoutPointerCasts(core(Base)));
  const auto *Cast = dyn_cast<CastExpr>(Pointer);
  const bool InArray = Cast && Cast->getCastKind() == CK_ArrayToPointerDecay &&
                       !Objects.count(Pointer) && !Values.count(Pointer);
  PlacePath Whole;
  if (InArray)
    Whole = place(Cast->getSubExpr());
  else if (Pointer->getType()->isVectorType())
    Whole = place(Pointer);
  else
    Whole = pointee(Pointer);
  const auto Constant = Constants.integer(Index);
  const bool IsWalked = !Constant && Walked.isWalk(Index, Function);
  const bool IsLetter = !Constant && !IsWalked && isConstantLetter(Pointer);
  const Operand Picked = IsLetter ? value(Index) : Operand();
  if (!Constant && !IsLetter)
    effects(Index);
  if (!AsWritten || !haveSameElements(Unit.Context, Pointer, Base))
    return Whole.truncate();
  if (Constant && Constant->isNonNegative() && Constant->getActiveBits() <= 32)
    return Whole.index(static_cast<uint32_t>(Constant->getZExtValue()));
  return Whole.anyIndex(IsWalked, Picked);
}

/// The constant of `(volatile uint32_t *)0x40021000`; that of zero is a null pointer.
std::optional<uint32_t> BodyTranslator::fixedAddress(const Inst &Pointer) const {
  const Operand From(Pointer.a());
  if (Pointer.op() != Op::Copy || CastOp(Pointer.sub()) != CastOp::IntToPointer ||
      !From.is(OperandKind::Const))
    return std::nullopt;
  const Constant &Address = Rows.Constants[From.index()];
  const bool IsFixed = Address.kind() == ConstantKind::Int && Address.value() != 0;
  return IsFixed ? std::optional(From.index()) : std::nullopt;
}

PlacePath BodyTranslator::pointeeOf(Operand Pointer) {
  switch (Pointer.kind()) {
  case OperandKind::AddressOf:
    return Out.pathOf(Pointer.index());
  case OperandKind::Temp:
    if (const auto Address = fixedAddress(Out.inst(Pointer.index())))
      return PlacePath(BaseKind::Fixed, *Address);
    return PlacePath(BaseKind::Temp, Pointer.index()).deref();
  default:
    return PlacePath();
  }
}

/// A pointer that is read from a place just lengthens that place's path, as long as a field behind
/// it has room there. Else it is loaded, and the path begins anew.
PlacePath BodyTranslator::behindPlace(PlacePath From, const CastExpr &Read) {
  if (From.Kind == BaseKind::Unknown || From.Truncated ||
      From.Steps.size() + 2 <= PlacePath::MaxSteps)
    return From.deref();
  return pointeeOf(loadFrom(From, Read.getType(), Unit.Locs.at(Read.getExprLoc())));
}

/// `*Pointer`.
PlacePath BodyTranslator::pointee(const Expr *Pointer) {
  const Expr *E = core(withoutPointerCasts(core(Pointer)));
  if (Values.count(E))
    return pointeeOf(value(E));
  if (isa<CXXThisExpr>(E))
    return thisPlace(cast<CXXThisExpr>(E));
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    if (Cast->getCastKind() == CK_LValueToRValue)
      return behindPlace(place(Cast->getSubExpr()), *Cast);
    if (Cast->getCastKind() == CK_ArrayToPointerDecay)
      return place(Cast->getSubExpr()).index(0);
  }
  if (const auto *Sum = dyn_cast<BinaryOperator>(E); Sum && Sum->getOpcode() == BO_Add) {
    const bool LeftIsPointer = Sum->getLHS()->getType()->isPointerType();
    return placeOfElement(LeftIsPointer ? Sum->getLHS() : Sum->getRHS(),
                          LeftIsPointer ? Sum->getRHS() : Sum->getLHS(),
                          haveSameElements(Unit.Context, Sum, Pointer));
  }
  if (const auto *Address = dyn_cast<UnaryOperator>(E);
      Address && Address->getOpcode() == UO_AddrOf)
    return place(Address->getSubExpr());
  return pointeeOf(value(E));
}

/// In a lambda `this` is a captured pointer, or (captured by value) an object of its own.
PlacePath BodyTranslator::thisPlace(const CXXThisExpr *) {
  if (!CapturedThis)
    return thisObject();
  PlacePath Field = thisObject().field(Unit.Entities.indexOf(CapturedThis));
  return CapturedThis->getType()->isPointerType() ? Field.deref() : Field;
}
