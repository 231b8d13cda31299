/// What happens in a block: statements, and the actions that the compiler adds to them.
#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

using namespace assay;
using namespace clang;

void BodyTranslator::element(const CFGElement &Element) {
  switch (Element.getKind()) {
  case CFGElement::Statement:
  case CFGElement::Constructor:
  case CFGElement::CXXRecordTypedCall:
    return statement(Element.castAs<CFGStmt>().getStmt());
  case CFGElement::Initializer:
    return constructorInitialiser(Element.castAs<CFGInitializer>().getInitializer());
  case CFGElement::NewAllocator:
    allocate(Element.castAs<CFGNewAllocator>().getAllocatorExpr());
    return;
  case CFGElement::LifetimeEnds: {
    const auto Ends = Element.castAs<CFGLifetimeEnds>();
    const PlacePath Variable = placeOfVariable(Ends.getVarDecl());
    if (Variable.Kind == BaseKind::Local &&
        !becomesResult(Ends.getVarDecl(), Ends.getTriggerStmt()))
      Out.scopeEnd(Variable, Unit.Locs.at(Ends.getTriggerStmt()->getEndLoc()));
    return;
  }
  case CFGElement::CleanupFunction:
    return cleanUp(Element.castAs<CFGCleanupFunction>().getVarDecl());
  case CFGElement::AutomaticObjectDtor:
  case CFGElement::DeleteDtor:
  case CFGElement::BaseDtor:
  case CFGElement::MemberDtor:
  case CFGElement::TemporaryDtor:
    return implicitDestructor(Element.castAs<CFGImplicitDtor>());
  default:
    return;
  }
}

void BodyTranslator::statement(const Stmt *S) {
  if (const auto *E = dyn_cast<clang::Expr>(S))
    return expressionElement(E);
  if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declaration->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(D))
        declareVariable(Variable);
    return;
  }
  if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
    const Expr *Result = Return->getRetValue();
    Operand Value;
    if (Result && Result->getType()->isVoidType())
      effects(Result);
    else if (Result)
      Value = valueOrAddress(Result);
    Returning.emplace(Value, Unit.Locs.at(Return->getReturnLoc()));
    return;
  }
  if (const auto *Catch = dyn_cast<CXXCatchStmt>(S)) {
    if (const VarDecl *Caught = Catch->getExceptionDecl())
      catchInto(Caught);
    return;
  }
  if (const auto *Asm = dyn_cast<AsmStmt>(S))
    return inlineAsm(Asm);
  if (isa<CoreturnStmt>(S)) {
    effects(S);
    Returning.emplace(Out.opaque(OpaqueReason::Coroutine, 0, at(S)), at(S));
    return;
  }
  effects(S);
}

void BodyTranslator::catchInto(const VarDecl *Caught) {
  const QualType Type = Caught->getType();
  const Loc At = Unit.Locs.at(Caught->getLocation());
  const uint16_t ByReference = Type->isReferenceType() ? bit(StoreFlag::ByReference) : 0;
  storeTo(placeOfVariable(Caught), Out.opaque(OpaqueReason::Catch, typeOf(Type), At), Type, At,
          bit(StoreFlag::Initialise) | ByReference);
}

