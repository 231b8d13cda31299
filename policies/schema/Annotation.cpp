#include "policies/schema/Annotation.h"

#include "policies/schema/ModelLoader.h"
#include "policies/schema/PolicyError.h"

namespace assay {

using llvm::Error;
using llvm::StringRef;

static constexpr StringRef Prefix = "assay:";

struct AnnotationReader::State {
  RoleTable Roles;
  Reader<ModelRows> Rows{functionRows(nullptr)};
};

AnnotationReader::AnnotationReader(const Policy &Rules) : Own(std::make_unique<State>()) {
  // They were read together before, so none is declared twice.
  cantFail(Own->Roles.add(Rules.Roles));
  Own->Rows = functionRows(&Own->Roles);
}

AnnotationReader::~AnnotationReader() = default;

bool AnnotationReader::isOurs(StringRef Annotation) {
  return Annotation.starts_with(Prefix);
}

/// Without the place: lines and columns are those of the text around the row.
static Error withoutPlaces(Error E) {
  std::string Said;
  handleAllErrors(std::move(E), [&](const llvm::ErrorInfoBase &Base) {
    if (!Said.empty())
      Said += "; ";
    Said += Base.isA<PolicyError>() ? static_cast<const PolicyError &>(Base).Text : Base.message();
  });
  return llvm::createStringError(Said);
}

llvm::Expected<FunctionModel> AnnotationReader::read(StringRef Annotation,
                                                     StringRef Function) const {
  Annotation.consume_front(Prefix);
  // A row cannot end early and say something else: one line, one table.
  if (Annotation.contains('\n'))
    return llvm::createStringError("it has more than one line");
  auto File =
      parseToml(("row = [{ name = 'here', " + Annotation.trim() + " }]").str(), "annotation");
  if (!File)
    return withoutPlaces(File.takeError());
  ModelRows Rows;
  const TomlValue *Row = File->find("row");
  if (Error E = Own->Rows.Read(*Row, Rows))
    return withoutPlaces(std::move(E));
  if (File->Members.size() != 1 || Rows.M.Functions.size() != 1)
    return llvm::createStringError("it is not one row");
  FunctionModel M = std::move(Rows.M.Functions.front());
  M.Name.Value = Function.str();
  M.Library = "project";
  return M;
}

} // namespace assay
