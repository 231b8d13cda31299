#include "driver/tidy/CheckNames.h"

#include "driver/session/FindProject.h"
#include "policies/schema/Loader.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <set>

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;

std::string assay::checkNameOf(StringRef PageId) {
  std::string Name = "assay-" + PageId.str();
  std::replace(Name.begin(), Name.end(), '/', '-');
  return Name;
}

/// Of this process: clang-tidy tells a plugin nothing before it asks for the checks, and never what
/// it gives the compiler besides. Up to "--" and with it.
static std::vector<std::string> wordsOfCommandLine() {
  std::vector<std::string> Words;
  auto Text = llvm::MemoryBuffer::getFileAsStream("/proc/self/cmdline");
  if (!Text)
    return Words;
  for (StringRef Rest = (*Text)->getBuffer(), Word; !Rest.empty();) {
    std::tie(Word, Rest) = Rest.split('\0');
    Words.push_back(Word.str());
    if (Word == "--") // the compiler's words follow
      break;
  }
  return Words;
}

std::vector<std::string> assay::namesToRegister() {
  std::set<std::string> Folders, Policies, Names;
  llvm::SmallString<256> Here;
  if (!fs::current_path(Here))
    Folders.insert(Here.str().str());
  for (const std::string &Word : wordsOfCommandLine()) {
    llvm::SmallString<256> Path(Word);
    if (!StringRef(Word).starts_with("-") && !fs::make_absolute(Path) && fs::is_regular_file(Path))
      Folders.insert(llvm::sys::path::parent_path(Path).str());
  }
  for (const std::string &Folder : Folders)
    Policies.insert(nearestPolicy(Folder));
  PolicySources Sources;
  Sources.DataDir = dataFolderOfPlugin();
  Policies.insert("");
  for (const std::string &File : Policies) {
    Sources.ProjectFile = File;
    for (const std::string &Id : pageIds(Sources))
      Names.insert(checkNameOf(Id));
  }
  return {Names.begin(), Names.end()};
}

bool assay::hasWordsForCompiler() {
  return llvm::any_of(wordsOfCommandLine(), [](StringRef Word) {
    return Word == "--" || Word.ltrim('-').starts_with("extra-arg");
  });
}
