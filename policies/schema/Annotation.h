/// A model's row written in the source: __attribute__((annotate("assay: role = '...', bind =
/// {...}"))), which docs/assay.h spells ASSAY(...). The text is what a row of assay.toml says
/// without its name: a [[function]] row at a function, [[field]] at a field, [[value]] at a
/// variable or an enumerator.
#ifndef ASSAY_POLICIES_SCHEMA_ANNOTATION_H
#define ASSAY_POLICIES_SCHEMA_ANNOTATION_H

#include "policies/schema/Policy.h"

#include "llvm/Support/Error.h"

namespace assay {

/// Reads such texts against the roles of one policy.
class AnnotationReader {
public:
  explicit AnnotationReader(const Policy &Rules);
  ~AnnotationReader();

  static bool isOurs(llvm::StringRef Annotation);
  /// `Name` is the qualified name that the row is for. The error says what is wrong, not where: the
  /// caller knows the place.
  llvm::Expected<FunctionModel> function(llvm::StringRef Annotation, llvm::StringRef Name) const;
  llvm::Expected<FieldModel> field(llvm::StringRef Annotation, llvm::StringRef Name) const;
  llvm::Expected<ValueModel> value(llvm::StringRef Annotation, llvm::StringRef Name) const;

private:
  struct State;
  std::unique_ptr<State> Own;
};

} // namespace assay

#endif
