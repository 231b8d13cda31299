#include "analysis/link/Entities.h"

#include "llvm/ADT/CachedHashString.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

#include <numeric>

using namespace assay;
using llvm::ArrayRef;
using llvm::StringRef;

static bool has(const Entity &Row, EntityFlag F) {
  return Row.flags() & static_cast<uint32_t>(F);
}

Strength assay::strengthOf(const Entity &Row) {
  if (has(Row, EntityFlag::Tentative))
    return Strength::Tentative;
  if (!has(Row, EntityFlag::Definition))
    return Strength::Declared;
  return has(Row, EntityFlag::Weak) ? Strength::Weak : Strength::Strong;
}

static StringRef textOf(const flatbuffers::String *S) {
  return S ? StringRef(S->data(), S->size()) : StringRef();
}

static int compareTexts(const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> *A,
                        const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> *B) {
  const uint32_t SizeA = A ? A->size() : 0, SizeB = B ? B->size() : 0;
  for (uint32_t I = 0; I != std::min(SizeA, SizeB); ++I)
    if (int Order = textOf(A->Get(I)).compare(textOf(B->Get(I))))
      return Order;
  return SizeA < SizeB ? -1 : SizeA > SizeB;
}

static int compareUnits(const Unit &A, const Unit &B) {
  const TUSummary &SA = *A.Summary, &SB = *B.Summary;
  if (int Order = textOf(SA.files()->Get(0)->path()).compare(textOf(SB.files()->Get(0)->path())))
    return Order;
  if (int Order = textOf(SA.command()->directory()).compare(textOf(SB.command()->directory())))
    return Order;
  if (int Order = compareTexts(SA.command()->arguments(), SB.command()->arguments()))
    return Order;
  return A.Bytes && B.Bytes ? A.Bytes->getBuffer().compare(B.Bytes->getBuffer()) : 0;
}

void assay::orderUnits(std::vector<Unit> &Units) {
  llvm::sort(Units, [](const Unit &A, const Unit &B) { return compareUnits(A, B) < 0; });
}

/// Gives each different name a number, in the order of appearance, and writes the numbers to
/// Unit::Entities.
static std::vector<StringRef> numberNames(std::vector<Unit> &Units) {
  llvm::DenseMap<llvm::CachedHashStringRef, uint32_t> Numbers;
  std::vector<StringRef> Names;
  for (Unit &U : Units) {
    const auto *Rows = U.Summary->entities();
    const uint32_t Count = Rows ? Rows->size() : 0;
    U.Entities.resize(Count);
    for (uint32_t I = 0; I != Count; ++I) {
      const StringRef Name = U.string(Rows->Get(I)->name());
      const uint64_t Hash = llvm::xxh3_64bits(Name);
      const auto [It, New] = Numbers.try_emplace(
          llvm::CachedHashStringRef(Name, static_cast<uint32_t>(Hash)), Names.size());
      if (New)
        Names.push_back(Name);
      U.Entities[I] = It->second;
    }
  }
  return Names;
}

/// Number -> place in the order of names.
static std::vector<EntityId> ranksOf(ArrayRef<StringRef> Names) {
  std::vector<uint32_t> Order(Names.size());
  std::iota(Order.begin(), Order.end(), 0);
  llvm::sort(Order, [&](uint32_t A, uint32_t B) { return Names[A] < Names[B]; });
  std::vector<EntityId> Ranks(Names.size());
  for (uint32_t I = 0; I != Order.size(); ++I)
    Ranks[Order[I]] = I;
  return Ranks;
}

static void addRow(EntityInfo &Info, const Unit &U, UnitId Id, const Entity &Row) {
  Info.Flags |= Row.flags();
  // Units come in their order, so the first of equal rows stays.
  if (Info.Row && strengthOf(Row) <= strengthOf(*Info.Row))
    return;
  Info.Name = U.string(Row.name());
  Info.Qualified = U.string(Row.qualified());
  Info.Kind = Row.kind();
  Info.Link = Row.linkage();
  Info.Unit = Id;
  Info.Row = &Row;
}

