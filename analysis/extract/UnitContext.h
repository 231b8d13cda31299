/// What the translation of all bodies of one unit shares.
#ifndef ASSAY_ANALYSIS_EXTRACT_UNITCONTEXT_H
#define ASSAY_ANALYSIS_EXTRACT_UNITCONTEXT_H

#include "analysis/extract/EntityTable.h"

#include "llvm/ADT/SetVector.h"

namespace assay {

struct UnitContext {
  UnitContext(clang::ASTContext &Context, const FileTable &Files)
      : Context(Context), Locs(Context.getSourceManager(), Context.getLangOpts(), Files, Strings),
        Types(Context, Strings), Entities(Context, Strings, Locs, Types) {}

  /// Asks for the body of `F`, if it has one outside system headers.
  void wantBody(const clang::FunctionDecl *F) {
    const clang::FunctionDecl *Definition = nullptr;
    // What turns a lambda into a function pointer has no body worth the name; calls are led to the
    // call operator.
    const auto *Method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(F);
    if (Method &&
        (Method->isLambdaStaticInvoker() ||
         (Method->getParent()->isLambda() && llvm::isa<clang::CXXConversionDecl>(Method))))
      return;
    // Where nothing is to be done, callers do without a call.
    if (F && F->isDefaulted() && F->isTrivial())
      return;
    if (F && F->isDefined(Definition) && !Definition->isDeleted() &&
        !Definition->isDependentContext() && !Locs.isInSystemHeader(Definition->getLocation()))
      Functions.insert(Definition);
  }

  /// A static local whose initialiser runs when control first reaches it, in C++: part of the
  /// function's body. Others are initialised before the program starts.
  bool initialisesWhenReached(const clang::VarDecl *V) const {
    return V->getInit() && Context.getLangOpts().CPlusPlus && !V->getInit()->isValueDependent() &&
           !V->hasConstantInitialization();
  }

  clang::ASTContext &Context;
  StringTable Strings;
  LocTable Locs;
  TypeNames Types;
  EntityTable Entities;
  /// Functions whose bodies are wanted: those that the walk over declarations finds, and those that
  /// only a body leads to (implicit members, call operators of lambdas). Their order is that of
  /// discovery.
  llvm::SetVector<const clang::FunctionDecl *> Functions;
  /// Variables with static storage, likewise.
  llvm::SetVector<const clang::VarDecl *> Variables;
};

} // namespace assay

#endif
