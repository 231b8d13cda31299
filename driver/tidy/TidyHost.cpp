#include "driver/tidy/TidyHost.h"

#include "driver/session/FindProject.h"
#include "policies/schema/Loader.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

TidyHost &TidyHost::get() {
  static TidyHost Host;
  return Host;
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

static std::variant<Policy, TidyHost::Trouble> load(const std::string &File) {
  PolicySources Sources;
  Sources.DataDir = dataFolderOfPlugin();
  Sources.ProjectFile = File;
  auto Loaded = loadPolicy(Sources);
  if (Loaded)
    return std::move(*Loaded);
  TidyHost::Trouble Texts;
  llvm::handleAllErrors(Loaded.takeError(),
                        [&](const llvm::ErrorInfoBase &E) { Texts.push_back(E.message()); });
  return Texts;
}

const std::variant<Policy, TidyHost::Trouble> &TidyHost::policyFor(StringRef File,
                                                                   const TidyOptions &Options) {
  const std::string Wanted = Options.Policy.empty() ? nearestPolicy(path::parent_path(File))
                                                    : placeOf(Options.Policy, File);
  auto Found = Policies.find(Wanted);
  if (Found == Policies.end())
    Found = Policies.emplace(Wanted, load(Wanted)).first;
  return Found->second;
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
