/// The entities that the bodies of a unit speak of, and what the linker must know about those.
///
/// A declaration gets a row when somebody asks for its index; its parent, what it overrides and its
/// bases follow. Indices are in the order of asking until `finish()`, which orders the rows by name
/// and says how indices moved.
#ifndef ASSAY_ANALYSIS_EXTRACT_ENTITYTABLE_H
#define ASSAY_ANALYSIS_EXTRACT_ENTITYTABLE_H

#include "analysis/extract/EntityNames.h"
#include "analysis/extract/TypeNames.h"

#include "llvm/ADT/StringMap.h"

namespace assay {

/// One row of TUSummary.entities before it is written.
struct EntityRow {
  uint32_t Name = 0, Qualified = 0;
  EntityKind Kind = EntityKind::Function;
  Linkage Link = Linkage::None;
  uint32_t Flags = 0;
  uint32_t Type = 0;
  Loc At;
  uint32_t Parent = 0; ///< index + 1
  int64_t Value = 0;
  std::vector<Param> Params;
  std::vector<uint32_t> Overrides, Bases, Annotations;
  uint32_t AsmLabel = 0, Section = 0;
  uint32_t AliasOf = 0; ///< index + 1
  const clang::NamedDecl *Decl = nullptr;
};

class EntityTable {
public:
  EntityTable(const clang::ASTContext &Context, StringTable &Strings, LocTable &Locs,
              TypeNames &Types)
      : Context(Context), Strings(Strings), Locs(Locs), Types(Types), Names(Locs) {}

  uint32_t indexOf(const clang::NamedDecl *D);
  /// `Function` is used other than by calling it.
  void markAddressTaken(uint32_t Index) { add(Index, EntityFlag::AddressTaken); }

  /// What alias attributes may name: the unit's own definitions by symbol. Empty until somebody
  /// writes such an attribute.
  void setSymbols(llvm::StringMap<const clang::NamedDecl *> Named) { Symbols = std::move(Named); }

  uint32_t nameOf(uint32_t Index) const { return Rows[Index].Name; }
  std::string qualifiedNameOf(const clang::NamedDecl *D) { return Names.qualifiedNameOf(D); }

  struct Ordered {
    std::vector<EntityRow> Rows;
    std::vector<uint32_t> NewIndex; ///< by old index
  };
  Ordered finish();

private:
  void fill(uint32_t Index);
  void fillFunction(EntityRow &Row, const clang::FunctionDecl *F);
  void fillMethod(EntityRow &Row, const clang::CXXMethodDecl *M);
  void fillVariable(EntityRow &Row, const clang::VarDecl *V);
  void fillRecord(EntityRow &Row, const clang::RecordDecl *R);
  void fillAttributes(EntityRow &Row, const clang::NamedDecl *D);
  void fillSymbol(EntityRow &Row, const clang::NamedDecl *D, const clang::NamedDecl *Definition);
  void fillAlias(EntityRow &Row, const clang::NamedDecl *D);
  Param paramOf(const clang::ParmVarDecl *P);
  void add(uint32_t Index, EntityFlag Flag) { Rows[Index].Flags |= static_cast<uint32_t>(Flag); }

  const clang::ASTContext &Context;
  StringTable &Strings;
  LocTable &Locs;
  TypeNames &Types;
  EntityNames Names;
  std::vector<EntityRow> Rows;
  llvm::DenseMap<const clang::Decl *, uint32_t> IndexOfDecl;
  llvm::DenseMap<uint32_t, uint32_t> IndexOfName;
  llvm::StringMap<const clang::NamedDecl *> Symbols;
};

} // namespace assay

#endif
