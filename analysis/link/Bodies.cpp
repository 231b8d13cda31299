#include "analysis/link/Bodies.h"

#include "analysis/link/Entities.h"
#include "analysis/link/Slices.h"
#include "analysis/model/Rows.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

using namespace assay;
using llvm::ArrayRef;

namespace {

/// There is one for each body of each unit, so it is kept small.
struct Candidate {
  UnitId Unit;
  uint32_t Part; ///< see UnitBody
  const Body *Data;
};

/// Makes each pair of unit and header's tables when the first of its bodies is taken.
class TableMaker {
public:
  TableMaker(ArrayRef<Unit> Units, std::deque<IndexTables> &Tables)
      : Units(Units), Tables(Tables), Own(Units.size()) {}

  const IndexTables *of(const Candidate &C) {
    const bool IsOwn = C.Part == UnitBody::Own;
    const IndexTables *&Made = IsOwn ? Own[C.Unit] : Shared[{C.Unit, C.Part}];
    if (!Made)
      Made = IsOwn ? ownOf(Units[C.Unit]) : sharedOf(Units[C.Unit], C.Part);
    return Made;
  }

private:
  const IndexTables *ownOf(const Unit &U) {
    return &Tables.emplace_back(IndexTables{U.Summary->strings(), U.Summary->files(), U.Entities});
  }
  const IndexTables *sharedOf(const Unit &U, uint32_t Part) {
    const HeaderBodies &Header = *U.Shared[Part]->Rows;
    IndexTables &T = Tables.emplace_back(IndexTables{Header.strings(), Header.files()});
    T.Rows = rows(U.Summary->shared()->Get(Part)->entities());
    for (uint32_t Row : T.Rows)
      T.Storage.push_back(U.Entities[Row]);
    T.Entities = T.Storage;
    return &T;
  }

  ArrayRef<Unit> Units;
  std::deque<IndexTables> &Tables;
  std::vector<const IndexTables *> Own;
  llvm::DenseMap<std::pair<UnitId, uint32_t>, const IndexTables *> Shared;
};

} // namespace

static Program::Slices<Candidate> candidatesOf(ArrayRef<Unit> Units, uint32_t Entities) {
  std::vector<std::pair<uint32_t, Candidate>> Pairs;
  for (UnitId Id = 0; Id != Units.size(); ++Id)
    forEachBody(Units[Id], [&](const UnitBody &B) {
      Pairs.push_back({Units[Id].Entities[B.entity(B.Data->entity())], {Id, B.Part, B.Data}});
    });
  return slicesFrom<Candidate>(Pairs, Entities);
}

static UnitBody bodyOf(ArrayRef<Unit> Units, const Candidate &C) {
  if (C.Part == UnitBody::Own)
    return {C.Data};
  return {C.Data, C.Part, rows(Units[C.Unit].Summary->shared()->Get(C.Part)->entities())};
}

static const Entity &rowOf(ArrayRef<Unit> Units, const Candidate &C) {
  const uint32_t Row = bodyOf(Units, C).entity(C.Data->entity());
  return *Units[C.Unit].Summary->entities()->Get(Row);
}

/// Two definitions in two places that both claim to be the one. The same place with different
/// content is one definition compiled twice; what the compiler writes for a class is as good as the
/// class.
static bool isRival(const Entity &Row) {
  return strengthOf(Row) == Strength::Strong &&
         !(Row.flags() & static_cast<uint32_t>(EntityFlag::Implicit));
}

/// Inline-only bodies stand beside the definition: a compiler takes either.
static bool mayRun(Strength Mine, Strength Strongest) {
  return Mine == Strongest || Mine == Strength::InlineOnly;
}

namespace {

class Collector {
public:
  Collector(ArrayRef<Unit> Units, const std::vector<bool> &Apart)
      : Units(Units), Apart(Apart), Tables(Units, Out.Tables) {}

  /// Appends the different bodies of one entity; entities come in their order.
  void add(EntityId Id, const EntityInfo &E, ArrayRef<Candidate> Candidates);
  BodyTable take(uint32_t Entities) {
    Out.Of = slicesFrom<BodyId>(Of, Entities);
    return std::move(Out);
  }

private:
  llvm::SmallVector<Candidate, 4> differentAmong(ArrayRef<Candidate> Candidates) const;
  void noteCollision(const EntityInfo &E, ArrayRef<Candidate> Bodies);
  Strength strength(const Candidate &C) const { return strengthOf(rowOf(Units, C)); }

  ArrayRef<Unit> Units;
  const std::vector<bool> &Apart;
  BodyTable Out;
  TableMaker Tables;
  std::vector<std::pair<uint32_t, BodyId>> Of;
};

} // namespace

void Collector::noteCollision(const EntityInfo &E, ArrayRef<Candidate> Bodies) {
  if (E.Link != Linkage::External)
    return;
  llvm::SmallVector<std::string, 4> Places;
  for (const Candidate &B : Bodies)
    if (isRival(rowOf(Units, B)))
      if (std::string Place = placeOf(Units[B.Unit], bodyOf(Units, B));
          !llvm::is_contained(Places, Place))
        Places.push_back(std::move(Place));
  if (Places.size() > 1)
    Out.Collisions.push_back(
        (E.Qualified + ": defined in " + llvm::join(Places, " and in ")).str());
}

llvm::SmallVector<Candidate, 4> Collector::differentAmong(ArrayRef<Candidate> Candidates) const {
  // With the strength: a weak twin of a strong body must not stand in for it. With what its names
  // mean in its unit, if that may differ.
  llvm::SmallVector<std::tuple<uint64_t, Strength, uint64_t>, 4> Seen;
  llvm::SmallVector<Candidate, 4> Different;
  const bool IsOne = Candidates.size() == 1 || Apart.empty();
  for (const Candidate &C : Candidates) {
    const std::tuple Key(C.Data->digest(), strength(C),
                         IsOne ? 0 : bindingOf(Units[C.Unit], bodyOf(Units, C), Apart));
    if (llvm::is_contained(Seen, Key))
      continue;
    Seen.push_back(Key);
    Different.push_back(C);
  }
  return Different;
}

void Collector::add(EntityId Id, const EntityInfo &E, ArrayRef<Candidate> Candidates) {
  const auto Different = differentAmong(Candidates);
  Strength Strongest = Strength::Declared;
  for (const Candidate &C : Different)
    Strongest = std::max(Strongest, strength(C));
  const size_t Before = Of.size();
  for (const Candidate &C : Different) {
    if (mayRun(strength(C), Strongest))
      Of.push_back({Id, static_cast<BodyId>(Out.Rows.size())});
    Out.Rows.push_back({C.Unit, C.Data, Id, Tables.of(C)});
  }
  if (Of.size() > Before)
    Out.Duplicates += Of.size() - Before - 1;
  if (Different.size() > 1)
    noteCollision(E, Different);
}

BodyTable assay::collectBodies(ArrayRef<Unit> Units, ArrayRef<EntityInfo> Entities,
                               const std::vector<bool> &Apart) {
  const auto Count = static_cast<uint32_t>(Entities.size());
  const Program::Slices<Candidate> Candidates = candidatesOf(Units, Count);
  Collector All(Units, Apart);
  for (EntityId Id = 0; Id != Count; ++Id)
    All.add(Id, Entities[Id], Program::slice(Candidates, Id));
  return All.take(Count);
}
