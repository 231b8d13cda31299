#include "driver/session/ProgramMemory.h"

#include "driver/session/ToolDigest.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <nlohmann/json.hpp>

using namespace assay;

namespace assay {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(KnownUnit, Key, File, Directory, Images, IsSummarised,
                                   ContentHex)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Image, Path, Exports, ShowsHidden, Global, Local, GlobalCxx,
                                   KeptSymbols, KeptSections, Wrapped)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ProgramSources::File, Path, Hex, Reader)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ProgramSources::Folder, Path, Absent)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ProgramSources, Files, Folders)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(KnownProgram, Database, DatabaseHex, Units, Images, Sources)

} // namespace assay

/// Build folders of one checkout; who has more loses the oldest.
static constexpr size_t ProgramsOfRoot = 4;

static Digest keyOf(llvm::StringRef Root) {
  llvm::SmallString<256> Real;
  return digestOf(llvm::sys::fs::real_path(Root, Real) ? Root : llvm::StringRef(Real));
}

static std::string folderIn(const std::string &StoreDir) {
  llvm::SmallString<256> Dir(StoreDir);
  llvm::sys::path::append(Dir, "programs");
  return Dir.str().str();
}

static Note warning(std::string Text) {
  return {Level::Warning, std::move(Text), {}, /*InSarif=*/false};
}

ProgramMemory::ProgramMemory(const std::string &StoreDir)
    : Kept(folderIn(StoreDir), toolDigest()) {}

std::vector<KnownProgram> ProgramMemory::recall(llvm::StringRef Root,
                                                std::vector<Note> &Notes) const {
  AnswerStore::Lookup L = Kept.lookup(keyOf(Root));
  if (!L.Note.empty())
    Notes.push_back(warning(std::move(L.Note)));
  if (!L.Found)
    return {};
  // The packaged reader reports by exception; none leaves this function.
  try {
    return nlohmann::json::from_cbor(*L.Found).get<std::vector<KnownProgram>>();
  } catch (const nlohmann::json::exception &E) {
    Notes.push_back(
        warning(std::string("the store's record of the program is not used: ") + E.what()));
    return {};
  }
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
  const std::vector<uint8_t> Bytes = nlohmann::json::to_cbor(nlohmann::json(All));
  if (llvm::Error E = Kept.put(keyOf(Root), llvm::toStringRef(Bytes)))
    Notes.push_back(warning(llvm::toString(std::move(E))));
}

std::string assay::digestOfDatabase(llvm::StringRef Path) {
  auto Bytes = llvm::MemoryBuffer::getFile(Path);
  return Bytes ? hex(digestOf((*Bytes)->getBuffer())) : "";
}
