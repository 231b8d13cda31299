#include "driver/session/UnitSession.h"

#include "analysis/solve/Solver.h"
#include "analysis/store/Verify.h"
#include "driver/session/LinkProgram.h"

using namespace assay;

std::set<std::string> assay::filesOf(const Unit &U) {
  std::set<std::string> Files;
  for (const FileRead *F : *U.Summary->files())
    if (!F->system())
      Files.insert(F->path()->str());
  return Files;
}

llvm::Expected<std::vector<Finding>>
assay::judgeUnit(const UnitQuestion &Q, const Policy &Rules,
                 llvm::function_ref<bool(const CheckPage &)> IsWanted) {
  auto Mine = openSummary(Q.Parsed.Summary, Q.Parsed.Shared);
  if (!Mine)
    return Mine.takeError();
  const std::set<std::string> Files = filesOf(*Mine);
  std::vector<Unit> Units;
  std::vector<Image> Images;
  if (Q.Rest) {
    Images = Q.Rest->images();
    Units = Q.Rest->around(Q.Mine, *Mine);
    Mine->Images = Q.Rest->imagesOf(Q.Mine);
  }
  Units.push_back(std::move(*Mine));
  // With a summary missing, what it would say could be what settles a question.
  const bool Alone = !Q.Rest || !Q.Rest->missing(Q.Mine).empty();
  auto Prog = linkProgram(std::move(Units), std::move(Images), Alone);
  if (!Prog)
    return Prog.takeError();
  // Alone it has no memory that others read.
  return solveIn(*Prog, Rules, Files, Q.Rest ? Q.FoundBefore : std::set<std::string>(), IsWanted);
}
