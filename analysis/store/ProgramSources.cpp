#include "analysis/store/ProgramSources.h"

#include "analysis/model/Rows.h"
#include "analysis/model/Toolchain.h"

#include "llvm/Support/FileSystem.h"

#include <map>
#include <set>

using namespace assay;

/// As SourceChanges looks at them: of a linker's line only the command counts.
static bool isLinkLine(const TUSummary &S) {
  return S.command() && textOf(S.command()->language()) == "link";
}

/// What is stamped before it is looked at, and was at rest, is known again by its stamp.
static std::optional<FileStamp> stampWithout(const std::set<std::string> &Names,
                                             const std::string &Folder) {
  const int64_t Now = nowNs();
  const auto At = stampOf(Folder.c_str(), Stamped::Folder);
  if (!At || !isAtRest(*At, Now))
    return std::nullopt;
  for (const std::string &Name : Names)
    if (llvm::sys::fs::exists(Folder + "/" + Name))
      return std::nullopt;
  return At;
}

/// An empty digest, too, is one that no file has.
static Digest contentOf(const FileRead &File) {
  Digest Content{};
  const auto Bytes = rows(File.digest());
  if (Bytes.size() == Content.size())
    llvm::copy(Bytes, Content.begin());
  return Content;
}

ProgramSources assay::sourcesOf(const std::vector<std::pair<const TUSummary *, int64_t>> &Units,
                                const PathForms &Paths) {
  std::map<std::pair<std::string, Digest>, int64_t> Files;
  std::map<std::string, std::set<std::string>> Folders;
  const auto Read = [&](std::string Path, const Digest &Content, int64_t Unit) {
    auto [It, New] = Files.try_emplace({std::move(Path), Content}, Unit);
    if (!New && It->second != Unit)
      It->second = ProgramSources::Several;
  };
  for (const auto &[S, Unit] : Units) {
    if (isLinkLine(*S))
      continue;
    if (!rowCount(S->files()))
      Read("", Digest(), Unit);
    for (uint32_t I = 0; I != rowCount(S->files()); ++I) {
      const FileRead &File = *S->files()->Get(I);
      std::string Path = textOf(File.path()).str();
      if (!llvm::StringRef(Path).starts_with(ToolchainRoot))
        Read(std::move(Path), contentOf(File), Unit);
    }
    for (uint32_t I = 0; I != rowCount(S->absent()); ++I) {
      const Absent &Row = *S->absent()->Get(I);
      auto &Names = Folders[S->strings()->Get(Row.folder())->str()];
      for (uint32_t Name : rows(Row.names()))
        Names.insert(S->strings()->Get(Name)->str());
    }
  }
  ProgramSources Out;
  for (auto &[What, Unit] : Files)
    Out.Files.push_back({What.first, What.second, Unit});
  for (auto &[Path, Names] : Folders)
    Out.Folders.push_back(
        {Path, {Names.begin(), Names.end()}, stampWithout(Names, Paths.toDisk(Path))});
  return Out;
}
