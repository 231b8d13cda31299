/// The whole program: every TUSummary, joined. Built once by analysis/link, then const; read by
/// analysis/solve.
///
/// It owns the summaries' bytes (usually memory-mapped) and adds what only the whole can know:
/// which entities of different units are one, which bodies a call may reach, who calls whom, who
/// writes a field. It decides nothing about policy, and it holds no value that depends on the order
/// in which units were given: ids follow names.
#ifndef ASSAY_ANALYSIS_MODEL_PROGRAM_H
#define ASSAY_ANALYSIS_MODEL_PROGRAM_H

#include "analysis/model/Operand.h"
#include "analysis/model/Rows.h"
#include "analysis/model/TUSummary_generated.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class MemoryBuffer;
}

namespace assay {

using UnitId = uint32_t;
using EntityId = uint32_t; ///< dense, ordered by EntityName over the whole program
using BodyId = uint32_t;   ///< dense, ordered by (EntityName, unit's main file)
constexpr uint32_t NoId = ~0u;

/// One instruction of the program.
struct InstRef {
  BodyId Body = NoId;
  uint32_t Inst = 0;
  friend auto operator<=>(const InstRef &, const InstRef &) = default;
};

/// The bodies of one header, loaded once for all units that share them. `Rows` points into `Bytes`.
struct SharedBodies {
  /// A body's function must have so many parameters.
  struct Need {
    uint32_t Entity, Params;
  };
  std::shared_ptr<llvm::MemoryBuffer> Bytes;
  const HeaderBodies *Rows = nullptr;
  std::vector<Need> Needs;
};

/// A loaded unit. `Summary` points into `Bytes`.
struct Unit {
  std::shared_ptr<llvm::MemoryBuffer> Bytes;
  const TUSummary *Summary = nullptr;
  std::vector<std::shared_ptr<const SharedBodies>> Shared; ///< parallel to Summary->shared()
  std::array<uint8_t, 32>
      Checksum{};                 ///< BLAKE3 of the summary, which names what it shares by digest
  std::vector<EntityId> Entities; ///< local entity index -> EntityId
  std::vector<uint32_t> Images; ///< programs and libraries that it is linked into; empty: not known

  llvm::StringRef string(uint32_t Index) const {
    const auto *S = Summary->strings()->Get(Index);
    return {S->data(), S->size()};
  }
};

/// A body of a unit, its own or a shared one, before the units are joined.
struct UnitBody {
  static constexpr uint32_t Own = ~0u;

  const Body *Data = nullptr;
  uint32_t Part = Own; ///< of Unit::Shared
  llvm::ArrayRef<uint32_t> Rows =
      {}; ///< of a shared body: entities of the unit, by the body's index

  /// The unit's entity that an index of the body's rows means.
  uint32_t entity(uint32_t Index) const { return Part == Own ? Index : Rows[Index]; }
};

/// Calls `Each(UnitBody)`, the unit's own bodies first.
template <class F> void forEachBody(const Unit &U, F &&Each) {
  if (const auto *Own = U.Summary->bodies())
    for (const Body *B : *Own)
      Each(UnitBody{B});
  for (uint32_t Part = 0; Part != U.Shared.size(); ++Part)
    if (const auto *Shared = U.Shared[Part]->Rows->bodies())
      for (const Body *B : *Shared)
        Each(UnitBody{B, Part, rows(U.Summary->shared()->Get(Part)->entities())});
}

/// What the numbers in a body's rows stand for.
struct IndexTables {
  const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> *Strings = nullptr;
  const flatbuffers::Vector<flatbuffers::Offset<FileRead>> *Files = nullptr;
  llvm::ArrayRef<EntityId> Entities = {}; ///< by the body's entity index
  llvm::ArrayRef<uint32_t> Rows =
      {}; ///< of shared bodies: the unit's entities; else empty, the same
  std::vector<EntityId> Storage = {}; ///< of `Entities`, where they are not the unit's

  llvm::StringRef string(uint32_t Index) const {
    const auto *S = Strings->Get(Index);
    return {S->data(), S->size()};
  }
  /// Stored form.
  llvm::StringRef path(uint16_t File) const {
    const auto *S = Files->Get(File)->path();
    return {S->data(), S->size()};
  }
};

struct BodyInfo {
  UnitId Unit = NoId; ///< the first of those that have it
  const Body *Data = nullptr;
  EntityId Entity = NoId;
  const IndexTables *Tables = nullptr;
};

/// What the program's units say together of one entity.
struct EntityInfo {
  llvm::StringRef Name;      ///< EntityName
  llvm::StringRef Qualified; ///< as people and models write it
  EntityKind Kind = EntityKind::Function;
  Linkage Link = Linkage::None;
  uint32_t Flags =
      0; ///< EntityFlag bits, or-ed over the units (Definition and others mean: in some unit)
  UnitId Unit = NoId; ///< where `Row` is from: the defining unit if there is one
  const Entity *Row = nullptr;

