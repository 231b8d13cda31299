#include "driver/session/ProgramMemory.h"

#include "analysis/store/Archive.h"
#include "driver/session/KeptAnswers.h"
#include "driver/session/StampFields.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace assay;

namespace assay {

ASSAY_FIELDS(KnownUnit, Key, File, Directory, Images, IsSummarised, ContentHex)
ASSAY_FIELDS(Image, Path, Exports, ShowsHidden, Global, Local, GlobalCxx, KeptSymbols, KeptSections,
             Wrapped)
ASSAY_FIELDS(ProgramSources::File, Path, Content, Reader)
ASSAY_FIELDS(ProgramSources::Folder, Path, Absent, At)
ASSAY_FIELDS(ProgramSources, Files, Folders)
ASSAY_FIELDS(KnownProgram, Database, DatabaseHex, Units, Images, Sources)

} // namespace assay

/// Build folders of one checkout; who has more loses the oldest.
static constexpr size_t ProgramsOfRoot = 4;

static Digest keyOf(llvm::StringRef Root) {
  llvm::SmallString<256> Real;
  return digestOf(llvm::sys::fs::real_path(Root, Real) ? Root : llvm::StringRef(Real));
}

static Note warning(std::string Text) {
  return {Level::Warning, std::move(Text), {}, /*InSarif=*/false};
}

ProgramMemory::ProgramMemory(const std::string &StoreDir)
    : Kept(keptAnswers(StoreDir, "programs")) {}

std::vector<KnownProgram> ProgramMemory::recall(llvm::StringRef Root,
                                                std::vector<Note> &Notes) const {
  AnswerStore::Lookup L = Kept.lookup(keyOf(Root));
  if (!L.Note.empty())
    Notes.push_back(warning(std::move(L.Note)));
  if (!L.Found)
    return {};
  auto Known = unarchived<std::vector<KnownProgram>>(*L.Found);
  if (!Known)
    Notes.push_back(warning("the store's record of the program is not used: it is none"));
  return Known ? std::move(*Known) : std::vector<KnownProgram>();
}

void ProgramMemory::keep(llvm::StringRef Root, KnownProgram P,
                         llvm::function_ref<ProgramSources()> Sources,
                         std::vector<Note> &Notes) const {
  std::vector<Note> Unusable; // it is replaced
  std::vector<KnownProgram> All = recall(Root, Unusable);
  if (!All.empty()) {
    P.Sources = All.front().Sources;
    if (All.front() == P)
      return;
  }
  P.Sources = Sources();
  std::erase_if(All, [&](const KnownProgram &Old) { return Old.Database == P.Database; });
  All.insert(All.begin(), std::move(P));
  if (All.size() > ProgramsOfRoot)
    All.resize(ProgramsOfRoot);
  if (llvm::Error E = Kept.put(keyOf(Root), archived(All)))
    Notes.push_back(warning(llvm::toString(std::move(E))));
}

Digest assay::digestAround(const std::vector<KnownUnit> &Units, const std::vector<Image> &Images,
                           size_t Index) {
  KeyMaker Out;
  Out.number(Index);
  for (size_t I = 0; I != Units.size(); ++I) {
    const KnownUnit &U = Units[I];
    if (I == Index) // what it was does not matter; its key stands for the command
      Out.digest(U.Key);
    else
      Out.text(U.ContentHex);
    Out.number(U.IsSummarised);
    Out.number(U.Images.size());
    for (uint32_t Image : U.Images)
      Out.number(Image);
  }
  for (const Image &I : Images)
    I.texts([&](const std::string &Text) { Out.text(Text); });
  return Out.take();
}

std::string assay::digestOfDatabase(llvm::StringRef Path) {
  auto Bytes = llvm::MemoryBuffer::getFile(Path);
  return Bytes ? hex(digestOf((*Bytes)->getBuffer())) : "";
}
