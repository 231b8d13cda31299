#include "analysis/extract/UnitWalker.h"

#include "analysis/extract/Symbols.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclFriend.h"

using namespace assay;
using namespace clang;

void UnitWalker::walkDeclarations(const DeclContext *Context) {
  for (const Decl *D : Context->decls())
    walk(D);
}

void UnitWalker::walk(const Decl *D) {
  // Explicit specialisations of system templates have a place of their own.
  if (Unit.Locs.isInSystemHeader(D->getLocation()))
    return;
  if (const auto *Function = dyn_cast<FunctionDecl>(D))
    return walkFunction(Function);
  if (const auto *Variable = dyn_cast<VarDecl>(D))
    return walkVariable(Variable);
  if (const auto *Template = dyn_cast<TemplateDecl>(D))
    return walkTemplate(Template);
  if (const auto *Friend = dyn_cast<FriendDecl>(D)) {
    // A function may be defined here. A class stands elsewhere, and is often this one.
    if (const NamedDecl *Named = Friend->getFriendDecl(); Named && !isa<ClassTemplateDecl>(Named))
      walk(Named);
    return;
  }
  if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D))
    return walkDeclarations(cast<DeclContext>(D));
  if (const auto *Record = dyn_cast<CXXRecordDecl>(D))
    if (Record->isThisDeclarationADefinition() && !Record->isDependentContext())
      walkDeclarations(Record);
}

void UnitWalker::walkFunction(const FunctionDecl *Function) {
  if (Function->isDependentContext() || Function->isDeleted())
    return;
  noteSymbol(Function);
  if (Function->doesThisDeclarationHaveABody()) {
    if (!Function->isImplicit() || Function->getBody())
      Unit.wantBody(Function);
    return;
  }
  if (isLost(Function))
    Lost.insert(Function);
}

/// A second name has a row whether or not its own unit uses it.
void UnitWalker::noteSymbol(const NamedDecl *D) {
  if (!D->hasAttrs() || !(D->hasAttr<AliasAttr>() || D->hasAttr<IFuncAttr>()))
    return;
  if (!std::exchange(HasSymbols, true))
    Unit.Entities.setSymbols(symbolsOf(Unit.Context));
  Unit.Entities.indexOf(D);
}

bool UnitWalker::isLost(const FunctionDecl *Function) const {
  if (Function->hasSkippedBody() || Function->willHaveBody())
    return true;
  if (!HasErrors || Function->isDefined() || !Function->isTemplateInstantiation() ||
      Function->getPointOfInstantiation().isInvalid())
    return false;
  const FunctionDecl *Pattern = Function->getTemplateInstantiationPattern(/*ForDefinition=*/false);
  return Pattern && Pattern->hasBody();
}

/// C's tentative definitions count once, where they act.
void UnitWalker::walkVariable(const VarDecl *Variable) {
  if (Variable->getType()->isDependentType() || Variable->getDeclContext()->isDependentContext() ||
      !Variable->hasGlobalStorage() || isa<VarTemplatePartialSpecializationDecl>(Variable))
    return;
  noteSymbol(Variable);
  if (Variable->hasAttr<AliasAttr>())
    return;
  const VarDecl *Definition = Variable->getDefinition();
  if (!Definition)
    Definition = Variable->getActingDefinition();
  // A constexpr member is defined by its declaration in the class, as far as its value goes.
  if (!Definition && Variable->isStaticDataMember() && Variable->getAnyInitializer())
    Variable->getAnyInitializer(Definition);
  if (Definition && !Definition->hasExternalStorage())
    Unit.Variables.insert(Definition);
}

void UnitWalker::walkTemplate(const TemplateDecl *Template) {
  if (const auto *Functions = dyn_cast<FunctionTemplateDecl>(Template)) {
    for (const FunctionDecl *Instance : Functions->specializations())
      walkFunction(Instance);
  } else if (const auto *Classes = dyn_cast<ClassTemplateDecl>(Template)) {
    for (const ClassTemplateSpecializationDecl *Instance : Classes->specializations())
      if (Instance->getSpecializationKind() != TSK_ExplicitSpecialization &&
          Instance->hasDefinition())
        walkDeclarations(Instance->getDefinition());
  } else if (const auto *Variables = dyn_cast<VarTemplateDecl>(Template)) {
    for (const VarTemplateSpecializationDecl *Instance : Variables->specializations())
      walkVariable(Instance);
  }
}

void UnitWalker::walkLocals(const FunctionDecl *Function) {
  for (const Decl *D : Function->decls())
    if (isa<CXXRecordDecl>(D))
      walk(D);
}
