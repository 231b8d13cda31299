#include "driver/session/UnitAnswers.h"

#include "driver/session/KeptAnswers.h"
#include "driver/session/ResultFields.h"

using namespace assay;

/// A few states of each unit of a large program; most are of a few kilobytes.
static constexpr unsigned MostKept = 4096;
/// What somebody is editing; some hundred kilobytes each.
static constexpr unsigned MostLast = 128;
/// A few states of that; some ten kilobytes each.
static constexpr unsigned MostTexts = 512;

namespace assay {
ASSAY_FIELDS(UnitShape, Content, Places)
ASSAY_FIELDS(JudgedUnit, Shape, Found)
} // namespace assay

UnitAnswers::UnitAnswers(const std::string &Folder) {
  if (Folder.empty())
    return;
  Kept = keptAnswers(Folder, "units", MostKept);
  Last = keptAnswers(Folder, "edited", MostLast);
  Text = keptAnswers(Folder, "lexed", MostTexts);
}

std::optional<std::vector<UnitFinding>> UnitAnswers::recall(const Digest &Key) const {
  const auto Found = Kept ? Kept->lookup(Key).Found : std::nullopt;
  return Found ? unarchived<std::vector<UnitFinding>>(*Found) : std::nullopt;
}

void UnitAnswers::keep(const Digest &Key, const std::vector<UnitFinding> &Found) const {
  if (Kept)
    llvm::consumeError(Kept->put(Key, archived(Found)));
}

static std::optional<JudgedUnit> recallUnit(const std::optional<AnswerStore> &From,
                                            const Digest &Key) {
  const auto Found = From ? From->lookup(Key).Found : std::nullopt;
  return Found ? unarchived<JudgedUnit>(*Found) : std::nullopt;
}

static void keepUnit(const std::optional<AnswerStore> &In, const Digest &Key,
                     const JudgedUnit &Unit) {
  if (In)
    llvm::consumeError(In->put(Key, archived(Unit)));
}

std::optional<JudgedUnit> UnitAnswers::recallLast(const Digest &Key) const {
  return recallUnit(Last, Key);
}

void UnitAnswers::keepLast(const Digest &Key, const JudgedUnit &Unit) const {
  keepUnit(Last, Key, Unit);
}

std::optional<JudgedUnit> UnitAnswers::recallText(const Digest &Key) const {
  return recallUnit(Text, Key);
}

void UnitAnswers::keepText(const Digest &Key, const JudgedUnit &Unit) const {
  keepUnit(Text, Key, Unit);
}

bool UnitAnswers::hasText(const Digest &Key) const {
  return Text && Text->has(Key);
}
