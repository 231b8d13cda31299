#include "driver/session/HeaderSearch.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <vector>

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

constexpr size_t MostFiles = 200'000;
/// What generators' inputs are called besides the header's own name.
constexpr StringRef TemplateEndings[] = {".in", ".cmake", ".cmakein", ".tmpl", ".template", ".j2"};

class HeaderWalk {
public:
  HeaderWalk(const std::set<std::string> &Names, const PathForms &Paths) : Paths(Paths) {
    for (const std::string &Name : Names)
      ByFileName[path::filename(Name)].push_back(Name);
  }
  void walk(StringRef Folder);
  std::map<std::string, HeaderPlace> Found;

private:
  void visit(StringRef Path, StringRef WithoutEnding, bool IsTemplate);

  const PathForms &Paths;
  llvm::StringMap<std::vector<StringRef>> ByFileName;
  size_t Seen = 0;
};

} // namespace

void HeaderWalk::walk(StringRef Folder) {
  std::error_code Problem;
  for (fs::recursive_directory_iterator It(Folder, Problem, /*follow_symlinks=*/false), End;
       It != End && ++Seen < MostFiles; It.increment(Problem)) {
    const StringRef Path = It->path();
    if (It->type() == fs::file_type::directory_file && path::filename(Path).starts_with(".")) {
      It.no_push();
      continue;
    }
    visit(Path, Path, /*IsTemplate=*/false);
    for (StringRef Ending : TemplateEndings)
      if (Path.ends_with(Ending))
        visit(Path, Path.drop_back(Ending.size()), /*IsTemplate=*/true);
  }
}

void HeaderWalk::visit(StringRef Path, StringRef WithoutEnding, bool IsTemplate) {
  const auto Names = ByFileName.find(path::filename(WithoutEnding));
  if (Names == ByFileName.end())
    return;
  for (StringRef Name : Names->second) {
    StringRef Rest = Name;
    while (Rest.consume_front("../") || Rest.consume_front("./"))
      ;
    StringRef Folder = WithoutEnding;
    if (!Folder.consume_back(Rest) || !Folder.consume_back("/"))
      continue;
    HeaderPlace &Place = Found[Name.str()];
    std::string &Best = IsTemplate ? Place.Template : Place.Folder;
    std::string Mine = Paths.toStored(IsTemplate ? Path : Folder);
    if (Best.empty() || Mine < Best)
      Best = std::move(Mine);
  }
}

std::map<std::string, HeaderPlace> assay::findHeaders(const std::set<std::string> &Names,
                                                      const PathForms &Paths) {
  HeaderWalk Walk(Names, Paths);
  if (Names.empty())
    return {};
  Walk.walk(Paths.projectRoot());
  if (!(Paths.buildDir() + "/").str().starts_with((Paths.projectRoot() + "/").str()))
    Walk.walk(Paths.buildDir());
  return std::move(Walk.Found);
}
