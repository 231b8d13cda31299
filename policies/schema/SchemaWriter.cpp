#include "policies/schema/SchemaWriter.h"

#include "policies/schema/CandidateLoader.h"
#include "policies/schema/FamilyLoader.h"
#include "policies/schema/ModelLoader.h"
#include "policies/schema/PageHead.h"
#include "policies/schema/ProfileLoader.h"
#include "policies/schema/ProjectLoader.h"
#include "policies/schema/ToolchainFile.h"
#include "policies/schema/VocabularyLoader.h"

namespace assay {

using llvm::json::Object;

namespace {

struct Format {
  const char *Name;
  const char *Title;
  Object (*Schema)();
};

// By name.
const Format Formats[] = {
    {"assay", "assay.toml", [] { return projectRecord(nullptr).schema(); }},
    {"candidates", "policies/candidates.toml", [] { return candidateRecord().schema(); }},
    {"family", "policies/toolchains/<family>.toml", [] { return familyRecord().schema(); }},
    {"model", "policies/models/<library>.toml", [] { return modelFileRecord(nullptr).schema(); }},
    {"page", "head of checks/<family>/<name>.md", [] { return pageHeadRecord(nullptr).schema(); }},
    {"profile", "policies/profiles/<name>.toml", [] { return profileRecord().schema(); }},
    {"roles", "policies/models/roles.toml", [] { return roleFileRecord().schema(); }},
    {"toolchain", "a file of assay toolchain save",
     [] { return toolchainProfileRecord().schema(); }},
    {"vocabulary", "policies/vocabulary/<name>.toml", [] { return vocabularyRecord().schema(); }},
};

} // namespace

std::vector<std::string> schemaNames() {
  std::vector<std::string> Names;
  for (const Format &F : Formats)
    Names.push_back(F.Name);
  return Names;
}

llvm::Expected<std::string> schemaText(llvm::StringRef Name) {
  for (const Format &F : Formats) {
    if (Name != F.Name)
      continue;
    Object Schema = F.Schema();
    Schema["$schema"] = "http://json-schema.org/draft-07/schema#";
    Schema["title"] = F.Title;
    return llvm::formatv("{0:2}\n", llvm::json::Value(std::move(Schema))).str();
  }
  return errorAt({}, "no schema is named '{0}'{1}", Name, didYouMean(Name, schemaNames()));
}

} // namespace assay
