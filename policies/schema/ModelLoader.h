/// Models: which functions, values and fields of a library carry which role. Reads
/// policies/models/<library>.toml, the model files that a project names, and the rows of its
/// assay.toml.
///
/// It does not know which of those functions a program has.
#ifndef ASSAY_POLICIES_SCHEMA_MODELLOADER_H
#define ASSAY_POLICIES_SCHEMA_MODELLOADER_H

#include "policies/schema/Policy.h"
#include "policies/schema/Record.h"
#include "policies/schema/RoleLoader.h"

namespace assay {

/// The rows of one file, and the domains that they use, which only all files together can answer
/// for.
struct ModelRows {
  Model M;
  std::vector<Located<std::string>> DomainsUsed;
};

/// [[function]], [[value]], [[field]] and [[section]]: the same rows in a model file and in
/// assay.toml. `Roles` is null where only the schema is wanted.
template <class T> void addModelKeys(Record<T> &R, ModelRows T::*Rows, const RoleTable *Roles);

struct ModelFile {
  std::string Library, Versions, Source;
  ModelRows Rows;
};
Record<ModelFile> modelFileRecord(const RoleTable *Roles);

/// Readers of the four kinds of row, each appending to its place.
Reader<ModelRows> functionRows(const RoleTable *Roles);
Reader<ModelRows> valueRows();
Reader<ModelRows> fieldRows(const RoleTable *Roles);
Reader<ModelRows> sectionRows();

/// All models of a policy while they are being gathered.
class ModelTable {
public:
  /// Rows of one library join.
  void add(ModelRows Rows, const std::string &Library, const std::string &Source = "");
  /// Once all are there: no row contradicts another, and every domain used has numbers.
  llvm::Error check() const;
  std::vector<std::string> factNames() const;
  std::vector<Model> take() &&; ///< by library

private:
  llvm::Error checkDomains() const;

  std::map<std::string, Model> Libraries;
  std::vector<Located<std::string>> DomainsUsed;
};

template <class T> void addModelKeys(Record<T> &R, ModelRows T::*Rows, const RoleTable *Roles) {
  R.key("function", Presence::Optional, "functions that carry a role", Rows, functionRows(Roles));
  R.key("value", Presence::Optional, "what constants mean", Rows, valueRows());
  R.key("field", Presence::Optional, "fields whose assignment carries a role", Rows,
        fieldRows(Roles));
  R.key("section", Presence::Optional, "sections whose functions run without being called", Rows,
        sectionRows());
}

/// A declared algorithm is one that some model names.
llvm::Error checkDeclared(const Declarations &D, const std::vector<Model> &Models);

} // namespace assay

#endif
