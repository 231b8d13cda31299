#include "driver/tidy/TidyHost.h"

#include "driver/session/FindProject.h"
#include "driver/session/PolicyMemory.h"
#include "policies/schema/Loader.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

TidyHost &TidyHost::get() {
  static auto *Host = new TidyHost; // to free policies and programs at the end is for nobody
  return *Host;
}

std::string assay::placeOf(StringRef Given, StringRef File) {
  if (Given.empty() || path::is_absolute(Given))
    return Given.str();
  llvm::SmallString<256> Place;
  for (StringRef Above = path::parent_path(File); !Above.empty();
       Above = path::parent_path(Above)) {
    path::append(Place = Above, Given);
    if (fs::exists(Place))
      return Place.str().str();
  }
  Place = Given;
  (void)fs::make_absolute(Place); // where there is no current folder it stays as given
  return Place.str().str();
}

std::string assay::rootOf(StringRef File) {
  const StringRef Folder = path::parent_path(File);
  if (const std::string Policy = nearestPolicy(Folder); !Policy.empty())
    return path::parent_path(Policy).str();
  llvm::SmallString<256> Marker;
  for (StringRef Above = Folder; !Above.empty(); Above = path::parent_path(Above)) {
    path::append(Marker = Above, ".git");
    if (fs::exists(Marker))
      return Above.str();
  }
  return Folder.str();
}

static PolicySources policySourcesOf(const std::string &File) {
  PolicySources Sources;
  Sources.DataDir = dataFolderOfPlugin();
  Sources.ProjectFile = File;
  Sources.ForHost = true;
  return Sources;
}

/// Looked for once: clang-tidy's options of a file do not change.
const std::string &TidyHost::policyFileOf(StringRef File, const TidyOptions &Options) {
  const auto [It, New] = PolicyFiles.try_emplace(File.str());
  if (New)
    It->second = Options.Policy.empty() ? nearestPolicy(path::parent_path(File))
                                        : placeOf(Options.Policy, File);
  return It->second;
}

static std::variant<Policy, TidyHost::Trouble> load(const PolicySources &Sources) {
  auto Loaded = loadPolicy(Sources);
  if (Loaded)
    return std::move(*Loaded);
  TidyHost::Trouble Texts;
  llvm::handleAllErrors(Loaded.takeError(),
                        [&](const llvm::ErrorInfoBase &E) { Texts.push_back(E.message()); });
  return Texts;
}

const std::variant<Policy, TidyHost::Trouble> &
TidyHost::policyFor(StringRef File, const TidyOptions &Options, const std::string &Kept) {
  const std::string Wanted = policyFileOf(File, Options);
  const auto Found = Policies.find(Wanted);
  if (Found != Policies.end())
    return Found->second;
  const PolicySources Sources = policySourcesOf(Wanted);
  const PolicyMemory Memory(Kept);
  if (auto Known = Memory.recall(Sources))
    return Policies.emplace(Wanted, std::move(*Known)).first->second;
  const auto &Loaded = Policies.emplace(Wanted, load(Sources)).first->second;
  if (const auto *Whole = std::get_if<Policy>(&Loaded))
    Memory.keep(Sources, *Whole);
  return Loaded;
}

std::optional<std::string> TidyHost::policyDigest(StringRef File, const TidyOptions &Options,
                                                  const std::string &Kept) {
  const std::string Wanted = policyFileOf(File, Options);
  if (const auto Found = Policies.find(Wanted); Found != Policies.end()) {
    const auto *Loaded = std::get_if<Policy>(&Found->second);
    return Loaded ? std::optional(Loaded->Digest) : std::nullopt;
  }
  const auto Known = Digests.find(Wanted);
  if (Known != Digests.end())
    return Known->second;
  std::optional<std::string> Digest = PolicyMemory(Kept).recallDigest(policySourcesOf(Wanted));
  if (Digest)
    Digests[Wanted] = *Digest;
  return Digest;
}

std::string TidyHost::folderToKeepIn(const StoredProgram *Program, const TidyOptions &Options) {
  if (Program && !fs::access(Program->storeDir(), fs::AccessMode::Write))
    return Program->storeDir();
  if (Options.Cache == "none")
    return Program ? Program->storeDir() : "";
  if (!Options.Cache.empty())
    return Options.Cache;
  llvm::SmallString<256> Own;
  if (!path::cache_directory(Own))
    return "";
  path::append(Own, "assay");
  return Own.str().str();
}

FileDigests *TidyHost::digestsKeptIn(const std::string &Folder, StringRef Root) {
  if (Folder.empty())
    return nullptr;
  llvm::SmallString<256> Index(Folder);
  path::append(Index, "files", hex(digestOf(Root)) + ".index");
  return &Contents.try_emplace(Index.str().str(), Index.str().str()).first->second;
}

std::shared_ptr<StoredProgram> TidyHost::programOf(StringRef File, const TidyOptions &Options,
                                                   std::vector<Note> &Notes) {
  const std::string Store = placeOf(Options.Store, File);
  for (const auto &[Dir, Known] : Programs)
    if (Dir == Store && Known->has(File))
      return Known;
  auto Found = StoredProgram::find(File, Store, Notes);
  if (Found)
    Programs.push_back({Store, Found});
  return Found;
}
