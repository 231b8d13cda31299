/// Calls of every kind but construction and destruction.
#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/Builtins.h"

using namespace assay;
using namespace clang;

Operand BodyTranslator::callee(const FunctionDecl *F) {
  Unit.wantBody(F);
  return Operand(OperandKind::Function, Unit.Entities.indexOf(F));
}

Operand BodyTranslator::addressOfFunction(const FunctionDecl *F) {
  const Operand Address = callee(F);
  Unit.Entities.markAddressTaken(Address.index());
  return Address;
}

/// A builtin that does not evaluate its arguments: what was translated of them does not happen.
static bool isUnevaluated(const CallExpr *E, const ASTContext &Context) {
  const unsigned Id = E->getBuiltinCallee();
  return Id && Context.BuiltinInfo.isUnevaluated(Id);
}

void BodyTranslator::neverHappens(const Stmt *S) {
  if (!S)
    return;
  if (const auto *E = dyn_cast<clang::Expr>(S))
    if (auto It = Values.find(core(E)); It != Values.end() && It->second.is(OperandKind::Temp))
      if (Inst &I = Out.inst(It->second.index()); I.op() == Op::Call)
        I.mutate_flags(I.flags() | bit(CallFlag::InUnevaluatedBuiltin));
  for (const Stmt *Child : S->children())
    neverHappens(Child);
}

Operand BodyTranslator::call(const CallExpr *E) {
  if (isUnevaluated(E, Unit.Context)) {
    for (const Expr *Arg : E->arguments())
      neverHappens(Arg);
    return opaque(E, OpaqueReason::Unsupported);
  }
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E))
    return methodCall(Member);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(E->getDirectCallee()))
      return operatorCall(Operator, Method);
  if (isa<CXXPseudoDestructorExpr>(E->getCallee()->IgnoreParens())) {
    effects(E->getCallee());
    return Operand();
  }
  if (E->isTypeDependent())
    if (const auto Done = dependentCall(E))
      return *Done;
  return emitCall(E, targetOf(E), {});
}

BodyTranslator::CallTarget BodyTranslator::targetOf(const CallExpr *E) {
  if (const FunctionDecl *F = E->getDirectCallee())
    return {callee(F), CallKind::Direct, resultTypeOf(E),
            F->isNoReturn() ? bit(CallFlag::Noreturn) : uint16_t(0)};
  const Expr *Pointer = E->getCallee();
  const QualType Pointed = Pointer->getType()->getPointeeType();
  const bool NoReturn = !Pointed.isNull() && Pointed->getAs<FunctionType>() &&
                        Pointed->castAs<FunctionType>()->getNoReturnAttr();
  const Operand Callee = value(Pointer);
  return {Callee, CallKind::Indirect, Pointed.isNull() ? Pointer->getType() : Pointed,
          NoReturn ? bit(CallFlag::Noreturn) : uint16_t(0)};
}

BodyTranslator::CallTarget BodyTranslator::methodTarget(const CallExpr *E,
                                                        const CXXMethodDecl *Method,
                                                        const Expr *Object, bool MayDispatch) {
  CallKind Kind = CallKind::Direct;
  if (MayDispatch && Method->isVirtual()) {
    if (const CXXMethodDecl *Only = Method->getDevirtualizedMethod(Object, /*IsAppleKext=*/false))
      Method = Only;
    else
      Kind = CallKind::Virtual;
  }
  if (isa<CXXDestructorDecl>(Method))
    Kind = CallKind::Destructor;
  const uint16_t Flags = Method->isNoReturn() ? bit(CallFlag::Noreturn) : uint16_t(0);
  return {callee(Method), Kind, resultTypeOf(E), Flags};
}

/// Copies memory and does nothing else.
static bool isTrivialAssignment(const CXXMethodDecl *Method) {
  return Method->isTrivial() &&
         (Method->isCopyAssignmentOperator() || Method->isMoveAssignmentOperator());
}

