#include "driver/session/FindProject.h"

#include "analysis/model/Paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <dlfcn.h>

using namespace assay;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

std::string joined(llvm::StringRef Folder, llvm::StringRef Name) {
  llvm::SmallString<256> P(Folder);
  path::append(P, Name);
  return P.str().str();
}

std::string absolute(llvm::StringRef P) {
  llvm::SmallString<256> Out(P);
  if (auto EC = fs::make_absolute(Out))
    return P.str();
  path::remove_dots(Out, /*remove_dot_dot=*/true);
  return Out.str().str();
}

/// The nearest folder at or above `Folder` that holds one of these; empty if there is none.
std::string upward(std::string Folder, llvm::ArrayRef<llvm::StringRef> Names) {
  for (; !Folder.empty(); Folder = path::parent_path(Folder).str()) {
    for (llvm::StringRef N : Names)
      if (fs::exists(joined(Folder, N)))
        return Folder;
    if (path::parent_path(Folder) == Folder)
      break;
  }
  return "";
}

constexpr llvm::StringLiteral DatabaseName = "compile_commands.json";

llvm::Expected<std::string> findDatabase(const std::string &Given) {
  auto Fail = [](const std::string &Where) {
    return llvm::createStringError(
        std::errc::no_such_file_or_directory,
        "%s: no compile_commands.json; name its folder with -p, or make "
        "one: cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, "
        "meson setup, or bear -- make; to read single files without "
        "one, give the compiler's options: assay check FILE -- -Iinclude",
        Where.c_str());
  };
  if (!Given.empty()) {
    std::string P = absolute(Given);
    if (fs::is_directory(P))
      P = joined(P, DatabaseName);
    return fs::exists(P) ? llvm::Expected<std::string>(P) : Fail(Given);
  }
  std::string Here = absolute(".");
  for (const std::string &Folder : {Here, joined(Here, "build")})
    if (fs::exists(joined(Folder, DatabaseName)))
      return joined(Folder, DatabaseName);
  std::string Above = upward(Here, {DatabaseName});
  return Above.empty() ? Fail(".") : llvm::Expected<std::string>(joined(Above, DatabaseName));
}

bool isWithin(llvm::StringRef Path, llvm::StringRef Folder) {
  return Path.consume_front(Folder) &&
         (Path.empty() || Path.starts_with("/") || Folder.ends_with("/"));
}

std::string commonFolder(const std::vector<CompileCommand> &Commands) {
  std::string Common;
  for (const CompileCommand &C : Commands) {
    llvm::SmallString<256> File(C.File);
    fs::make_absolute(C.Directory, File);
    path::remove_dots(File, true);
    std::string Folder = path::parent_path(File).str();
    if (Common.empty())
      Common = Folder;
    while (!isWithin(Folder, Common))
      Common = path::parent_path(Common).str();
  }
  return Common;
}

/// Without the compiler's options that a build would give.
std::vector<CompileCommand> assumedCommands(const ProjectRequest &R) {
  std::vector<CompileCommand> Commands;
  for (const std::string &Named : R.Files) {
    CompileCommand C;
    C.IsAssumed = true;
    C.Directory = absolute(".");
    C.File = absolute(Named);
    C.Arguments = {path::extension(Named) == ".c" ? "cc" : "c++"};
    llvm::append_range(C.Arguments, *R.CompilerWords);
    C.Arguments.insert(C.Arguments.end(), {"-c", C.File});
    Commands.push_back(std::move(C));
  }
  llvm::sort(Commands, [](const auto &A, const auto &B) { return A.File < B.File; });
  Commands.erase(std::unique(Commands.begin(), Commands.end()), Commands.end());
  return Commands;
}

llvm::Expected<std::string> findRoot(const ProjectRequest &R, const Project &P) {
  if (!R.Root.empty())
    return absolute(R.Root);
  if (!R.PolicyFile.empty())
    return path::parent_path(absolute(R.PolicyFile)).str();
  std::string Here = absolute(".");
  if (std::string Marked = upward(Here, {"assay.toml"}); !Marked.empty())
    return Marked;
  auto Commands = commandsOf(P);
  if (!Commands)
    return Commands.takeError();
  std::string Common = commonFolder(*Commands);
  if (std::string Marked = upward(Common, {"assay.toml", ".git"}); !Marked.empty())
    return Marked;
  return isWithin(Common, Here) ? Here : Common;
}

} // namespace

/// Where the program is: a database, or files by name.
static llvm::Error findProgram(const ProjectRequest &R, Project &Out) {
  if (!R.CompilerWords) {
    auto Database = findDatabase(R.Database);
    if (!Database)
      return Database.takeError();
    Out.Database = *Database;
    return llvm::Error::success();
  }
  const char *Wrong = !R.Database.empty()
                          ? "-p names a database, which says how its files are compiled"
                      : !R.StoreDir.empty() ? "--store needs a database"
                      : R.Files.empty()     ? "no file is named"
                                            : nullptr;
  if (Wrong)
    return llvm::createStringError(std::errc::invalid_argument,
                                   "%s: options of the compiler behind -- are for files that are "
                                   "named: assay check FILE... -- -Iinclude",
                                   Wrong);
  Out.Commands = assumedCommands(R);
  return llvm::Error::success();
}

llvm::Expected<FoundProject> assay::findProject(const ProjectRequest &R) {
  FoundProject Out;
  if (llvm::Error E = findProgram(R, Out.Where))
    return std::move(E);
  auto Root = findRoot(R, Out.Where);
  if (!Root)
    return Root.takeError();
  Out.Where.Root = *Root;
  Out.PolicyFile = R.PolicyFile;
  if (Out.PolicyFile.empty() && fs::exists(joined(*Root, "assay.toml")))
    Out.PolicyFile = joined(*Root, "assay.toml");
  if (!Out.Where.Commands.empty())
    return Out;
  if (R.KeepStore)
    Out.Where.StoreDir = R.StoreDir.empty() ? joined(*Root, ".assay/store") : absolute(R.StoreDir);
  PathForms Paths(*Root, path::parent_path(Out.Where.Database));
  for (const std::string &F : R.Files)
    Out.Where.Files.push_back(Paths.toStored(absolute(F)));
  return Out;
}

std::string assay::nearestPolicy(llvm::StringRef Folder) {
  const std::string Found = upward(Folder.str(), {"assay.toml"});
  return Found.empty() ? "" : joined(Found, "assay.toml");
}

std::string assay::dataFolderOfPlugin() {
  Dl_info Object = {};
  llvm::SmallString<256> Path;
  if (dladdr(reinterpret_cast<void *>(&dataFolderOfPlugin), &Object) && Object.dli_fname &&
      !fs::real_path(Object.dli_fname, Path))
    for (llvm::StringRef Above = path::parent_path(Path); !Above.empty();
         Above = path::parent_path(Above)) {
      std::string Installed = joined(Above, ASSAY_INSTALL_DATA);
      if (fs::exists(joined(Installed, "policies")))
        return Installed;
    }
  return ASSAY_DATA_DIR;
}

std::string assay::dataFolder(const char *Argv0) {
  std::string Binary = fs::getMainExecutable(Argv0, reinterpret_cast<void *>(&dataFolder));
  std::string Installed = joined(path::parent_path(path::parent_path(Binary)), ASSAY_INSTALL_DATA);
  return fs::exists(joined(Installed, "policies")) ? Installed : std::string(ASSAY_DATA_DIR);
}
