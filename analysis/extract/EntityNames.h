/// The two names of a declaration: the EntityName, by which units are joined, and the qualified
/// name that people write.
///
/// An EntityName is Clang's USR. Where a USR does not tell two things apart - whatever has no
/// external linkage, records and enums without a name, lambdas, things inside functions - "@" and
/// the stored path of the declaration follows, and for what has no name of its own line and column
/// too. A mutable static of a header gets the path of the main file, for there is one in each unit;
/// other statics of a header are one and the same text in each. It does not say which declarations
/// belong into a summary.
#ifndef ASSAY_ANALYSIS_EXTRACT_ENTITYNAMES_H
#define ASSAY_ANALYSIS_EXTRACT_ENTITYNAMES_H

#include "analysis/extract/LocTable.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

#include <string>

namespace assay {

class EntityNames {
public:
  explicit EntityNames(LocTable &Locs) : Locs(Locs) {}

  std::string nameOf(const clang::NamedDecl *D);
  std::string qualifiedNameOf(const clang::NamedDecl *D);

private:
  std::string ownName(const clang::NamedDecl *D);
  /// What follows the USR; empty for whatever is known to the whole program.
  std::string placeOf(const clang::NamedDecl *D);
  std::string fileOf(const clang::NamedDecl *D);
  std::string positionOf(const clang::NamedDecl *D);

  LocTable &Locs;
};

/// The field through which a lambda reaches a captured variable has no name; it is named after the
/// variable.
const clang::ValueDecl *capturedVariable(const clang::FieldDecl *Field);

/// The name that code uses for a tag: its own, or that of the typedef it was declared in. May be
/// empty.
llvm::StringRef writtenName(const clang::TagDecl *Tag);

} // namespace assay

#endif
