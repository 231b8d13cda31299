/// Which instantiations of system templates can lead to code of the unit itself: those that are
/// handed a type, function or object of it.
///
/// `std::make_unique<Pump>` calls Pump's constructor, perhaps itself a template that nothing else
/// instantiates; `std::vector<int>::push_back` cannot reach anything of the unit, so its body is of
/// no use here.
#ifndef ASSAY_ANALYSIS_EXTRACT_INSTANTIATIONFILTER_H
#define ASSAY_ANALYSIS_EXTRACT_INSTANTIATIONFILTER_H

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

namespace assay {

class InstantiationFilter {
public:
  explicit InstantiationFilter(const clang::SourceManager &Sources) : Sources(Sources) {}

  bool isSystem(const clang::Decl *D) const {
    return Sources.isInSystemHeader(Sources.getExpansionLoc(D->getLocation()));
  }
  bool leadsToProject(const clang::FunctionDecl *Function);

private:
  bool isOfProject(const clang::Decl *D);
  bool isOfProject(clang::QualType Type);
  bool isOfProject(const clang::TemplateArgument &Argument);
  bool isOfProject(llvm::ArrayRef<clang::TemplateArgument> Arguments);
  bool isMadeOfProject(const clang::Decl *D);

  const clang::SourceManager &Sources;
  llvm::DenseMap<const clang::Decl *, bool> Known;
};

} // namespace assay

#endif
