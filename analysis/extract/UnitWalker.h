/// Finds what a unit defines outside system headers: functions with bodies, variables with storage.
///
/// Templates count by their instantiations. Declarations are walked, not statements: what only a
/// body leads to (implicit members, lambdas, static locals) is added when that body is translated.
#ifndef ASSAY_ANALYSIS_EXTRACT_UNITWALKER_H
#define ASSAY_ANALYSIS_EXTRACT_UNITWALKER_H

#include "analysis/extract/UnitContext.h"

#include "clang/AST/DeclTemplate.h"

namespace assay {

class UnitWalker {
public:
  /// `HasErrors`: a body that an instantiation lacks may be one that could not be instantiated.
  UnitWalker(UnitContext &Unit, bool HasErrors) : Unit(Unit), HasErrors(HasErrors) {}

  void walkUnit() { walkDeclarations(Unit.Context.getTranslationUnitDecl()); }
  /// What is declared inside a function: local classes and the closures of lambdas.
  void walkLocals(const clang::FunctionDecl *Function);

  /// Functions that have a body in the source and none in the AST.
  const llvm::SetVector<const clang::FunctionDecl *> &lost() const { return Lost; }

private:
  void walkDeclarations(const clang::DeclContext *Context);
  void walk(const clang::Decl *D);
  void walkFunction(const clang::FunctionDecl *Function);
  void walkVariable(const clang::VarDecl *Variable);
  void noteSymbol(const clang::NamedDecl *D);
  void walkTemplate(const clang::TemplateDecl *Template);

  bool isLost(const clang::FunctionDecl *Function) const;

  UnitContext &Unit;
  const bool HasErrors;
  bool HasSymbols = false; ///< the entity table knows what aliases may name
  llvm::SetVector<const clang::FunctionDecl *> Lost;
};

} // namespace assay

#endif
