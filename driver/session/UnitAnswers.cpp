#include "driver/session/UnitAnswers.h"

#include "driver/session/KeptAnswers.h"
#include "driver/session/ResultFields.h"

using namespace assay;

/// A few states of each unit of a large program; most are of a few kilobytes.
static constexpr unsigned MostKept = 4096;

UnitAnswers::UnitAnswers(const std::string &Folder) {
  if (!Folder.empty())
    Kept = keptAnswers(Folder, "units", MostKept);
}

std::optional<std::vector<UnitFinding>> UnitAnswers::recall(const Digest &Key) const {
  const auto Found = Kept ? Kept->lookup(Key).Found : std::nullopt;
  return Found ? unarchived<std::vector<UnitFinding>>(*Found) : std::nullopt;
}

void UnitAnswers::keep(const Digest &Key, const std::vector<UnitFinding> &Found) const {
  if (Kept)
    llvm::consumeError(Kept->put(Key, archived(Found)));
}
