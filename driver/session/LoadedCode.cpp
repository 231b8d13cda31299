#include "driver/session/LoadedCode.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace assay;

static llvm::StringSet<> loadersOf(const Policy &Rules) {
  llvm::StringSet<> Names;
  for (const Model &M : Rules.Models)
    for (const FunctionModel &F : M.Functions)
      if (F.Role == "code.load")
        Names.insert(*F.Name);
  return Names;
}

static bool namesOneOf(const Unit &U, const llvm::StringSet<> &Names) {
  return llvm::any_of(*U.Summary->entities(), [&](const Entity *E) {
    return E->kind() == EntityKind::Function && Names.contains(U.string(E->qualified()));
  });
}

void assay::closeProgramsThatLoadNothing(Gathered &Of, const Policy &Rules) {
  if (Of.ShownToLoaded.empty())
    return;
  const llvm::StringSet<> Names = loadersOf(Rules);
  std::vector<bool> Loads(Of.Images.size() + 1);
  for (const Unit &U : Of.Units) {
    if (!namesOneOf(U, Names))
      continue;
    if (U.Images.empty()) // it may be part of any
      return;
    for (const uint32_t Number : U.Images)
      Loads[Number] = true;
  }
  for (const uint32_t Number : Of.ShownToLoaded)
    if (!Loads[Number])
      Of.Images[Number - 1].Exports = false;
}
