#include "driver/session/PolicyMemory.h"

#include "driver/session/ToolDigest.h"
#include "policies/schema/PolicyTexts.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

#include <nlohmann/json.hpp>

using namespace assay;

namespace assay {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PolicyPart, Path, Hex, IsFolder)

} // namespace assay

static std::string placeIn(const std::string &StoreDir, const char *Name) {
  llvm::SmallString<256> Place(StoreDir);
  llvm::sys::path::append(Place, "policies", Name);
  return Place.str().str();
}

static Digest keyOf(const PolicySources &Sources) {
  KeyMaker Key;
  Key.text(Sources.DataDir);
  Key.text(Sources.ProjectFile);
  Key.text(Sources.ProfileOverride);
  Key.number(Sources.ForHost);
  for (const auto *List : {&Sources.CheckFolders, &Sources.OnlyChecks, &Sources.QueryDrivers,
                           &Sources.ToolchainFiles}) {
    Key.number(List->size());
    for (const std::string &Text : *List)
      Key.text(Text);
  }
  return Key.take();
}

PolicyMemory::PolicyMemory(const std::string &StoreDir)
    : Kept(placeIn(StoreDir, ""), toolDigest()), Files(placeIn(StoreDir, "files.index")) {}

std::optional<std::string> PolicyMemory::recall(const PolicySources &Sources) {
  const AnswerStore::Lookup L = Kept.lookup(keyOf(Sources));
  if (!L.Found)
    return std::nullopt;
  // The packaged reader reports by exception; none leaves this function.
  try {
    const auto Known =
        nlohmann::json::from_cbor(*L.Found).get<std::pair<std::string, std::vector<PolicyPart>>>();
    for (const PolicyPart &Part : Known.second) {
      if (Part.IsFolder && digestOfFolder(Part.Path) != Part.Hex)
        return std::nullopt;
      if (Part.IsFolder)
        continue;
      const std::optional<Digest> Now = Files.digestOf(Part.Path);
      if (!Now || hex(*Now) != Part.Hex)
        return std::nullopt;
    }
    return Known.first;
  } catch (const nlohmann::json::exception &) {
    return std::nullopt;
  }
}

void PolicyMemory::keep(const PolicySources &Sources, const Policy &Loaded) {
  const std::vector<uint8_t> Bytes =
      nlohmann::json::to_cbor(nlohmann::json(std::pair(Loaded.Digest, Loaded.Parts)));
  if (llvm::Error E = Kept.put(keyOf(Sources), llvm::toStringRef(Bytes)))
    return llvm::consumeError(std::move(E));
  for (const PolicyPart &Part : Loaded.Parts)
    if (!Part.IsFolder)
      Files.digestOf(Part.Path);
  llvm::consumeError(Files.save());
}