/// Translates once and remembers, for the expression around it and for the terminator.
void BodyTranslator::expressionElement(const Expr *E) {
  if (const auto *Throw = dyn_cast<CXXThrowExpr>(E))
    Thrown = Throw;
  const Expr *Core = core(E);
  if (Values.count(Core) || Objects.count(Core))
    return;
  if (Core->getType().isNull()) // a list that Clang could give no type
    return noteErrors(true);
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(Core)) {
    if (auto Built = Destinations.find(core(Choice->getTrueExpr())); Built != Destinations.end())
      return;
  }
  if (Core->getType()->isVoidType()) {
    const Operand Nothing = value(Core);
    Values[Core] = Nothing;
  } else if (isa<InitListExpr>(Core) && !buildsInPlace(Core)) {
    return;
  } else if (buildsInPlace(Core) && Core->isPRValue()) {
    materialise(Core);
  } else if (Core->isGLValue() && !isa<CallExpr>(Core) && !Core->getType()->isFunctionType()) {
    PlacePath Where = place(Core);
    Objects[Core] = std::move(Where);
  } else if (!isa<CXXDefaultArgExpr, CXXDefaultInitExpr>(Core)) {
    const Operand Value = value(Core);
    Values[Core] = Value;
    if (auto Arm = Destinations.find(Core); Arm != Destinations.end()) {
      storeTo(Arm->second, Value, Core->getType(), at(Core), bit(StoreFlag::Initialise));
      PlacePath Where = Arm->second;
      Objects[Core] = std::move(Where);
    }
  }
  if (const auto *NoExcept = dyn_cast<CXXNoexceptExpr>(Core))
    neverHappens(NoExcept);
  if (const auto *Call = dyn_cast<CallExpr>(Core);
      Call && Call->getBuiltinCallee() &&
      Unit.Context.BuiltinInfo.isUnevaluated(Call->getBuiltinCallee()))
    for (const Expr *Arg : Call->arguments())
      neverHappens(Arg);
}

void BodyTranslator::declareVariable(const VarDecl *V) {
  noteErrors(V->isInvalidDecl());
  if (V->hasExternalStorage())
    return;
  if (V->isStaticLocal() && !Unit.initialisesWhenReached(V)) {
    Unit.Variables.insert(V);
    return;
  }
  const PlacePath Variable = placeOfVariable(V);
  const Loc At = Unit.Locs.at(V->getLocation());
  const QualType Type = V->getType();
  if (const Expr *Init = V->getInit())
    initialise(Variable, Init, Type, bit(StoreFlag::Initialise));
  else if (!Type->isReferenceType())
    storeTo(Variable, Constants.uninitialised(V->getLocation()), Type, At,
            bit(StoreFlag::Initialise));
  if (const auto *Decomposition = dyn_cast<DecompositionDecl>(V))
    declareHoldingVariables(Decomposition);
}

/// `auto [a, b] = tuple`: each name is a reference of its own to what get<I>() returns.
void BodyTranslator::declareHoldingVariables(const DecompositionDecl *D) {
  for (const BindingDecl *Binding : D->bindings())
    if (const VarDecl *Holder = Binding->getHoldingVar(); Holder && Holder->getInit())
      initialise(placeOfVariable(Holder), Holder->getInit(), Holder->getType(),
                 bit(StoreFlag::Initialise));
}

/// Arguments of a base that Clang could not match to a constructor have no type of their own.
static QualType initialisedType(const CXXCtorInitializer *Init) {
  if (Init->isAnyMemberInitializer())
    return Init->getAnyMember()->getType();
  const QualType Given = Init->getInit()->getType();
  return Given.isNull() ? Init->getTypeSourceInfo()->getType() : Given;
}

void BodyTranslator::constructorInitialiser(const CXXCtorInitializer *Init) {
  PlacePath Object = thisObject();
  if (const IndirectFieldDecl *Indirect = Init->getIndirectMember()) {
    for (const NamedDecl *Step : Indirect->chain())
      Object.field(Unit.Entities.indexOf(Step));
  } else if (const FieldDecl *Field = Init->getMember()) {
    Object.field(Unit.Entities.indexOf(Field));
  }
  if (const Expr *Value = Init->getInit())
    initialise(Object, Value, initialisedType(Init), bit(StoreFlag::Initialise));
}

void BodyTranslator::destroy(const PlacePath &Object, const CXXDestructorDecl *Dtor, Loc At) {
  if (!Dtor)
    return;
  const auto Flags = bit(CallFlag::Receiver) | bit(CallFlag::Implicit);
  Out.call(callee(Dtor), CallKind::Destructor, {Out.addressOf(Object)}, typeOf(Unit.Context.VoidTy),
           At, Flags);
}

static PlacePath elementsOf(PlacePath Object, QualType Type) {
  return Type->isArrayType() ? Object.anyIndex() : Object;
}

