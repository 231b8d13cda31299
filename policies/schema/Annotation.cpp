#include "policies/schema/Annotation.h"

#include "policies/schema/ModelLoader.h"
#include "policies/schema/PolicyError.h"

namespace assay {

using llvm::Error;
using llvm::StringRef;

static constexpr StringRef Prefix = "assay:";

struct AnnotationReader::State {
  RoleTable Roles;
  Reader<ModelRows> Functions{functionRows(nullptr)};
  Reader<ModelRows> Fields{fieldRows(nullptr)};
  Reader<ModelRows> Values{valueRows()};
};

AnnotationReader::AnnotationReader(const Policy &Rules) : Own(std::make_unique<State>()) {
  // They were read together before, so none is declared twice.
  cantFail(Own->Roles.add(Rules.Roles));
  Own->Functions = functionRows(&Own->Roles);
  Own->Fields = fieldRows(&Own->Roles);
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

/// The one row of its kind that the text is.
template <class Row>
static llvm::Expected<Row> onlyRow(StringRef Annotation, StringRef Name,
                                   const Reader<ModelRows> &Kind, std::vector<Row> Model::*Where) {
  Annotation.consume_front(Prefix);
  // A row cannot end early and say something else: one line, one table.
  if (Annotation.contains('\n'))
    return llvm::createStringError("it has more than one line");
  auto File =
      parseToml(("row = [{ name = 'here::here', " + Annotation.trim() + " }]").str(), "annotation");
  if (!File)
    return withoutPlaces(File.takeError());
  ModelRows Rows;
  if (Error E = Kind.Read(*File->find("row"), Rows))
    return withoutPlaces(std::move(E));
  std::vector<Row> &Found = Rows.M.*Where;
  if (File->Members.size() != 1 || Found.size() != 1)
    return llvm::createStringError("it is not one row");
  Row M = std::move(Found.front());
  M.Name = {Name.str(), {}};
  M.Library = "project";
  return M;
}

llvm::Expected<FunctionModel> AnnotationReader::function(StringRef Annotation,
                                                         StringRef Name) const {
  return onlyRow(Annotation, Name, Own->Functions, &Model::Functions);
}

llvm::Expected<FieldModel> AnnotationReader::field(StringRef Annotation, StringRef Name) const {
  return onlyRow(Annotation, Name, Own->Fields, &Model::Fields);
}

llvm::Expected<ValueModel> AnnotationReader::value(StringRef Annotation, StringRef Name) const {
  return onlyRow(Annotation, Name, Own->Values, &Model::Values);
}

} // namespace assay
