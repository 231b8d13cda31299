#include "driver/session/UnitSession.h"

#include "analysis/solve/Solver.h"
#include "analysis/store/Verify.h"
#include "driver/session/LinkProgram.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace assay;

static llvm::Expected<Unit> unitOf(llvm::ArrayRef<uint8_t> Summary) {
  return openSummary(llvm::MemoryBuffer::getMemBufferCopy(llvm::toStringRef(Summary)));
}

static std::set<std::string> filesOf(const Unit &U) {
  std::set<std::string> Files;
  for (const FileRead *F : *U.Summary->files())
    if (!F->system())
      Files.insert(F->path()->str());
  return Files;
}

llvm::Expected<std::vector<Finding>>
assay::judgeUnit(const UnitQuestion &Q, const Policy &Rules,
                 llvm::function_ref<bool(const CheckPage &)> IsWanted) {
  auto Mine = unitOf(Q.Summary);
  if (!Mine)
    return Mine.takeError();
  const std::set<std::string> Files = filesOf(*Mine);
  std::vector<Unit> Units;
  if (Q.Rest) {
    Units = Q.Rest->allBut(Q.Mine);
    Mine->Images = Q.Rest->imagesOf(Q.Mine);
  }
  Units.push_back(std::move(*Mine));
  // With a summary missing, what it would say could be what settles a question.
  const bool Alone = !Q.Rest || !Q.Rest->missing(Q.Mine).empty();
  auto Prog = linkProgram(std::move(Units), Alone);
  if (!Prog)
    return Prog.takeError();
  return solveIn(*Prog, Rules, Files, IsWanted);
}
