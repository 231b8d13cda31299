#include "analysis/link/Bodies.h"

#include "analysis/link/Entities.h"
#include "analysis/link/Slices.h"
#include "analysis/model/Rows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

using namespace assay;
using llvm::ArrayRef;

namespace {

struct Candidate {
  UnitId Unit;
  uint32_t Index; ///< in the unit's bodies
};

} // namespace

static Program::Slices<Candidate> candidatesOf(ArrayRef<Unit> Units, uint32_t Entities) {
  std::vector<std::pair<uint32_t, Candidate>> Pairs;
  for (UnitId Id = 0; Id != Units.size(); ++Id)
    for (uint32_t I = 0; I != rowCount(Units[Id].Summary->bodies()); ++I)
      Pairs.push_back({Units[Id].Entities[Units[Id].Summary->bodies()->Get(I)->entity()], {Id, I}});
  return slicesFrom<Candidate>(Pairs, Entities);
}

static const Entity &rowOf(ArrayRef<Unit> Units, const BodyInfo &B) {
  return *Units[B.Unit].Summary->entities()->Get(B.Data->entity());
}

static std::string placeOf(ArrayRef<Unit> Units, const BodyInfo &B) {
  return placeIn(Units[B.Unit], B.Data->loc());
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

static void noteCollision(BodyTable &Table, ArrayRef<Unit> Units, const EntityInfo &E,
                          ArrayRef<BodyInfo> Bodies) {
  if (E.Link != Linkage::External)
    return;
  llvm::SmallVector<std::string, 4> Places;
  for (const BodyInfo &B : Bodies)
    if (isRival(rowOf(Units, B)))
      if (std::string Place = placeOf(Units, B); !llvm::is_contained(Places, Place))
        Places.push_back(std::move(Place));
  if (Places.size() > 1)
    Table.Collisions.push_back(
        (E.Qualified + ": defined in " + llvm::join(Places, " and in ")).str());
}

/// Appends the different bodies of one entity.
static void addBodies(BodyTable &Table, ArrayRef<Unit> Units, EntityId Id,
                      ArrayRef<Candidate> Candidates, const std::vector<bool> &Apart,
                      std::vector<std::pair<uint32_t, BodyId>> &Of) {
  const size_t First = Table.Rows.size();
  // With the strength: a weak twin of a strong body must not stand in for it. With what its names
  // mean in its unit, if that may differ.
  llvm::SmallVector<std::tuple<uint64_t, Strength, uint64_t>, 4> Seen;
  Strength Strongest = Strength::Declared;
  for (const Candidate &C : Candidates) {
    const BodyInfo B{C.Unit, Units[C.Unit].Summary->bodies()->Get(C.Index), Id,
                     &Table.Tables[C.Unit]};
    const Strength Mine = strengthOf(rowOf(Units, B));
    const bool IsOne = Candidates.size() == 1 || Apart.empty();
    const std::tuple Key(B.Data->digest(), Mine,
                         IsOne ? 0 : bindingOf(Units[C.Unit], *B.Data, Apart));
    if (llvm::is_contained(Seen, Key))
      continue;
    Seen.push_back(Key);
    Strongest = std::max(Strongest, Mine);
    Table.Rows.push_back(B);
  }
  const size_t Before = Of.size();
  for (size_t I = First; I != Table.Rows.size(); ++I)
    if (mayRun(strengthOf(rowOf(Units, Table.Rows[I])), Strongest))
      Of.push_back({Id, static_cast<BodyId>(I)});
  if (Of.size() > Before)
    Table.Duplicates += Of.size() - Before - 1;
}

BodyTable assay::collectBodies(ArrayRef<Unit> Units, ArrayRef<EntityInfo> Entities,
                               const std::vector<bool> &Apart) {
  const auto Count = static_cast<uint32_t>(Entities.size());
  const Program::Slices<Candidate> Candidates = candidatesOf(Units, Count);
  BodyTable Table;
  for (const Unit &U : Units)
    Table.Tables.push_back({U.Summary->strings(), U.Summary->files(), U.Entities});
  std::vector<std::pair<uint32_t, BodyId>> Of;
  for (EntityId Id = 0; Id != Count; ++Id) {
    const size_t First = Table.Rows.size();
    const auto *Begin = Candidates.Items.data() + Candidates.Start[Id];
    addBodies(Table, Units, Id, {Begin, Candidates.Items.data() + Candidates.Start[Id + 1]}, Apart,
              Of);
    if (Table.Rows.size() > First + 1)
      noteCollision(Table, Units, Entities[Id], ArrayRef(Table.Rows).drop_front(First));
  }
  Table.Of = slicesFrom<BodyId>(Of, Count);
  return Table;
}
