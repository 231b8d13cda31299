/// Where objects belong that are built by an element of the CFG before what they belong to is met.
#include "analysis/extract/BodyTranslator.h"

using namespace assay;
using namespace clang;

/// C++ builds an object before it says where: the constructor call is an element, and the
/// declaration that it belongs to comes later. So each object's place is settled before the first
/// block is translated.
void BodyTranslator::planDestinations(llvm::ArrayRef<const CFGBlock *> Blocks) {
  for (const CFGBlock *Block : Blocks)
    for (const CFGElement &Element : *Block) {
      if (const auto S = Element.getAs<CFGStmt>()) {
        planDeclarations(dyn_cast<DeclStmt>(S->getStmt()));
        planResult(dyn_cast<ReturnStmt>(S->getStmt()));
      } else if (const auto Init = Element.getAs<CFGInitializer>())
        planMember(Init->getInitializer());
    }
}

void BodyTranslator::planDeclarations(const DeclStmt *Declaration) {
  if (!Declaration)
    return;
  for (const Decl *D : Declaration->decls())
    if (const auto *V = dyn_cast<VarDecl>(D);
        V && V->getInit() && !V->getType()->isReferenceType() && !V->hasExternalStorage())
      planDestination(V->getInit(), placeOfVariable(V));
}

/// A local that is the result is built where the caller wants it: what seems to move it does not
/// happen.
void BodyTranslator::planResult(const ReturnStmt *Return) {
  if (const VarDecl *V = Return ? Return->getNRVOCandidate() : nullptr; becomesResult(V, Return))
    Objects[core(Return->getRetValue())] = placeOfVariable(V);
}

void BodyTranslator::planMember(const CXXCtorInitializer *Init) {
  if (Init->getInit() && !Init->isIndirectMemberInitializer()) {
    PlacePath Object = thisObject();
    if (const FieldDecl *Field = Init->getMember())
      Object.field(Unit.Entities.indexOf(Field));
    planDestination(Init->getInit(), Object);
  }
}

/// Only records and arrays are built in place. An arm of `?:` is, whatever it is: the arms meet in
/// the object.
void BodyTranslator::planDestination(const Expr *E, const PlacePath &Where, bool IsArm) {
  E = core(E);
  // After an error an initialiser list may have no type.
  if (E->getType().isNull())
    return;
  if (!E->getType()->isRecordType() && !E->getType()->isArrayType())
    return;
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
    return planDestination(Default->getExpr(), Where);
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(E); Choice && !E->isGLValue()) {
    planDestination(Choice->getTrueExpr(), Where, true);
    return planDestination(Choice->getFalseExpr(), Where, true);
  }
  if (IsArm || buildsInPlace(E))
    Destinations[E] = Where;
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return planParts(List->getType(), List->inits(), Where);
  if (const auto *List = dyn_cast<CXXParenListInitExpr>(E)) {
    auto *Mutable = const_cast<CXXParenListInitExpr *>(List);
    return planParts(List->getType(), Mutable->getInitExprs(), Where);
  }
  if (const auto *Holder = dyn_cast<CXXConstructExpr>(E);
      Holder && Holder->getNumArgs() && !heldBy(Holder->getConstructor()->getParent()).isNull()) {
    const Expr *Given = core(Holder->getArg(0));
    if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Given))
      Given = core(Temporary->getSubExpr());
    if (isa<LambdaExpr>(Given))
      planDestination(Given, Where);
  }
}

void BodyTranslator::planParts(QualType Type, llvm::ArrayRef<Expr *> Inits,
                               const PlacePath &Where) {
  const RecordDecl *Record = Type->getAsRecordDecl();
  if (Record && Record->isUnion())
    return;
  if (!Record) {
    for (unsigned I = 0; I != Inits.size(); ++I) {
      PlacePath Element = Where;
      planDestination(Inits[I], Element.index(I));
    }
    return;
  }
  const auto *Class = dyn_cast<CXXRecordDecl>(Record);
  unsigned Next = Class ? Class->getNumBases() : 0;
  for (const FieldDecl *Field : Record->fields()) {
    if (Field->isUnnamedBitField() || Next >= Inits.size())
      continue;
    PlacePath Part = Where;
    planDestination(Inits[Next++], Part.field(Unit.Entities.indexOf(Field)));
  }
}
