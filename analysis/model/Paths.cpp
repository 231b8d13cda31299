#include "analysis/model/Paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <algorithm>

using namespace assay;
using llvm::SmallString;
using llvm::StringRef;
namespace path = llvm::sys::path;
namespace fs = llvm::sys::fs;

bool assay::isBelow(StringRef Path, StringRef Folder) {
  return !Folder.empty() && Path.consume_front(Folder) && Path.starts_with("/");
}

static constexpr StringRef BuildPrefix = "<build>";

static bool hasDotDot(StringRef Path) {
  return std::any_of(path::begin(Path), path::end(Path),
                     [](StringRef Part) { return Part == ".."; });
}

/// `link/../x` is not `x`: where dropping ".." by text would name another file, the system is
/// asked.
static void normalise(SmallString<256> &Path) {
  if (hasDotDot(Path)) {
    SmallString<256> Short = Path, Real;
    path::remove_dots(Short, /*remove_dot_dot=*/true);
    if (fs::exists(Path) && !fs::equivalent(Path, Short) && !fs::real_path(Path, Real))
      Path = Real;
  }
  path::remove_dots(Path, /*remove_dot_dot=*/true);
}

static std::string withoutSlash(StringRef Path) {
  return (Path.size() > 1 ? Path.rtrim('/') : Path).str();
}

PathForms::Root::Root(StringRef Folder) {
  if (Folder.empty())
    return;
  SmallString<256> Absolute = Folder, RealPath;
  // Fails only where there is no current directory; the path then stays as it was given.
  (void)fs::make_absolute(Absolute);
  normalise(Absolute);
  Given = withoutSlash(Absolute);
  Real = fs::real_path(Given, RealPath) ? Given : withoutSlash(RealPath);
}

static size_t prefixLength(StringRef Path, StringRef Folder) {
  if (Folder.empty() || !Path.starts_with(Folder))
    return 0;
  const bool Whole = Path.size() == Folder.size() || Folder == "/" || Path[Folder.size()] == '/';
  return Whole ? Folder.size() : 0;
}

size_t PathForms::Root::prefixOf(StringRef Path) const {
  const size_t ByName = prefixLength(Path, Given);
  return ByName ? ByName : prefixLength(Path, Real);
}

PathForms::PathForms(StringRef ProjectRoot, StringRef BuildDir)
    : Project(ProjectRoot), Build(BuildDir) {}

std::string PathForms::toStored(StringRef Given) const {
  SmallString<256> Path = Given;
  if (!Project.Given.empty())
    fs::make_absolute(Project.Given, Path);
  normalise(Path);
  const StringRef Text = Path;
  const size_t InProject = Project.prefixOf(Text), InBuild = Build.prefixOf(Text);
  if (InBuild && (!InProject || Build.Given.size() > Project.Given.size()))
    return (BuildPrefix + Text.substr(InBuild)).str();
  if (!InProject)
    return Text.str();
  StringRef Relative = Text.substr(InProject).ltrim('/');
  // A folder of the project that is really called "<build>" must come back as itself.
  if (Relative.starts_with(BuildPrefix))
    return ("./" + Relative).str();
  return Relative.empty() ? "." : Relative.str();
}

std::string PathForms::toDisk(StringRef Stored) const {
  SmallString<256> Path;
  StringRef Rest = Stored;
  if (Rest.consume_front(BuildPrefix) && (Rest.empty() || Rest.front() == '/') &&
      !Build.Given.empty()) {
    Path = Build.Given;
    path::append(Path, Rest.ltrim('/'));
  } else if (path::is_absolute(Stored) || Project.Given.empty()) {
    Path = Stored;
  } else {
    Path = Project.Given;
    path::append(Path, Stored);
  }
  path::remove_dots(Path);
  return std::string(Path);
}
