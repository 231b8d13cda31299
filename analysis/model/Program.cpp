#include "analysis/model/Program.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"

#include <algorithm>
#include <cassert>

using namespace assay;

EntityId Program::definitionOf(EntityId Id) const {
  const auto It = llvm::lower_bound(Aliases, std::pair(Id, EntityId(0)));
  return It != Aliases.end() && It->first == Id ? It->second : Id;
}

llvm::ArrayRef<EntityId> Program::entitiesNamed(llvm::StringRef Qualified) const {
  const uint64_t Hash = llvm::xxh3_64bits(Qualified);
  const auto Before = [&](EntityId Id, llvm::StringRef Name) {
    const llvm::StringRef Mine = EntityRows[Id].Qualified;
    const uint64_t MyHash = llvm::xxh3_64bits(Mine);
    return MyHash != Hash ? MyHash < Hash : Mine < Name;
  };
  const auto First =
      std::lower_bound(EntitiesByQualified.begin(), EntitiesByQualified.end(), Qualified, Before);
  const auto Last = std::find_if(First, EntitiesByQualified.end(), [&](EntityId Id) {
    return EntityRows[Id].Qualified != Qualified;
  });
  return llvm::ArrayRef(EntitiesByQualified)
      .slice(First - EntitiesByQualified.begin(), Last - First);
}

llvm::ArrayRef<EntryPoint> Program::entryPointsOf(EntityId Id) const {
  Id = definitionOf(Id);
  const auto First =
      llvm::partition_point(Entries, [&](const EntryPoint &E) { return E.Function < Id; });
  const auto Last =
      std::find_if(First, Entries.end(), [&](const EntryPoint &E) { return E.Function != Id; });
  return llvm::ArrayRef(Entries).slice(First - Entries.begin(), Last - First);
}

llvm::StringRef Program::paramName(BodyId Id, uint32_t Index) const {
  const auto *Params = rowIn(Id, BodyRows[Id].Data->entity()).params();
  if (!Params || Index >= Params->size())
    return "";
  return Units[BodyRows[Id].Unit].string(Params->Get(Index)->name());
}

Callees Program::calleesOf(InstRef Call) const {
  assert(inst(Call).op() == Op::Call);
  const auto Begin = ResolvedCalls.begin() + FirstResolved[Call.Body],
             End = ResolvedCalls.begin() + FirstResolved[Call.Body + 1];
  const auto Resolved = std::lower_bound(Begin, End, Call); // most bodies have none
  if (Resolved != End && *Resolved == Call) {
    const auto Index = static_cast<uint32_t>(Resolved - ResolvedCalls.begin());
    return {slice(ResolvedTargets, Index), ResolvedComplete[Index], ResolvedOutside[Index]};
  }
  const Operand Callee(inst(Call).a());
  assert(Callee.is(OperandKind::Function));
  const EntityId &Named = tablesOf(Call.Body).Entities[Callee.index()];
  const auto Alias = llvm::lower_bound(Aliases, std::pair(Named, EntityId(0)));
  const bool IsAlias = Alias != Aliases.end() && Alias->first == Named;
  const EntityId &Target = IsAlias ? Alias->second : Named;
  const uint32_t Says = EntityRows[Named].Row->flags() | EntityRows[Target].Row->flags();
  const bool IsWeak = Says & static_cast<uint32_t>(EntityFlag::Weak);
  const bool IsChosen = Says & static_cast<uint32_t>(EntityFlag::IFunc);
  return {llvm::ArrayRef(&Target, 1),
          (IsWhole || !IsWeak) && !IsChosen && !isDefinedElsewhere(Target)};
}

bool Program::isDefinedElsewhere(EntityId Id) const {
  if (!IsAlone)
    return false;
  const EntityInfo &E = EntityRows[definitionOf(Id)];
  return E.Link == Linkage::External && bodiesOf(Id).empty() && !E.has(EntityFlag::Definition) &&
         !E.has(EntityFlag::SystemHeader) && !E.has(EntityFlag::Implicit);
}

/// What runs a function whatever the other units hold; all other reasons may be theirs.
static bool isCertain(const Program &Prog, const EntryPoint &E) {
  switch (E.Kind) {
  case EntryKind::Main:
  case EntryKind::Interrupt:
  case EntryKind::RunsBefore:
  case EntryKind::RunsAfter:
    return true;
  case EntryKind::HandedOut: // pthread_create() runs it, whoever else is there
    return E.Through != NoId && Prog.entity(E.Through).isFunction() &&
           Prog.entity(E.Through).has(EntityFlag::SystemHeader);
  default:
    return false;
  }
}

bool Program::mayBeCalledElsewhere(EntityId Id) const {
  return IsAlone &&
         llvm::any_of(entryPointsOf(Id), [&](const EntryPoint &E) { return !isCertain(*this, E); });
}