std::vector<EntityInfo> assay::mergeEntities(std::vector<Unit> &Units) {
  const std::vector<EntityId> Ranks = ranksOf(numberNames(Units));
  std::vector<EntityInfo> Merged(Ranks.size());
  for (UnitId Id = 0; Id != Units.size(); ++Id) {
    Unit &U = Units[Id];
    for (uint32_t I = 0; I != U.Entities.size(); ++I) {
      U.Entities[I] = Ranks[U.Entities[I]];
      addRow(Merged[U.Entities[I]], U, Id, *U.Summary->entities()->Get(I));
    }
  }
  return Merged;
}

std::vector<EntityId> assay::indexByQualified(ArrayRef<EntityInfo> Rows) {
  std::vector<std::pair<uint64_t, EntityId>> Keyed(Rows.size());
  for (EntityId Id = 0; Id != Rows.size(); ++Id)
    Keyed[Id] = {llvm::xxh3_64bits(Rows[Id].Qualified), Id};
  llvm::sort(Keyed, [&](const auto &A, const auto &B) {
    if (A.first != B.first)
      return A.first < B.first;
    // Names of one hash lie together, too.
    const int Order = Rows[A.second].Qualified.compare(Rows[B.second].Qualified);
    return Order ? Order < 0 : A.second < B.second;
  });
  std::vector<EntityId> Index(Keyed.size());
  llvm::transform(Keyed, Index.begin(), [](const auto &K) { return K.second; });
  return Index;
}

static bool isSymbol(const EntityInfo &E) {
  return E.Link == Linkage::External &&
         (E.Kind == EntityKind::Function || E.Kind == EntityKind::Global);
}

/// The symbol that an assembler label or alias attribute gives this entity, empty = its own.
static StringRef labelOf(ArrayRef<Unit> Units, const EntityInfo &E) {
  return Units[E.Unit].string(E.Row->asm_label());
}

/// Unmangled names of defined symbols: those of C and of extern "C".
static llvm::DenseMap<StringRef, EntityId> definedSymbols(ArrayRef<Unit> Units,
                                                          ArrayRef<EntityInfo> Rows) {
  llvm::DenseMap<StringRef, EntityId> Defined;
  for (EntityId Id = 0; Id != Rows.size(); ++Id) {
    const EntityInfo &E = Rows[Id];
    if (!isSymbol(E) || strengthOf(*E.Row) == Strength::Declared || has(*E.Row, EntityFlag::Alias))
      continue;
    const StringRef Label = labelOf(Units, E);
    Defined.try_emplace(Label.empty() ? E.Qualified : Label, Id);
  }
  return Defined;
}

/// `alias("f")` names a symbol of its own unit, which may be static.
static EntityId definedInUnit(const Unit &U, EntityKind Kind, StringRef Name) {
  for (uint32_t I = 0; I != U.Entities.size(); ++I) {
    const Entity &Row = *U.Summary->entities()->Get(I);
    if (Row.kind() == Kind && has(Row, EntityFlag::Definition) && !has(Row, EntityFlag::Alias) &&
        U.string(Row.qualified()) == Name)
      return U.Entities[I];
  }
  return NoId;
}

std::vector<std::pair<EntityId, EntityId>> assay::findAliases(ArrayRef<Unit> Units,
                                                              ArrayRef<EntityInfo> Rows) {
  const llvm::DenseMap<StringRef, EntityId> Defined = definedSymbols(Units, Rows);
  std::vector<std::pair<EntityId, EntityId>> Aliases;
  for (EntityId Id = 0; Id != Rows.size(); ++Id) {
    const EntityInfo &E = Rows[Id];
    const bool IsAlias = has(*E.Row, EntityFlag::Alias);
    if (!isSymbol(E) || !(IsAlias || strengthOf(*E.Row) == Strength::Declared))
      continue;
    const StringRef Label = labelOf(Units, E);
    if (Label.empty())
      continue;
    EntityId Target = IsAlias ? definedInUnit(Units[E.Unit], E.Kind, Label) : NoId;
    if (const auto Found = Defined.find(Label); Target == NoId && Found != Defined.end())
      Target = Found->second;
    if (Target != NoId && Target != Id && Rows[Target].Kind == E.Kind)
      Aliases.push_back({Id, Target});
  }
  return Aliases;
}
