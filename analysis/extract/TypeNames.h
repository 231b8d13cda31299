/// Canonical types as strings, each printed once per unit. No path or position ever gets into one.
#ifndef ASSAY_ANALYSIS_EXTRACT_TYPENAMES_H
#define ASSAY_ANALYSIS_EXTRACT_TYPENAMES_H

#include "analysis/extract/StringTable.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/PrettyPrinter.h"

namespace assay {

class TypeNames {
public:
  TypeNames(const clang::ASTContext &Context, StringTable &Strings)
      : Policy(Context.getPrintingPolicy()), Strings(Strings) {
    Policy.AnonymousTagLocations = false;
    // Else a macro `bool` decides, and who has the parser: a type has one name in all units.
    Policy.Bool = Context.getLangOpts().Bool;
  }

  uint32_t nameOf(clang::QualType Type) {
    if (Type.isNull())
      return 0;
    const clang::QualType Canonical = Type.getCanonicalType();
    auto [It, New] = Names.try_emplace(Canonical.getAsOpaquePtr(), 0);
    if (New)
      It->second = Strings.intern(Canonical.getAsString(Policy));
    return It->second;
  }

private:
  clang::PrintingPolicy Policy;
  StringTable &Strings;
  llvm::DenseMap<void *, uint32_t> Names;
};

} // namespace assay

#endif
