#include "analysis/extract/Symbols.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Mangle.h"

using namespace clang;

namespace {

class SymbolWalk {
public:
  explicit SymbolWalk(ASTContext &Context) : Context(Context), Mangler(Context) {}

  void walk(const DeclContext *Around) {
    for (const Decl *D : Around->decls()) {
      if (const auto *Inner = dyn_cast<DeclContext>(D);
          Inner && isa<NamespaceDecl, LinkageSpecDecl, ExportDecl, CXXRecordDecl>(D))
        walk(Inner);
      if (isDefinition(D))
        Found.try_emplace(symbolOf(cast<NamedDecl>(D)), cast<NamedDecl>(D->getCanonicalDecl()));
    }
  }

  llvm::StringMap<const NamedDecl *> Found;

private:
  static bool isDefinition(const Decl *D) {
    if (const auto *Function = dyn_cast<FunctionDecl>(D))
      return Function->doesThisDeclarationHaveABody() && !Function->isDependentContext();
    const auto *Variable = dyn_cast<VarDecl>(D);
    return Variable && Variable->hasGlobalStorage() && !Variable->getType()->isDependentType() &&
           !Variable->hasAttr<AliasAttr>() &&
           Variable->isThisDeclarationADefinition() != VarDecl::DeclarationOnly;
  }

  std::string symbolOf(const NamedDecl *D) {
    if (const auto *Label = D->getMostRecentDecl()->getAttr<AsmLabelAttr>())
      return Label->getLabel().str();
    return Context.getLangOpts().CPlusPlus ? Mangler.getName(D) : D->getNameAsString();
  }

  ASTContext &Context;
  ASTNameGenerator Mangler;
};

} // namespace

llvm::StringMap<const NamedDecl *> assay::symbolsOf(ASTContext &Context) {
  SymbolWalk Walk(Context);
  Walk.walk(Context.getTranslationUnitDecl());
  return std::move(Walk.Found);
}
