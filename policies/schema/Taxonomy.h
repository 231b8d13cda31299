/// The clause tables of policies/standards/taxonomy.toml: rule families, standards, and which
/// clauses of a standard a family answers to. The links are an engineer's mapping unless they say
/// "published"; each keeps what it rests on.
///
/// It reads what the loaders need and leaves the rest of that file (evidence elements, sources) to
/// others.
#ifndef ASSAY_POLICIES_SCHEMA_TAXONOMY_H
#define ASSAY_POLICIES_SCHEMA_TAXONOMY_H

#include "policies/schema/Policy.h"
#include "policies/schema/TomlValue.h"

#include <optional>
#include <set>

namespace assay {

class Taxonomy {
public:
  static llvm::Expected<Taxonomy> load(PolicyTexts &Texts, const std::string &Path);

  std::vector<std::string> families() const;
  std::vector<std::string> classes() const; ///< product classes: "medical-device", "ivd"
  std::vector<std::string> standards() const;
  std::optional<Standard> standard(llvm::StringRef Key) const;

  /// Why a standard does not apply to a class, or nothing.
  std::optional<std::string> exclusion(llvm::StringRef Standard, llvm::StringRef Class) const;

  /// The clauses of a standard that a family answers to, in the order of the table.
  std::vector<Rule::Clause> clauses(llvm::StringRef Family, llvm::StringRef Standard) const;

private:
  llvm::Error check() const;
  const TomlValue *family(llvm::StringRef Id) const;
  std::string titleOf(const TomlValue &Standard, llvm::StringRef Clause) const;

  TomlValue File;
};

/// Numbers of the weaknesses in a table like policies/standards/cwe_names.csv (first column; one
/// line of heads).
llvm::Expected<std::set<int64_t>> loadWeaknesses(PolicyTexts &Texts, const std::string &Path);

} // namespace assay

#endif
