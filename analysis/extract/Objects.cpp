/// C++ objects: construction, temporaries, new and delete, lambdas. C's compound literals.
#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

using namespace assay;
using namespace clang;

/// Expressions that write an object piece by piece instead of yielding a value.
bool BodyTranslator::buildsInPlace(const Expr *E) {
  switch (E->getStmtClass()) {
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass:
  case Stmt::CXXInheritedCtorInitExprClass:
  case Stmt::LambdaExprClass:
  case Stmt::CXXStdInitializerListExprClass:
  case Stmt::ArrayInitLoopExprClass:
  case Stmt::CXXParenListInitExprClass:
  case Stmt::DesignatedInitUpdateExprClass:
  case Stmt::CompoundLiteralExprClass:
    return true;
  case Stmt::InitListExprClass:
  case Stmt::ImplicitValueInitExprClass:
  case Stmt::CXXScalarValueInitExprClass:
    return E->getType()->isRecordType() || E->getType()->isArrayType();
  default:
    return false;
  }
}

/// Gives the expression's value a place: that which is waiting for it, or a temporary.
PlacePath BodyTranslator::materialise(const Expr *E) {
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E)) {
    const Expr *Sub = core(Temporary->getSubExpr());
    return Sub->isGLValue() ? place(Sub) : materialise(Sub);
  }
  if (auto It = Objects.find(E); It != Objects.end())
    return It->second;
  if (Unreachable.contains(E))
    return PlacePath();
  PlacePath Where;
  if (auto It = Destinations.find(E); It != Destinations.end())
    Where = It->second;
  else
    Where = newTemporary(E->getType(), E->getBeginLoc());
  if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(E))
    initialise(Where, Literal->getInitializer(), Literal->getType(), bit(StoreFlag::Initialise));
  else
    initialise(Where, E, E->getType(), bit(StoreFlag::Initialise));
  Objects[E] = Where;
  return Where;
}

void BodyTranslator::constructTrivially(const PlacePath &Object, const CXXConstructExpr *E,
                                        uint16_t Flags) {
  const QualType Type = E->getType();
  if (E->getNumArgs() == 1) {
    const Expr *From = E->getArg(0);
    const Operand Value = From->isGLValue() ? loadFrom(place(From), Type, at(E)) : value(From);
    return storeTo(Object, Value, Type, at(E), Flags);
  }
  const CXXRecordDecl *Record = E->getConstructor()->getParent();
  if (!E->requiresZeroInitialization() && !Record->isEmpty())
    storeTo(Object, Constants.uninitialised(E->getExprLoc()), Type, at(E), Flags);
}

void BodyTranslator::construct(const PlacePath &Object, const CXXConstructExpr *E, uint16_t Flags) {
  const CXXConstructorDecl *Constructor = E->getConstructor();
  if (E->requiresZeroInitialization())
    storeZero(Object, E->getSourceRange(), Flags);
  if (Constructor->isTrivial() && E->getNumArgs() <= 1)
    return constructTrivially(Object, E, Flags);
  if (!heldBy(Constructor->getParent()).isNull() && !E->getType()->isArrayType())
    return hold(Object, E->getNumArgs() ? E->getArg(0) : nullptr, E->getType(), at(E), Flags);
  PlacePath Constructed = Object;
  if (E->getType()->isArrayType())
    Constructed.anyIndex();
  Arguments Args = {Out.addressOf(Constructed)};
  for (const Expr *Arg : E->arguments())
    Args.push_back(valueOrAddress(Arg));
  uint16_t CallFlags = bit(CallFlag::Receiver);
  if (Constructor->isImplicit())
    CallFlags |= bit(CallFlag::Implicit);
  Out.call(callee(Constructor), CallKind::Constructor, Args, typeOf(Unit.Context.VoidTy), at(E),
           CallFlags);
}

/// `using Base::Base;` passes the parameters of this constructor on.
void BodyTranslator::constructInherited(const PlacePath &Object,
                                        const CXXInheritedCtorInitExpr *E) {
  Arguments Args = {Out.addressOf(Object)};
  for (const ParmVarDecl *P : Function->parameters()) {
    const PlacePath Variable = placeOfVariable(P);
    Args.push_back(loadFrom(Variable, P->getType(), at(E)));
  }
  Out.call(callee(E->getConstructor()), CallKind::Constructor, Args, typeOf(Unit.Context.VoidTy),
           at(E), bit(CallFlag::Receiver) | bit(CallFlag::Implicit));
}