Operand BodyTranslator::assignTrivially(const CallExpr *E, const Expr *Value, const Expr *Object,
                                        bool ThroughPointer) {
  const QualType Type = Value->getType();
  const Operand New = Value->isGLValue() ? loadFrom(place(Value), Type, at(E)) : value(Value);
  const PlacePath Target = ThroughPointer ? pointee(Object) : place(Object);
  storeTo(Target, New, Type, at(E));
  return Out.addressOf(Target);
}

Operand BodyTranslator::methodCall(const CXXMemberCallExpr *E) {
  const Expr *Callee = E->getCallee()->IgnoreParens();
  const auto *Member = dyn_cast<MemberExpr>(Callee);
  const auto *Method = Member ? dyn_cast<CXXMethodDecl>(Member->getMemberDecl()) : nullptr;
  Arguments Args;
  if (!Method) { // (object.*pointer)(...)
    const auto *Through = dyn_cast<BinaryOperator>(Callee);
    if (!Through)
      return emitCall(E, targetOf(E), {});
    Args.push_back(Through->getOpcode() == BO_PtrMemI ? value(Through->getLHS())
                                                      : Out.addressOf(place(Through->getLHS())));
    const Expr *Pointer = Through->getRHS();
    const auto *Type = Pointer->getType()->castAs<MemberPointerType>();
    const Operand Target = value(Pointer);
    return emitCall(
        E, {Target, CallKind::Indirect, Type->getPointeeType(), bit(CallFlag::Receiver)}, Args);
  }
  // A lambda that becomes a plain function pointer: the pointer leads to its body.
  if (isa<CXXConversionDecl>(Method) && Method->getParent()->isLambda())
    if (const CXXMethodDecl *Body = Method->getParent()->getLambdaCallOperator();
        Body && !Method->getParent()->isGenericLambda())
      return addressOfFunction(Body);
  const Expr *Object = Member->getBase();
  if (Method->isStatic()) {
    effects(Object);
    return emitCall(E, methodTarget(E, Method, Object, false), {});
  }
  if (isTrivialAssignment(Method))
    return assignTrivially(E, E->getArg(0), Object, Member->isArrow());
  if (!Member->isArrow())
    if (const auto Held = callHolder(E, Method, Object))
      return *Held;
  Args.push_back(receiverIn(Member));
  CallTarget Target =
      methodTarget(E, Method, Object, Member->performsVirtualDispatch(Unit.Context.getLangOpts()));
  Target.Flags |= bit(CallFlag::Receiver);
  return emitCall(E, Target, Args);
}

Operand BodyTranslator::operatorCall(const CXXOperatorCallExpr *E, const CXXMethodDecl *Method) {
  const Expr *Object = E->getArg(0);
  if (Method->isStatic()) {
    effects(Object);
    return emitCall(E, methodTarget(E, Method, Object, false), {}, 1);
  }
  if (isTrivialAssignment(Method))
    return assignTrivially(E, E->getArg(1), Object, /*ThroughPointer=*/false);
  if (const auto Held = callHolder(E, Method, Object))
    return *Held;
  CallTarget Target = methodTarget(E, Method, Object, /*MayDispatch=*/true);
  Target.Flags |= bit(CallFlag::Receiver);
  Arguments Rest;
  // The right side of an assignment is evaluated first.
  if (E->isAssignmentOp() && E->getNumArgs() == 2) {
    const Operand Right = valueOrAddress(E->getArg(1));
    return emitCall(E, Target, {Out.addressOf(place(Object)), Right}, 2);
  }
  return emitCall(E, Target, {Out.addressOf(place(Object))}, 1);
}

/// The type of what a call leaves in its Temp: of a function that returns a reference, a pointer.
QualType BodyTranslator::resultTypeOf(const CallExpr *E) {
  return E->getType();
}

Operand BodyTranslator::emitCall(const CallExpr *E, const CallTarget &Target, Arguments Args,
                                 unsigned FirstArg) {
  for (unsigned I = FirstArg; I < E->getNumArgs(); ++I)
    Args.push_back(valueOrAddress(E->getArg(I)));
  const uint16_t Unused = E->getType()->isVoidType() ? 0 : bit(CallFlag::ResultUnused);
  return Out.call(Target.Callee, Target.Kind, Args, typeOf(Target.Type), at(E),
                  Target.Flags | Unused);
}