/// What is returned by its name is the caller's object from the beginning, and ends with that;
/// but of what fits into two registers the caller gets a copy.
bool BodyTranslator::becomesResult(const VarDecl *V, const Stmt *End) const {
  const auto *Return = dyn_cast_or_null<ReturnStmt>(End);
  if (!Unit.Context.getLangOpts().CPlusPlus || !V || !Return || !V->isNRVOVariable() ||
      Return->getNRVOCandidate() != V)
    return false;
  const RecordDecl *Record = V->getType()->getAsRecordDecl();
  return !Record || !Record->isCompleteDefinition() || V->getType()->isDependentType() ||
         !Record->canPassInRegisters() ||
         Unit.Context.getTypeSizeInChars(V->getType()).getQuantity() > 16;
}

/// `__attribute__((cleanup(f)))`
void BodyTranslator::cleanUp(const VarDecl *V) {
  if (const auto *Cleanup = V->getAttr<CleanupAttr>())
    Out.call(callee(Cleanup->getFunctionDecl()), CallKind::Direct,
             {Out.addressOf(placeOfVariable(V))}, typeOf(Unit.Context.VoidTy),
             Unit.Locs.at(V->getLocation()), bit(CallFlag::Implicit));
}

void BodyTranslator::destroyVariable(const VarDecl *V, const CXXDestructorDecl *Dtor, Loc At) {
  const PlacePath Object = placeOfReference(placeOfVariable(V), V->getType());
  destroy(elementsOf(Object, V->getType()), Dtor, At);
}

void BodyTranslator::implicitDestructor(const CFGImplicitDtor &Element) {
  const CXXDestructorDecl *Dtor = Element.getDestructorDecl(Unit.Context);
  const Loc End = Rows.End;
  if (const auto Automatic = Element.getAs<CFGAutomaticObjDtor>()) {
    if (!becomesResult(Automatic->getVarDecl(), Automatic->getTriggerStmt()))
      destroyVariable(Automatic->getVarDecl(), Dtor,
                      Unit.Locs.at(Automatic->getTriggerStmt()->getEndLoc()));
  } else if (const auto Delete = Element.getAs<CFGDeleteDtor>()) {
    const CXXDeleteExpr *E = Delete->getDeleteExpr();
    PlacePath Object = pointee(E->getArgument());
    destroy(E->isArrayForm() ? Object.anyIndex() : Object, Dtor, at(E));
  } else if (const auto Base = Element.getAs<CFGBaseDtor>()) {
    const CXXRecordDecl *Record = Base->getBaseSpecifier()->getType()->getAsCXXRecordDecl();
    destroy(thisObject(), Record ? Record->getDestructor() : nullptr, End);
  } else if (const auto Member = Element.getAs<CFGMemberDtor>()) {
    const FieldDecl *Field = Member->getFieldDecl();
    destroy(elementsOf(thisObject().field(Unit.Entities.indexOf(Field)), Field->getType()), Dtor,
            End);
  } else if (const auto Temporary = Element.getAs<CFGTemporaryDtor>()) {
    const Expr *E = core(Temporary->getBindTemporaryExpr());
    if (Objects.count(E) || Values.count(E))
      destroy(place(E), Dtor, at(E));
  }
}

/// Outputs become unknown; inputs are only evaluated.
void BodyTranslator::inlineAsm(const AsmStmt *Asm) {
  const auto *Gcc = dyn_cast<GCCAsmStmt>(Asm);
  if (!Gcc)
    return effects(Asm);
  for (unsigned I = 0; I != Gcc->getNumInputs(); ++I)
    valueOrAddress(Gcc->getInputExpr(I));
  for (unsigned I = 0; I != Gcc->getNumOutputs(); ++I) {
    const Expr *Output = Gcc->getOutputExpr(I);
    storeTo(place(Output), Out.opaque(OpaqueReason::InlineAsm, typeOf(Output->getType()), at(Asm)),
            Output->getType(), at(Asm));
  }
}
