#include "driver/session/Answers.h"

#include "driver/session/KeptAnswers.h"
#include "driver/session/ResultFields.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace assay;

namespace assay {

ASSAY_FIELDS(Answers, Cover, Verdicts, Findings, Sites, Entries, Notes)

} // namespace assay

namespace {

Note warning(std::string Text) {
  return {Level::Warning, std::move(Text), {}, /*InSarif=*/false};
}

} // namespace

AnswerMemory::AnswerMemory(const std::string &StoreDir, const Policy &Rules, const Gathered &All) {
  if (StoreDir.empty())
    return;
  Kept = keptAnswers(StoreDir, "answers");

  KeyMaker Parts;
  Parts.text(Rules.Digest);
  for (const Image &I : All.Images)
    I.texts([&](const std::string &Text) { Parts.text(Text); });
  for (const Unit &U : All.Units) {
    Parts.text(llvm::toStringRef(U.Checksum));
    Parts.number(U.Images.size());
    for (uint32_t Image : U.Images)
      Parts.number(Image);
  }
  // What could not be summarised is part of what the answers rest on.
  for (const UnitCoverage &C : All.Coverage) {
    Parts.text(C.File);
    Parts.number(static_cast<uint64_t>(C.Outcome));
  }
  Key = Parts.take();
}

std::optional<Answers> AnswerMemory::recall(std::vector<Note> &Notes) const {
  if (!Kept)
    return std::nullopt;
  AnswerStore::Lookup L = Kept->lookup(Key);
  if (!L.Note.empty())
    Notes.push_back(warning(std::move(L.Note)));
  if (!L.Found)
    return std::nullopt;
  auto Known = unarchived<Answers>(*L.Found);
  if (!Known)
    Notes.push_back(warning("kept answers are not used: they are not the answers of a run"));
  return Known;
}

void AnswerMemory::keep(const Answers &A, std::vector<Note> &Notes) const {
  if (!Kept)
    return;
  if (llvm::Error E = Kept->put(Key, archived(A)))
    Notes.push_back(warning(llvm::toString(std::move(E))));
}
