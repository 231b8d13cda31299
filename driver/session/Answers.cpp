#include "driver/session/Answers.h"

#include "driver/session/ResultJson.h"
#include "driver/session/ToolDigest.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace assay;

namespace assay {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Answers, Cover, Verdicts, Findings, Sites, Entries, Notes)

} // namespace assay

namespace {

Note warning(std::string Text) {
  return {Level::Warning, std::move(Text), {}, /*InSarif=*/false};
}

} // namespace

AnswerMemory::AnswerMemory(const std::string &StoreDir, const Policy &Rules, const Gathered &All) {
  if (StoreDir.empty())
    return;
  llvm::SmallString<256> Dir(StoreDir);
  llvm::sys::path::append(Dir, "answers");
  Kept.emplace(Dir, toolDigest());

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
  // The packaged reader reports by exception; none leaves this function.
  try {
    return nlohmann::json::from_cbor(*L.Found).get<Answers>();
  } catch (const nlohmann::json::exception &E) {
    Notes.push_back(warning(std::string("kept answers are not used: ") + E.what()));
    return std::nullopt;
  }
}

void AnswerMemory::keep(const Answers &A, std::vector<Note> &Notes) const {
  if (!Kept)
    return;
  const std::vector<uint8_t> Bytes = nlohmann::json::to_cbor(nlohmann::json(A));
  if (llvm::Error E = Kept->put(Key, llvm::toStringRef(Bytes)))
    Notes.push_back(warning(llvm::toString(std::move(E))));
}
