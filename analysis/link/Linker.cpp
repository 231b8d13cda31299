#include "analysis/link/Linker.h"

#include "analysis/link/Bodies.h"
#include "analysis/link/Callers.h"
#include "analysis/link/Entities.h"
#include "analysis/link/Slices.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace assay;

/// Ids leave room for a mark bit (PointerValue); instructions are counted in 32 bits within one
/// body.
static llvm::Error checkSize(llvm::ArrayRef<Unit> Units) {
  uint64_t Entities = 0, Bodies = 0;
  for (const Unit &U : Units) {
    Entities += rowCount(U.Summary->entities());
    Bodies += rowCount(U.Summary->bodies());
    for (const auto &Part : U.Shared)
      Bodies += rowCount(Part->Rows->bodies());
  }
  constexpr uint64_t Most = 1u << 31;
  if (Entities < Most && Bodies < Most)
    return llvm::Error::success();
  return llvm::createStringError(llvm::Twine(Entities) + " entities and " + llvm::Twine(Bodies) +
                                 " bodies are more than one program may have (" +
                                 llvm::Twine(Most) + "); analyse the compile database in parts");
}

/// One flat map by defined entity: an alias counts as what it stands for.
static Program::Slices<InstRef> slicesByDefinition(const Program &P, EntityInsts Pairs) {
  for (auto &Pair : Pairs)
    Pair.first = P.definitionOf(Pair.first);
  return slicesFrom<InstRef>(Pairs, P.entityCount());
}

/// Direct and dispatched calls together, ordered.
static Program::Slices<InstRef> allCallers(const Program &P,
                                           llvm::ArrayRef<DispatchedCall> Dispatched) {
  EntityInsts Pairs;
  for (const DispatchedCall &Call : Dispatched)
    for (EntityId Target : Call.Targets)
      Pairs.push_back({Target, Call.At});
  for (EntityId Id = 0; Id != P.entityCount(); ++Id)
    if (P.definitionOf(Id) == Id)
      for (InstRef Call : P.callersOf(Id))
        Pairs.push_back({Id, Call});
  Program::Slices<InstRef> Callers = slicesByDefinition(P, std::move(Pairs));
  for (EntityId Id = 0; Id != P.entityCount(); ++Id)
    std::sort(Callers.Items.begin() + Callers.Start[Id],
              Callers.Items.begin() + Callers.Start[Id + 1]);
  return Callers;
}

static llvm::BitVector calledEntities(const Program &P) {
  llvm::BitVector Called(P.entityCount());
  for (EntityId Id = 0; Id != P.entityCount(); ++Id)
    Called[Id] = !P.callersOf(Id).empty();
  return Called;
}

void Linker::joinNames(Program &P) {
  orderUnits(P.Units);
  DuplicateNames Apart;
  P.EntityRows = mergeEntities(P.Units, Apart);
  P.MadeNames = std::move(Apart.Names);
  P.Figures.Collisions = std::move(Apart.Notes);
  P.EntitiesByQualified = indexByQualified(P.EntityRows);
  P.Aliases = findAliases(P.Units, P.EntityRows);
}

/// Has a name that its unit does not know.
static bool isMade(const Program &P, EntityId Id) {
  const EntityInfo &E = P.entity(Id);
  return P.unit(E.Unit).string(E.Row->name()).size() != E.Name.size();
}

void Linker::joinBodies(Program &P) {
  std::vector<bool> Apart(P.MadeNames.empty() ? 0 : P.entityCount());
  for (EntityId Id = 0; Id != Apart.size(); ++Id)
    Apart[Id] = isMade(P, Id);
  BodyTable Table = collectBodies(P.Units, P.EntityRows, Apart);
  P.BodyRows = std::move(Table.Rows);
  P.Tables = std::move(Table.Tables);
  P.BodiesOfEntity = std::move(Table.Of);
  P.Figures.DuplicateBodies = Table.Duplicates;
  llvm::append_range(P.Figures.Collisions, Table.Collisions);
  llvm::sort(P.Figures.Collisions);
}

void Linker::joinUses(Program &P, Uses &U) {
  P.Figures.DirectCalls = U.DirectCalls.size();
  P.CallersOfEntity = slicesByDefinition(P, std::exchange(U.DirectCalls, {}));
  P.StoresToEntity = slicesByDefinition(P, std::exchange(U.Stores, {}));
  P.AddressPassed = slicesByDefinition(P, std::exchange(U.AddressPassed, {}));
  P.AddressNamed = slicesByDefinition(P, std::exchange(U.AddressNamed, {}));
}

void Linker::joinCalls(Program &P, const Uses &U) const {
  const HiddenCalls Hidden = findHiddenCalls(P);
  ClassHierarchy Classes(P, U, Hidden, Opts);
  PointerFlow Flow(P, U, Hidden, Classes, Opts);
  Flow.solve();
  P.CallersOfEntity = allCallers(P, Flow.calls());
  OpenEnds Ends = findOpenEnds(P, U, Hidden, Classes, Flow, Opts, calledEntities(P));
  P.UnknownCallers = std::move(Ends.UnknownCallers);
  P.ResolvedComplete = std::move(Ends.Complete);
  P.ResolvedOutside = std::move(Ends.Outside);
  P.Entries = std::move(Ends.Entries);

  std::vector<std::pair<uint32_t, EntityId>> Targets;
  for (uint32_t I = 0; I != Flow.calls().size(); ++I) {
    P.ResolvedCalls.push_back(Flow.calls()[I].At);
    for (EntityId Target : Flow.calls()[I].Targets)
      Targets.push_back({I, Target});
    ++(P.ResolvedComplete[I]  ? P.Figures.ResolvedIndirectCalls
       : P.ResolvedOutside[I] ? P.Figures.OutsideIndirectCalls
                              : P.Figures.UnresolvedIndirectCalls);
  }
  P.ResolvedTargets = slicesFrom<EntityId>(Targets, static_cast<uint32_t>(Flow.calls().size()));
  uint32_t Next = 0;
  for (BodyId Id = 0; Id <= P.bodyCount(); ++Id) {
    while (Next != P.ResolvedCalls.size() && P.ResolvedCalls[Next].Body < Id)
      ++Next;
    P.FirstResolved.push_back(Next);
  }
}

llvm::Expected<Program> Linker::link(std::vector<Unit> Units) const {
  if (llvm::Error E = checkSize(Units))
    return std::move(E);
  Program P;
  P.IsWhole = Opts.WholeProgram;
  P.IsAlone = Opts.Alone;
  P.Units = std::move(Units);
  joinNames(P);
  joinBodies(P);
  Uses U = collectUses(P);
  joinUses(P, U);
  joinCalls(P, U);
  return P;
}
