// Which instructions of a body may say something of what a memory holds, so that a walk backwards
// looks at no others.
#include "analysis/model/Rows.h"
#include "analysis/solve/FlowNames.h"

using namespace assay;

static bool hasDeref(const ObjectPath &M) {
  return llvm::is_contained(M.Path, PlaceStep{StepKind::Deref, 0});
}

static std::pair<unsigned, uint32_t> baseOf(const ObjectPath &M) {
  return {static_cast<unsigned>(M.Base), M.Index};
}

static void note(std::vector<uint32_t> &To, uint32_t Inst) {
  if (To.empty() || To.back() != Inst)
    To.push_back(Inst);
}

bool FlowNames::isSharedField(const ObjectPath &M) {
  return !M.Path.empty() && M.Path.back().Kind == StepKind::Field &&
         (M.Base == BaseKind::Global || hasDeref(M));
}

void FlowNames::index(BodyId In, BodyNames &N) const {
  const Body &B = *Prog.body(In).Data;
  for (uint32_t I = 0; I != rowCount(B.insts()); ++I) {
    const bool IsCall = B.insts()->Get(I)->op() == Op::Call;
    if (IsCall)
      N.Calls.push_back(I);
    for (const Touched &T : N.at(I)) {
      note(N.ByBase[baseOf(T.Name)], I);
      if (IsCall)
        indexHeld({In, I}, T, N);
      else if (isSharedField(T.Name))
        note(N.ByField[T.Name.Path.back().Value], I);
    }
  }
}

/// Pointers that lie in a structure of the body which the call is handed.
void FlowNames::indexHeld(InstRef Call, const Touched &T, BodyNames &N) const {
  if (T.IsAlias || T.Name.Base != BaseKind::Local || !T.Name.Path.empty())
    return;
  const Body &B = *Prog.body(Call.Body).Data;
  for (const uint32_t Store : Bodies[Call.Body].storesIntoLocals()) {
    const Inst &I = *B.insts()->Get(Store);
    if (B.places()->Get(I.a())->base() != T.Name.Index)
      continue;
    if (const auto Pointee = ObjectNames(Bodies, Call.Body).behind(Operand(I.b())))
      note(N.ByBase[baseOf(*Pointee)], Call.Inst);
  }
}

const std::vector<InstRef> &FlowNames::modelledWritesOf(EntityId Global) {
  if (ModelledWrites)
    return (*ModelledWrites)[Global];
  ModelledWrites.emplace();
  for (EntityId Id = 0; Id != Prog.entityCount(); ++Id)
    for (const FunctionModel *Row : Roles.rowsOf(Id))
      for (const auto &[Bind, Ref] : Row->Binds)
        if (Ref.Where == ArgRef::Kind::Global)
          for (EntityId Written : Prog.entitiesNamed(Ref.Variable))
            llvm::append_range((*ModelledWrites)[Written], Prog.callersOf(Id));
  return (*ModelledWrites)[Global];
}

llvm::ArrayRef<uint32_t> FlowNames::touching(BodyId In, const ObjectPath &M, bool Unsure,
                                             std::vector<uint32_t> &Own) {
  const BodyNames &N = namesIn(In);
  const auto Named = N.ByBase.find(baseOf(M));
  const llvm::ArrayRef<uint32_t> ByName =
      Named == N.ByBase.end() ? llvm::ArrayRef<uint32_t>() : llvm::ArrayRef(Named->second);
  if (M.Base == BaseKind::Temp)
    Own.push_back(M.Index);
  if (!Unsure && M.Base == BaseKind::Global && (!hasDeref(M) || !modelledWritesOf(M.Index).empty()))
    llvm::append_range(Own, N.Calls);
  if (!Unsure && isSharedField(M))
    if (const auto Same = N.ByField.find(M.Path.back().Value); Same != N.ByField.end())
      llvm::append_range(Own, Same->second);
  if (Own.empty())
    return ByName;
  llvm::append_range(Own, ByName);
  llvm::sort(Own);
  Own.erase(std::unique(Own.begin(), Own.end()), Own.end());
  return Own;
}
