#include "analysis/link/ClassHierarchy.h"

#include "analysis/link/Slices.h"
#include "analysis/model/Rows.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace assay;

EntityId assay::parentOf(const Program &P, EntityId Id) {
  const EntityInfo &E = P.entity(Id);
  return E.Row->parent() ? P.unit(E.Unit).Entities[E.Row->parent() - 1] : NoId;
}

bool assay::isSharedDeclaration(const EntityInfo &E, const Linker::Options &O) {
  if (E.has(EntityFlag::SystemHeader))
    return true;
  return !O.WholeProgram && E.Row->loc() && E.Row->loc()->file() != 0;
}

/// Pairs (X, row's entity) for every X that `List` of some unit's row names.
template <class Rows>
static std::vector<std::pair<uint32_t, EntityId>> reversed(const Program &P, Rows List) {
  std::vector<std::pair<uint32_t, EntityId>> Pairs;
  for (const Unit &U : P.units())
    for (uint32_t I = 0; I != U.Entities.size(); ++I)
      for (uint32_t Named : List(*U.Summary->entities()->Get(I)))
        Pairs.push_back({U.Entities[Named], U.Entities[I]});
  llvm::sort(Pairs);
  Pairs.erase(std::unique(Pairs.begin(), Pairs.end()), Pairs.end());
  return Pairs;
}

ClassHierarchy::ClassHierarchy(const Program &P, const Uses &U, const HiddenCalls &Hidden,
                               const Linker::Options &O)
    : P(P), Opts(O) {
  findOverriders();
  findInstantiated(U, Hidden);
}

void ClassHierarchy::findOverriders() {
  const auto Pairs = reversed(P, [](const Entity &Row) { return rows(Row.overrides()); });
  Overriders = slicesFrom<EntityId>(Pairs, P.entityCount());
  OverridesOutside.resize(P.entityCount());
  std::vector<EntityId> Work;
  for (const auto &[Base, Derived] : Pairs)
    if (P.entity(Base).has(EntityFlag::SystemHeader))
      Work.push_back(Derived);
  while (!Work.empty()) {
    const EntityId Method = Work.back();
    Work.pop_back();
    if (OverridesOutside.test(Method))
      continue;
    OverridesOutside.set(Method);
    llvm::append_range(Work, Program::slice(Overriders, Method));
  }
}

void ClassHierarchy::findInstantiated(const Uses &U, const HiddenCalls &Hidden) {
  const auto Bases = slicesFrom<EntityId>(
      [&] {
        auto Pairs = reversed(P, [](const Entity &Row) { return rows(Row.bases()); });
        for (auto &[Base, Derived] : Pairs)
          std::swap(Base, Derived);
        return Pairs;
      }(),
      P.entityCount());
  std::vector<EntityId> Work;
  for (EntityId Id = 0; Id != P.entityCount(); ++Id) {
    const EntityInfo &E = P.entity(Id);
    // A constructor that is defined may be called where we do not look: in a template of a system
    // header.
    if (E.Kind == EntityKind::Constructor &&
        (E.has(EntityFlag::Definition) || E.has(EntityFlag::AddressTaken)))
      if (const EntityId Record = parentOf(P, Id); Record != NoId)
        Work.push_back(Record);
    if (U.Constructed.test(Id) || Hidden.Records.test(Id))
      Work.push_back(Id);
  }
  Instantiated.resize(P.entityCount());
  while (!Work.empty()) {
    const EntityId Record = Work.back();
    Work.pop_back();
    if (Instantiated.test(Record))
      continue;
    Instantiated.set(Record);
    llvm::append_range(Work, Program::slice(Bases, Record));
  }
}

bool ClassHierarchy::mayHaveObjects(EntityId Method) const {
  const EntityId Record = parentOf(P, Method);
  return !Opts.WholeProgram || Record == NoId || Instantiated.test(Record) ||
         isSharedDeclaration(P.entity(Record), Opts);
}

llvm::ArrayRef<EntityId> ClassHierarchy::targetsOf(EntityId Method) {
  const auto [It, New] = Known.try_emplace(Method);
  std::vector<EntityId> &Targets = It->second;
  if (!New)
    return Targets;
  Targets.push_back(Method);
  llvm::DenseSet<EntityId> Seen{Method};
  for (size_t I = 0; I != Targets.size(); ++I)
    for (EntityId Overrider : Program::slice(Overriders, Targets[I]))
      if (Seen.insert(Overrider).second)
        Targets.push_back(Overrider);
  llvm::erase_if(Targets, [&](EntityId Target) {
    const bool IsPure = P.entity(Target).has(EntityFlag::Pure) && P.bodiesOf(Target).empty();
    return IsPure || !mayHaveObjects(Target);
  });
  llvm::sort(Targets);
  return Targets;
}

bool ClassHierarchy::isClosed(EntityId Method) const {
  const EntityId Record = parentOf(P, Method);
  return !isSharedDeclaration(P.entity(Record == NoId ? Method : Record), Opts);
}
