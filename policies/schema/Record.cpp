#include "policies/schema/Record.h"

namespace assay {

using llvm::Error;

static std::vector<std::string> namesOf(llvm::ArrayRef<KeyInfo> Keys) {
  std::vector<std::string> Names;
  for (const KeyInfo &K : Keys)
    Names.push_back(K.Name);
  return Names;
}

Error checkKeys(const TomlValue &Table, llvm::ArrayRef<KeyInfo> Keys) {
  Error All = Error::success();
  for (const TomlMember &M : Table.Members)
    if (llvm::none_of(Keys, [&](const KeyInfo &K) { return K.Name == M.Key; }))
      All = joinErrors(std::move(All), errorAt(M.At, "unknown key '{0}' in {1}{2}", M.Key,
                                               Table.Name, didYouMean(M.Key, namesOf(Keys))));
  for (const KeyInfo &K : Keys)
    if (K.Need == Presence::Required && !Table.find(K.Name))
      All = joinErrors(std::move(All),
                       errorAt(Table.At, "{0} lacks '{1}': {2}", Table.Name, K.Name, K.Doc));
  return All;
}

llvm::json::Object recordSchema(llvm::StringRef Doc, llvm::ArrayRef<KeyInfo> Keys) {
  llvm::json::Object Properties;
  llvm::json::Array Required;
  for (const KeyInfo &K : Keys) {
    llvm::json::Object Property = K.Schema.object();
    Property["description"] = K.Doc;
    Properties[K.Name] = std::move(Property);
    if (K.Need == Presence::Required)
      Required.push_back(K.Name);
  }
  llvm::json::Object Schema{{"type", "object"},
                            {"description", Doc.str()}, // a bare StringRef would not be copied
                            {"properties", std::move(Properties)},
                            {"additionalProperties", false}};
  if (!Required.empty())
    Schema["required"] = std::move(Required);
  return Schema;
}

} // namespace assay