  bool has(EntityFlag F) const { return Flags & static_cast<uint32_t>(F); }
  bool isFunction() const { return Kind <= EntityKind::Destructor; }
};

/// Where a call may go. `Complete` is false when some target could not be found: never treat it as
/// "nowhere".
struct Callees {
  llvm::ArrayRef<EntityId> Targets;
  bool Complete = true;
  /// Not complete, but what is missing is code of nobody's here: a library's own function, what a
  /// plugin registers, what dlsym() finds. As an external function, without its name.
  bool Outside = false;
};

/// Why somebody whom we do not see may call a function.
enum class EntryKind : uint8_t {
  Main,
  Interrupt,    ///< its attribute says so
  RunsBefore,   ///< constructor attribute
  RunsAfter,    ///< destructor attribute
  Resolver,     ///< the loader asks it which function an ifunc is
  Kept,         ///< `used` or `retain` attribute
  Exported,     ///< visible outside: of a library's sources, or said to be exported
  Uncalled,     ///< visible to other objects, and nobody in the program calls it
  HandedOut,    ///< its address goes where we do not see who calls it
  AddressTaken, ///< its address is taken where no body shows it, or is one of too many in a table
  Closure,      ///< a lambda's call operator
  Override,     ///< overrides a method of a class that we do not have whole
  Template      ///< a template of a system header may call it
};

struct EntryPoint {
  EntityId Function = NoId; ///< has a body
  EntryKind Kind = EntryKind::Main;
  InstRef At;               ///< HandedOut: the call, store or return; Body == NoId: no place
  uint32_t Argument = NoId; ///< HandedOut by a call: its index, with a receiver
  EntityId Through = NoId;  ///< HandedOut: the function called (directly), or the variable or field
                            ///< stored to; Uncalled, Exported: the alias that is visible; Resolver:
                            ///< the ifunc
  friend auto operator<=>(const EntryPoint &, const EntryPoint &) = default;
};

/// Figures of the joining that belong in Coverage.
struct LinkFigures {
  uint64_t DirectCalls = 0;
  uint64_t ResolvedIndirectCalls = 0;
  uint64_t OutsideIndirectCalls = 0; ///< Callees::Outside
  uint64_t UnresolvedIndirectCalls = 0;
  uint64_t DuplicateBodies = 0; ///< same external name, different content (kept as candidates)
  /// "NAME: defined in A and in B", ordered; "; kept apart" behind it where each unit is known to
  /// reach one of them.
  std::vector<std::string> Collisions;
};

class Program {
public:
  Program() = default;
  /// Rows point into it, and move with it.
  Program(Program &&) = default;
  Program &operator=(Program &&) = default;

  /// A flat map from a dense id to a slice: `Start` has one more entry than there are ids.
  template <class T> struct Slices {
    std::vector<uint32_t> Start;
    std::vector<T> Items;
  };
  template <class T> static llvm::ArrayRef<T> slice(const Slices<T> &S, uint32_t Id) {
    if (Id + 1 >= S.Start.size())
      return {};
    return llvm::ArrayRef<T>(S.Items).slice(S.Start[Id], S.Start[Id + 1] - S.Start[Id]);
  }

  llvm::ArrayRef<Unit> units() const { return Units; }
  const Unit &unit(UnitId Id) const { return Units[Id]; }

  uint32_t entityCount() const { return static_cast<uint32_t>(EntityRows.size()); }
  const EntityInfo &entity(EntityId Id) const { return EntityRows[Id]; }
  /// All entities whose qualified name is exactly `Qualified` (statics of several units may share
  /// it).
  llvm::ArrayRef<EntityId> entitiesNamed(llvm::StringRef Qualified) const;

  /// Another entity when `Id` is only a second name (alias attribute, asm label) of a symbol that
  /// it defines; else `Id`.
  EntityId definitionOf(EntityId Id) const;

  uint32_t bodyCount() const { return static_cast<uint32_t>(BodyRows.size()); }
  const BodyInfo &body(BodyId Id) const { return BodyRows[Id]; }
  /// Bodies of a function, or the initialisers of a variable. More than one: duplicates, each a
  /// candidate. A weak body that a strong one replaces is not among them, though it has a BodyId.
  /// Of an alias: the defined one's.
  llvm::ArrayRef<BodyId> bodiesOf(EntityId Id) const {
    return slice(BodiesOfEntity, definitionOf(Id));
  }

