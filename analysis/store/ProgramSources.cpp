#include "analysis/store/ProgramSources.h"

#include "analysis/model/Rows.h"
#include "analysis/model/Toolchain.h"

#include "llvm/ADT/StringExtras.h"

#include <map>
#include <set>

using namespace assay;

/// As SourceChanges looks at them: of a linker's line only the command counts.
static bool isLinkLine(const TUSummary &S) {
  return S.command() && textOf(S.command()->language()) == "link";
}

ProgramSources assay::sourcesOf(const std::vector<std::pair<const TUSummary *, int64_t>> &Units) {
  std::map<std::pair<std::string, std::string>, int64_t> Files;
  std::map<std::string, std::set<std::string>> Folders;
  const auto Read = [&](std::string Path, std::string Hex, int64_t Unit) {
    auto [It, New] = Files.try_emplace({std::move(Path), std::move(Hex)}, Unit);
    if (!New && It->second != Unit)
      It->second = ProgramSources::Several;
  };
  for (const auto &[S, Unit] : Units) {
    if (isLinkLine(*S))
      continue;
    if (!rowCount(S->files()))
      Read("", "", Unit); // nobody knows; no file holds that
    for (uint32_t I = 0; I != rowCount(S->files()); ++I) {
      const FileRead &File = *S->files()->Get(I);
      std::string Path = textOf(File.path()).str();
      if (!llvm::StringRef(Path).starts_with(ToolchainRoot))
        Read(std::move(Path), llvm::toHex(rows(File.digest()), /*LowerCase=*/true), Unit);
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
    Out.Folders.push_back({Path, {Names.begin(), Names.end()}});
  return Out;
}
