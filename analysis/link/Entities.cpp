#include "analysis/link/Entities.h"

#include "analysis/model/Rows.h"

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
  if (!has(Row, EntityFlag::Definition))
    return has(Row, EntityFlag::Tentative) ? Strength::Tentative : Strength::Declared;
  if (has(Row, EntityFlag::InlineOnly))
    return Strength::InlineOnly;
  if (has(Row, EntityFlag::Weak))
    return Strength::Weak;
  return has(Row, EntityFlag::Tentative) ? Strength::Tentative : Strength::Strong;
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
  // The digests of what is shared are part of the bytes.
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

std::vector<EntityInfo> assay::mergeEntities(std::vector<Unit> &Units, DuplicateNames &Apart) {
  std::vector<StringRef> Names = numberNames(Units);
  Apart = keepApart(Units, Names);
  const std::vector<EntityId> Ranks = ranksOf(Names);
  std::vector<EntityInfo> Merged(Ranks.size());
  for (UnitId Id = 0; Id != Units.size(); ++Id) {
    Unit &U = Units[Id];
    for (uint32_t I = 0; I != U.Entities.size(); ++I) {
      U.Entities[I] = Ranks[U.Entities[I]];
      addRow(Merged[U.Entities[I]], U, Id, *U.Summary->entities()->Get(I));
    }
  }
  for (uint32_t I = 0; I != Names.size(); ++I)
    Merged[Ranks[I]].Name = Names[I];
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

static StringRef labelOf(ArrayRef<Unit> Units, const EntityInfo &E) {
  return Units[E.Unit].string(E.Row->asm_label());
}

/// Has another name than its own here, and no definition: `asm("...")`, or a weakref, which is a
/// static that stands for a symbol of somebody else.
static bool isReference(ArrayRef<Unit> Units, const EntityInfo &E) {
  return strengthOf(*E.Row) == Strength::Declared && !labelOf(Units, E).empty();
}

static bool isSymbol(ArrayRef<Unit> Units, const EntityInfo &E) {
  const bool MayBe = E.Kind == EntityKind::Function || E.Kind == EntityKind::Global;
  return MayBe && (E.Link == Linkage::External || isReference(Units, E));
}

/// C, or extern "C": the symbol is the name.
static bool isUnmangled(ArrayRef<Unit> Units, const EntityInfo &E) {
  const auto *Language = Units[E.Unit].Summary->command()->language();
  return has(*E.Row, EntityFlag::ExternC) || textOf(Language) == "c";
}

static bool isSecondName(const EntityInfo &E) {
  return has(*E.Row, EntityFlag::Alias) || has(*E.Row, EntityFlag::IFunc);
}

StringRef assay::symbolOf(ArrayRef<Unit> Units, const EntityInfo &E) {
  if (StringRef Label = labelOf(Units, E); !Label.empty() && !isSecondName(E))
    return Label;
  return isUnmangled(Units, E) ? E.Qualified : StringRef();
}

/// Who defines each symbol; of several the one that a linker prefers.
static llvm::DenseMap<StringRef, EntityId> definedSymbols(ArrayRef<Unit> Units,
                                                          ArrayRef<EntityInfo> Rows) {
  llvm::DenseMap<StringRef, EntityId> Defined;
  for (EntityId Id = 0; Id != Rows.size(); ++Id) {
    const EntityInfo &E = Rows[Id];
    if (!isSymbol(Units, E) || strengthOf(*E.Row) <= Strength::InlineOnly)
      continue;
    const StringRef Symbol = symbolOf(Units, E);
    if (Symbol.empty())
      continue;
    const auto [It, New] = Defined.try_emplace(Symbol, Id);
    if (!New && strengthOf(*Rows[It->second].Row) < strengthOf(*E.Row))
      It->second = Id;
  }
  return Defined;
}

/// Whom this entity is another name of; NoId = it is itself.
static EntityId namedBy(ArrayRef<Unit> Units, const EntityInfo &E,
                        const llvm::DenseMap<StringRef, EntityId> &Defined) {
  if (has(*E.Row, EntityFlag::Alias)) {
    if (E.Row->alias_of())
      return Units[E.Unit].Entities[E.Row->alias_of() - 1];
  } else if (strengthOf(*E.Row) != Strength::Declared) {
    return NoId;
  }
  const StringRef Symbol = has(*E.Row, EntityFlag::Alias) ? labelOf(Units, E) : symbolOf(Units, E);
  const auto Found = Defined.find(Symbol);
  return Found == Defined.end() ? NoId : Found->second;
}

std::vector<std::pair<EntityId, EntityId>> assay::findAliases(ArrayRef<Unit> Units,
                                                              ArrayRef<EntityInfo> Rows) {
  const llvm::DenseMap<StringRef, EntityId> Defined = definedSymbols(Units, Rows);
  llvm::DenseMap<EntityId, EntityId> Next;
  for (EntityId Id = 0; Id != Rows.size(); ++Id) {
    if (!isSymbol(Units, Rows[Id]))
      continue;
    const EntityId Target = namedBy(Units, Rows[Id], Defined);
    if (Target != NoId && Target != Id && Rows[Target].Kind == Rows[Id].Kind)
      Next[Id] = Target;
  }
  std::vector<std::pair<EntityId, EntityId>> Aliases;
  for (EntityId Id = 0; Id != Rows.size(); ++Id) {
    EntityId Last = Id;
    // Names of names; a circle is damage, and ends somewhere in it.
    for (unsigned Left = 8; Left && Next.count(Last); --Left)
      Last = Next.lookup(Last);
    if (Last != Id)
      Aliases.push_back({Id, Last});
  }
  return Aliases;
}