  const Inst &inst(InstRef R) const { return *BodyRows[R.Body].Data->insts()->Get(R.Inst); }
  /// For the strings, files and entities that a body's rows name by number.
  const IndexTables &tablesOf(BodyId Id) const { return *BodyRows[Id].Tables; }
  /// The program's id of a body's local entity index.
  EntityId entityIn(BodyId Id, uint32_t LocalIndex) const {
    return tablesOf(Id).Entities[LocalIndex];
  }
  /// As the body's unit declares it. Strings of the row are those of `unit(body(Id).Unit)`.
  const Entity &rowIn(BodyId Id, uint32_t LocalIndex) const {
    const auto Rows = tablesOf(Id).Rows;
    return *Units[BodyRows[Id].Unit].Summary->entities()->Get(Rows.empty() ? LocalIndex
                                                                           : Rows[LocalIndex]);
  }
  /// Of a body's own function; empty when it has no such parameter.
  llvm::StringRef paramName(BodyId Id, uint32_t Index) const;

  /// Calls that may reach `Id` (direct, resolved indirect, virtual; under any of its names),
  /// ordered.
  llvm::ArrayRef<InstRef> callersOf(EntityId Id) const {
    return slice(CallersOfEntity, definitionOf(Id));
  }
  /// True when somebody whom we cannot see may call it: it is main or an entry point; its address
  /// goes where calls are not resolved; it has external linkage and the program is not whole (see
  /// Linker::Options); it is a closure, or overrides a method of a system header; nothing in the
  /// program calls it though it could be reached from elsewhere.
  bool mayHaveUnknownCallers(EntityId Id) const { return UnknownCallers[definitionOf(Id)]; }
  /// Every function with a body that `mayHaveUnknownCallers`, once for each kind of reason (with
  /// the first place of it), ordered by function. What a requirement is lifted to at the latest.
  llvm::ArrayRef<EntryPoint> entryPoints() const { return Entries; }
  /// Those of one function.
  llvm::ArrayRef<EntryPoint> entryPointsOf(EntityId Id) const;

  /// Other units of the program are not here: an answer that needs them is a doubt, never a fail.
  bool isAlone() const { return IsAlone; }
  /// A function or variable of another unit that is not here. What a system header declares is a
  /// library's.
  bool isDefinedElsewhere(EntityId Id) const;
  /// Units that are not here may call it.
  bool mayBeCalledElsewhere(EntityId Id) const;

  /// A weak function of a program that is not whole may be replaced, and an ifunc is what its
  /// resolver chose: their callees are not complete. Nor is a function that is defined elsewhere.
  Callees calleesOf(InstRef Call) const;

  /// All calls through pointers and by the hierarchy, ordered.
  llvm::ArrayRef<InstRef> dispatchedCalls() const { return ResolvedCalls; }

  /// Stores whose place ends in this field (or an element of it), or whose base is this global
  /// (whole or part; not what it points to), ordered. A store to a field of a global is in both
  /// lists.
  llvm::ArrayRef<InstRef> storesTo(EntityId Id) const {
    return slice(StoresToEntity, definitionOf(Id));
  }
  /// Calls that are handed the address of (a part of) this global, or of a place whose path goes
  /// through this field: they may write it. Ordered. A call that gets the address of a whole struct
  /// is in the lists of the fields on the way to it, not in those of the fields inside.
  llvm::ArrayRef<InstRef> addressPassedTo(EntityId Id) const {
    return slice(AddressPassed, definitionOf(Id));
  }

  /// What stores, returns, chooses or steps from the address of (a part of) this global, or of a
  /// place whose path goes through this field: in these bodies it may be written under another
  /// name. Ordered; of a field the first in each body.
  llvm::ArrayRef<InstRef> addressNamedAt(EntityId Id) const {
    return slice(AddressNamed, definitionOf(Id));
  }

  const LinkFigures &figures() const { return Figures; }

private:
  friend class Linker;

  bool IsWhole = true, IsAlone = false;
  std::vector<Unit> Units;           ///< ordered by main file, then by command
  std::deque<std::string> MadeNames; ///< of definitions that share a name and were kept apart
  std::vector<EntityInfo> EntityRows;
  std::vector<EntityId>
      EntitiesByQualified; ///< by hash of the name, so that equal names lie together
  std::vector<std::pair<EntityId, EntityId>> Aliases; ///< ordered: second name, defined entity
  std::vector<BodyInfo> BodyRows;
  std::deque<IndexTables> Tables; ///< BodyInfo points here
  Slices<BodyId> BodiesOfEntity;
  Slices<InstRef> CallersOfEntity;
  Slices<InstRef> StoresToEntity;
  Slices<InstRef> AddressPassed;
  Slices<InstRef> AddressNamed;
  std::vector<bool> UnknownCallers;
  std::vector<EntryPoint> Entries;
  std::vector<InstRef> ResolvedCalls;  ///< dispatchedCalls(); parallel to ResolvedTargets' ids
  std::vector<uint32_t> FirstResolved; ///< by body: where its calls begin there; and the end
  Slices<EntityId> ResolvedTargets;
  std::vector<bool> ResolvedComplete, ResolvedOutside;
  LinkFigures Figures;
};

} // namespace assay

#endif