void BodyTranslator::captureInto(const PlacePath &Closure, const LambdaExpr *E) {
  Unit.wantBody(E->getCallOperator());
  if (const FunctionTemplateDecl *Generic = E->getLambdaClass()->getDependentLambdaCallOperator())
    for (const FunctionDecl *Instance : Generic->specializations())
      Unit.wantBody(Instance);
  // What it is called by lies in it, too, for those who copy it; before what it has captured, which
  // a store of the whole would hide.
  if (!E->isGenericLambda())
    storeTo(Closure, addressOfFunction(E->getCallOperator()), E->getType(), at(E),
            bit(StoreFlag::Initialise));
  auto Init = E->capture_init_begin();
  for (const FieldDecl *Field : E->getLambdaClass()->fields()) {
    if (const Expr *Captured = *Init++) {
      PlacePath Where = Closure;
      Where.field(Unit.Entities.indexOf(Field));
      initialise(Where, Captured, Field->getType(), bit(StoreFlag::Initialise));
    }
  }
}

Operand BodyTranslator::sizeToAllocate(const CXXNewExpr *E) {
  const QualType Element = E->getAllocatedType();
  const Operand Size = Element->isDependentType() || Element->isIncompleteType()
                           ? Operand()
                           : Constants.sizeOf(Element, E->getBeginLoc());
  const auto Count = E->getArraySize();
  if (!Count || !*Count)
    return Size;
  const QualType Type = Unit.Context.getSizeType();
  return Out.derive(DeriveOp::Mul, value(*Count), Size, bitsOf(Type), typeOf(Type), at(E));
}

/// Placement new into given memory allocates nothing.
Operand BodyTranslator::allocate(const CXXNewExpr *E) {
  if (auto It = Allocations.find(E); It != Allocations.end())
    return It->second;
  const FunctionDecl *Allocator = E->getOperatorNew();
  Operand Memory;
  if (Allocator && Allocator->isReservedGlobalPlacementOperator() &&
      E->getNumPlacementArgs() == 1) {
    Memory = value(E->getPlacementArg(0));
  } else {
    Arguments Args = {sizeToAllocate(E)};
    for (const Expr *Arg : E->placement_arguments())
      Args.push_back(valueOrAddress(Arg));
    Memory = Out.call(Allocator ? callee(Allocator) : Operand(), CallKind::New, Args,
                      typeOf(E->getType()), at(E));
  }
  Allocations[E] = Memory;
  if (const Expr *Init = E->getInitializer()) {
    PlacePath Object = pointeeOf(Memory);
    const bool Whole = !E->isArray() || Init->getType().isNull() || Init->getType()->isArrayType();
    planDestination(Init, Whole ? Object : Object.anyIndex());
  }
  return Memory;
}

Operand BodyTranslator::newObject(const CXXNewExpr *E) {
  const Operand Memory = allocate(E);
  PlacePath Object = pointeeOf(Memory);
  const QualType Type = E->getAllocatedType();
  if (const Expr *Init = E->getInitializer()) {
    // A list for a class that is not known has no type.
    const QualType Given = Init->getType().isNull() ? Type : Init->getType();
    const bool Whole = !E->isArray() || Given->isArrayType();
    initialise(Whole ? Object : Object.anyIndex(), Init, Given, bit(StoreFlag::Initialise));
  } else if (!Type->isRecordType()) {
    storeTo(Object, Constants.uninitialised(E->getBeginLoc()), Type, at(E),
            bit(StoreFlag::Initialise));
  }
  return Memory;
}

/// The destructor is an element of its own, before this.
Operand BodyTranslator::deleteObject(const CXXDeleteExpr *E) {
  const FunctionDecl *Deallocator = E->getOperatorDelete();
  const Operand Pointer = value(E->getArgument());
  Out.call(Deallocator ? callee(Deallocator) : Operand(), CallKind::Delete, {Pointer},
           typeOf(E->getType()), at(E));
  return Operand();
}
