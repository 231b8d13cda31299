#include "driver/session/UnitAnswers.h"

#include "driver/session/ResultJson.h"
#include "driver/session/ToolDigest.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using namespace assay;

namespace assay {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(UnitFinding, What, Page)

} // namespace assay

/// A few states of each unit of a large program; most are of a few kilobytes.
static constexpr unsigned MostKept = 4096;

static std::string unitsFolderIn(const std::string &StoreDir) {
  llvm::SmallString<256> Dir(StoreDir);
  llvm::sys::path::append(Dir, "units");
  return Dir.str().str();
}

UnitAnswers::UnitAnswers(const std::string &StoreDir)
    : Kept(unitsFolderIn(StoreDir), toolDigest(), MostKept) {}

std::optional<std::vector<UnitFinding>> UnitAnswers::recall(const Digest &Key) const {
  const AnswerStore::Lookup L = Kept.lookup(Key);
  if (!L.Found)
    return std::nullopt;
  // The packaged reader reports by exception; none leaves this function.
  try {
    return nlohmann::json::from_cbor(*L.Found).get<std::vector<UnitFinding>>();
  } catch (const nlohmann::json::exception &) {
    return std::nullopt;
  }
}

void UnitAnswers::keep(const Digest &Key, const std::vector<UnitFinding> &Found) const {
  const std::vector<uint8_t> Bytes = nlohmann::json::to_cbor(nlohmann::json(Found));
  llvm::consumeError(Kept.put(Key, llvm::toStringRef(Bytes)));
}
