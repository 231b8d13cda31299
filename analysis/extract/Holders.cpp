/// C++: objects of the library that hold something to call (`std::function`). Such an object is a
/// variable whose value is the function: it is stored there, and called through it. What a closure
/// has captured lies in the object as its fields.
#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

using namespace assay;
using namespace clang;

/// The one call operator of a class; null where there is none, or a choice.
static const CXXMethodDecl *callOperatorOf(const CXXRecordDecl *Class) {
  if (!Class || !Class->hasDefinition())
    return nullptr;
  const auto Found =
      Class->lookup(Class->getASTContext().DeclarationNames.getCXXOperatorName(OO_Call));
  return Found.isSingleResult() ? dyn_cast<CXXMethodDecl>(Found.front()) : nullptr;
}

/// The type of the functions that such a class holds. It is known by what it is: a template of a
/// system header over the type of a function, with a call operator.
QualType BodyTranslator::heldBy(const CXXRecordDecl *Class) const {
  const auto *Instance = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Class);
  if (!Instance || !Unit.Locs.isInSystemHeader(Instance->getLocation()))
    return QualType();
  const TemplateArgumentList &Args = Instance->getTemplateArgs();
  if (Args.size() == 0 || Args[0].getKind() != TemplateArgument::Type ||
      !Args[0].getAsType()->isFunctionProtoType() || !callOperatorOf(Instance))
    return QualType();
  return Args[0].getAsType();
}

/// Puts something to call, or nothing, into such an object.
void BodyTranslator::hold(const PlacePath &Object, const Expr *Given, QualType Type, Loc At,
                          uint16_t Flags) {
  const Expr *From = Given ? core(Given) : nullptr;
  while (const auto *Temporary = dyn_cast_or_null<MaterializeTemporaryExpr>(From))
    From = core(Temporary->getSubExpr());
  if (!From || From->getType()->isNullPtrType())
    return storeTo(Object, Constants.null(SourceRange()), Type, At, Flags);
  const QualType Kind = From->getType();
  const CXXRecordDecl *Class = Kind->getAsCXXRecordDecl();
  if (Class && !heldBy(Class).isNull())
    return storeTo(Object, wholeOf(From), Type, At, Flags);
  if (const CXXMethodDecl *Operator = callOperatorOf(Class))
    return holdObject(Object, From, Operator, At, Flags);
  const bool IsPlain = Kind->isFunctionType() || Kind->isFunctionPointerType();
  if (!IsPlain)
    effects(From);
  storeTo(Object,
          !IsPlain                 ? Out.opaque(OpaqueReason::Unsupported, typeOf(Type), At)
          : Kind->isFunctionType() ? value(From)
                                   : wholeOf(From),
          Type, At, Flags);
}

Operand BodyTranslator::wholeOf(const Expr *E) {
  return E->isGLValue() ? loadFrom(place(E), E->getType(), at(E)) : value(E);
}

/// A closure that was built in the object is there already, another is copied into it.
void BodyTranslator::holdObject(const PlacePath &Object, const Expr *From,
                                const CXXMethodDecl *Operator, Loc At, uint16_t Flags) {
  const CXXRecordDecl *Class = Operator->getParent();
  const PlacePath Where = From->isGLValue() ? place(From) : materialise(From);
  if (Out.place(Where) == Out.place(Object))
    return;
  if (Class->isLambda())
    return storeTo(Object, loadFrom(Where, From->getType(), At), From->getType(), At, Flags);
  storeTo(Object, addressOfFunction(Operator), From->getType(), At, Flags);
  for (const FieldDecl *Field : Class->fields()) {
    if (Field->isUnnamedBitField())
      continue;
    PlacePath To = Object, Of = Where;
    const uint32_t Entity = Unit.Entities.indexOf(Field);
    storeTo(To.field(Entity), loadFrom(Of.field(Entity), Field->getType(), At), Field->getType(),
            At, Flags);
  }
}

/// Its call operator, an assignment to it, and the question whether it holds anything; nothing for
/// its other methods.
std::optional<Operand> BodyTranslator::callHolder(const CallExpr *E, const CXXMethodDecl *Method,
                                                  const Expr *Object) {
  const QualType Held = heldBy(Method->getParent());
  if (Held.isNull())
    return std::nullopt;
  const QualType Type = Unit.Context.getRecordType(Method->getParent());
  if (Method->getOverloadedOperator() == OO_Equal && E->getNumArgs() == 2) {
    const PlacePath Target = place(Object);
    hold(Target, E->getArg(1), Type, at(E), 0);
    return Out.addressOf(Target);
  }
  if (Method->getOverloadedOperator() == OO_Call) {
    const PlacePath Of = place(Object);
    const CallTarget Target = {
        loadFrom(Of, Type, at(E)), CallKind::Indirect, Held,
        static_cast<uint16_t>(bit(CallFlag::Receiver) | bit(CallFlag::Held))};
    return emitCall(E, Target, {Out.addressOf(Of)}, 1);
  }
  if (isa<CXXConversionDecl>(Method) && Method->getReturnType()->isBooleanType())
    return Out.compare(Predicate::NE, loadFrom(place(Object), Type, at(E)),
                       Constants.null(SourceRange()), typeOf(E->getType()), at(E));
  return std::nullopt;
}
