#include "driver/session/PolicyMemory.h"

#include "driver/session/KeptAnswers.h"
#include "driver/session/PolicyFields.h"
#include "driver/session/StampFields.h"
#include "policies/schema/PolicyTexts.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace assay;

namespace assay {

/// What is looked at before a policy is believed. A part without a stamp is read each time.
struct KeptPart {
  PolicyPart Part;
  std::optional<FileStamp> At;
};

struct KeptPolicy {
  std::string Digest;
  std::vector<KeptPart> Parts;
};

ASSAY_FIELDS(KeptPart, Part, At)
ASSAY_FIELDS(KeptPolicy, Digest, Parts)

} // namespace assay

/// Two for each policy; a store serves few projects, and a person's folder some more.
static constexpr unsigned MostKept = 64;

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

/// Where the policy itself lies: its places name the files of these sources.
static Digest keyOfWhole(const PolicySources &Sources, const std::string &PolicyDigest) {
  KeyMaker Key;
  Key.digest(keyOf(Sources));
  Key.text(PolicyDigest);
  return Key.take();
}

static std::optional<FileStamp> stampNow(const PolicyPart &Part) {
  return stampOf(Part.Path.c_str(), Part.IsFolder ? Stamped::Folder : Stamped::File);
}

static bool holdsItsText(const PolicyPart &Part) {
  if (Part.IsFolder)
    return digestOfFolder(Part.Path) == Part.Hex;
  const auto Text = llvm::MemoryBuffer::getFile(Part.Path, /*IsText=*/true);
  return Text && hex(digestOf((*Text)->getBuffer())) == Part.Hex;
}

/// With its stamp, if that may be believed.
static KeptPart lookAt(const PolicyPart &Part) {
  const int64_t Now = nowNs();
  const std::optional<FileStamp> At = stampNow(Part);
  if (At && isAtRest(*At, Now) && holdsItsText(Part))
    return {Part, At};
  return {Part, std::nullopt};
}

PolicyMemory::PolicyMemory(const std::string &Folder) {
  if (!Folder.empty())
    Kept = keptAnswers(Folder, "policies", MostKept);
}

std::optional<std::string> PolicyMemory::recallDigest(const PolicySources &Sources) const {
  const auto Found = Kept ? Kept->lookup(keyOf(Sources)).Found : std::nullopt;
  auto Known = Found ? unarchived<KeptPolicy>(*Found) : std::nullopt;
  if (!Known)
    return std::nullopt;
  bool IsSlow = false;
  for (KeptPart &Each : Known->Parts) {
    if (Each.At && stampNow(Each.Part) == Each.At)
      continue;
    if (!holdsItsText(Each.Part))
      return std::nullopt;
    // Touched, or another checkout of the same: its new stamp does next time.
    KeptPart Now = lookAt(Each.Part);
    IsSlow |= Now.At.has_value();
    Each = std::move(Now);
  }
  if (IsSlow)
    llvm::consumeError(Kept->put(keyOf(Sources), archived(*Known)));
  return Known->Digest;
}

std::optional<Policy> PolicyMemory::recall(const PolicySources &Sources) const {
  const std::optional<std::string> Digest = recallDigest(Sources);
  const auto Found = Digest ? Kept->lookup(keyOfWhole(Sources, *Digest)).Found : std::nullopt;
  return Found ? unarchived<Policy>(*Found) : std::nullopt;
}

void PolicyMemory::keep(const PolicySources &Sources, const Policy &Loaded) const {
  if (!Kept)
    return;
  KeptPolicy Head{Loaded.Digest, {}};
  for (const PolicyPart &Part : Loaded.Parts)
    Head.Parts.push_back(lookAt(Part));
  if (llvm::Error E = Kept->put(keyOfWhole(Sources, Loaded.Digest), archived(Loaded)))
    return llvm::consumeError(std::move(E));
  llvm::consumeError(Kept->put(keyOf(Sources), archived(Head)));
}
