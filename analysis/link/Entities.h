/// Which entities of different units are one: those of the same EntityName. Extraction has made the
/// names of what has no external linkage unique, so nothing else is needed to keep two statics
/// apart.
///
/// It does not look into bodies.
#ifndef ASSAY_ANALYSIS_LINK_ENTITIES_H
#define ASSAY_ANALYSIS_LINK_ENTITIES_H

#include "analysis/link/Duplicates.h"

namespace assay {

/// How much a linker prefers a row: a strong definition over a tentative one (a common symbol,
/// where the compiler makes such) over a weak one over a body that gives no symbol over a
/// declaration.
enum class Strength : uint8_t { Declared, InlineOnly, Weak, Tentative, Strong };
Strength strengthOf(const Entity &Row);

/// Orders units by main file, then command, then bytes.
void orderUnits(std::vector<Unit> &Units);

/// Fills `Unit::Entities` of each unit; the rows come in the order of EntityName. `Apart` gets what
/// Duplicates.h kept apart, and must outlive the rows.
std::vector<EntityInfo> mergeEntities(std::vector<Unit> &Units, DuplicateNames &Apart);

/// The index that Program::entitiesNamed searches.
std::vector<EntityId> indexByQualified(llvm::ArrayRef<EntityInfo> Rows);

/// Entities that are another one's symbol under a second name (alias attribute, weakref, asm label,
/// or a declaration whose symbol somebody defines under another name) and have no definition of
/// their own: (alias, defined entity), ordered.
std::vector<std::pair<EntityId, EntityId>> findAliases(llvm::ArrayRef<Unit> Units,
                                                       llvm::ArrayRef<EntityInfo> Rows);

/// The symbol by which other units reach this entity; empty where only its mangled name does.
llvm::StringRef symbolOf(llvm::ArrayRef<Unit> Units, const EntityInfo &E);

} // namespace assay

#endif
