#include "analysis/extract/InstantiationFilter.h"

using namespace assay;
using namespace clang;

bool InstantiationFilter::leadsToProject(const FunctionDecl *Function) {
  return !isSystem(Function) || isMadeOfProject(Function);
}

/// Says no in advance, for types that hold themselves.
bool InstantiationFilter::isOfProject(const Decl *D) {
  if (!D || !isSystem(D))
    return D != nullptr;
  auto [It, New] = Known.try_emplace(D->getCanonicalDecl(), false);
  if (!New)
    return It->second;
  const bool Result = isMadeOfProject(D);
  Known[D->getCanonicalDecl()] = Result;
  return Result;
}

/// A system declaration: what it was instantiated with, and the classes around it.
bool InstantiationFilter::isMadeOfProject(const Decl *D) {
  if (const auto *Function = dyn_cast<FunctionDecl>(D))
    if (const TemplateArgumentList *Arguments = Function->getTemplateSpecializationArgs())
      if (isOfProject(Arguments->asArray()))
        return true;
  if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(D))
    if (isOfProject(Class->getTemplateArgs().asArray()))
      return true;
  const auto *Around = dyn_cast<Decl>(D->getDeclContext());
  return isa_and_nonnull<RecordDecl, FunctionDecl>(Around) && isOfProject(Around);
}

bool InstantiationFilter::isOfProject(llvm::ArrayRef<TemplateArgument> Arguments) {
  return llvm::any_of(Arguments, [&](const TemplateArgument &A) { return isOfProject(A); });
}

bool InstantiationFilter::isOfProject(const TemplateArgument &Argument) {
  switch (Argument.getKind()) {
  case TemplateArgument::Null:
  case TemplateArgument::NullPtr:
  case TemplateArgument::Integral:
    return false;
  case TemplateArgument::Type:
    return isOfProject(Argument.getAsType());
  case TemplateArgument::Declaration:
    return isOfProject(Argument.getAsDecl());
  case TemplateArgument::Template:
  case TemplateArgument::TemplateExpansion:
    return isOfProject(Argument.getAsTemplateOrTemplatePattern().getAsTemplateDecl());
  case TemplateArgument::Pack:
    return isOfProject(Argument.getPackAsArray());
  case TemplateArgument::StructuralValue:
  case TemplateArgument::Expression:
    return true;
  }
  return true;
}

/// What is not looked into counts as the unit's own.
bool InstantiationFilter::isOfProject(QualType Type) {
  Type = Type.getCanonicalType();
  if (const auto *Array = Type->getAsArrayTypeUnsafe())
    return isOfProject(Array->getElementType());
  if (Type->isBuiltinType())
    return false;
  if (const auto *Member = Type->getAs<MemberPointerType>())
    return isOfProject(QualType(Member->getClass(), 0)) || isOfProject(Member->getPointeeType());
  if (Type->isAnyPointerType() || Type->isReferenceType())
    return isOfProject(Type->getPointeeType());
  if (const auto *Function = Type->getAs<FunctionProtoType>())
    return isOfProject(Function->getReturnType()) ||
           llvm::any_of(Function->param_types(), [&](QualType P) { return isOfProject(P); });
  if (const TagDecl *Tag = Type->getAsTagDecl())
    return isOfProject(Tag);
  return true;
}
