#include "driver/session/CheckedFindings.h"

#include "driver/session/KeptAnswers.h"
#include "driver/session/ResultFields.h"
#include "policies/schema/Loader.h"

using namespace assay;

static Digest keyOf(const Digest &Program, llvm::StringRef PolicyDigest) {
  KeyMaker Key;
  Key.digest(Program);
  Key.text(digestOfJudging(PolicyDigest));
  return Key.take();
}

CheckedFindings::CheckedFindings(const std::string &StoreDir)
    : Kept(keptAnswers(StoreDir, "checked")) {}

/// The findings of a file are bytes of their own, so that a reader of one unit makes no others.
using ByFile = std::map<std::string, std::string>;

std::optional<std::vector<UnitFinding>>
CheckedFindings::recall(const Digest &Program, llvm::StringRef PolicyDigest,
                        const std::set<std::string> &Files) const {
  const AnswerStore::Lookup L = Kept.lookup(keyOf(Program, PolicyDigest));
  const auto All = L.Found ? unarchived<ByFile>(*L.Found) : std::nullopt;
  if (!All)
    return std::nullopt;
  std::vector<UnitFinding> Mine;
  for (const std::string &File : Files) {
    const auto Found = All->find(File);
    if (Found == All->end())
      continue;
    auto Some = unarchived<std::vector<UnitFinding>>(Found->second);
    if (!Some)
      return std::nullopt;
    Mine.insert(Mine.end(), std::make_move_iterator(Some->begin()),
                std::make_move_iterator(Some->end()));
  }
  return Mine;
}

void CheckedFindings::keep(const Digest &Program, const Policy &Rules,
                           const std::vector<Finding> &Found) const {
  const Digest Key = keyOf(Program, Rules.Digest);
  if (Kept.has(Key))
    return;
  std::map<std::string, std::vector<UnitFinding>> Sorted;
  for (const Finding &F : Found)
    Sorted[F.At.File].push_back({F, pageFileOf(F.Check, Rules)});
  ByFile All;
  for (const auto &[File, Some] : Sorted)
    All[File] = archived(Some);
  llvm::consumeError(Kept.put(Key, archived(All)));
}

std::string assay::pageFileOf(const std::string &Check, const Policy &Rules) {
  for (const CheckPage &Page : Rules.Checks)
    if (Page.Id == Check)
      return Page.At.File ? *Page.At.File : "";
  return "";
}
