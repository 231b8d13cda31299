#include "analysis/extract/EntityTable.h"

#include "analysis/extract/ConstantFolder.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"

#include <algorithm>
#include <numeric>

using namespace assay;
using namespace clang;

static void flag(EntityRow &Row, EntityFlag Flag, bool Set) {
  if (Set)
    Row.Flags |= static_cast<uint32_t>(Flag);
}

static EntityKind kindOf(const NamedDecl *D) {
  if (isa<CXXConstructorDecl>(D))
    return EntityKind::Constructor;
  if (isa<CXXDestructorDecl>(D))
    return EntityKind::Destructor;
  if (isa<CXXMethodDecl>(D))
    return EntityKind::Method;
  if (isa<FunctionDecl>(D))
    return EntityKind::Function;
  if (isa<FieldDecl>(D))
    return EntityKind::Field;
  if (isa<EnumConstantDecl>(D))
    return EntityKind::Enumerator;
  if (isa<TagDecl>(D))
    return EntityKind::Record;
  const auto *Var = dyn_cast<VarDecl>(D);
  return Var && Var->isStaticLocal() ? EntityKind::StaticLocal : EntityKind::Global;
}

static assay::Linkage linkageOf(const NamedDecl *D) {
  switch (D->getFormalLinkage()) {
  case clang::Linkage::External:
  case clang::Linkage::Module:
    return D->isExternallyVisible() ? assay::Linkage::External : assay::Linkage::Internal;
  case clang::Linkage::Internal:
  case clang::Linkage::UniqueExternal:
    return assay::Linkage::Internal;
  default:
    return assay::Linkage::None;
  }
}

/// Declarations that contradict each other (one of them often implied by a call before) are two to
/// Clang and one to us; a body needs the row of its own parameters.
static bool saysMore(const EntityRow &Known, const NamedDecl *D) {
  const auto *Function = dyn_cast<FunctionDecl>(D);
  const FunctionDecl *Definition = nullptr;
  if (!Function || !Function->isDefined(Definition))
    return false;
  return !(Known.Flags & static_cast<uint32_t>(EntityFlag::Definition)) ||
         Definition->getNumParams() > Known.Params.size();
}

uint32_t EntityTable::indexOf(const NamedDecl *D) {
  const auto *Canonical = cast<NamedDecl>(D->getCanonicalDecl());
  if (auto It = IndexOfDecl.find(Canonical); It != IndexOfDecl.end())
    return It->second;
  const uint32_t Name = Strings.intern(Names.nameOf(Canonical));
  const auto [It, New] = IndexOfName.try_emplace(Name, static_cast<uint32_t>(Rows.size()));
  const uint32_t Index = It->second;
  IndexOfDecl[Canonical] = Index;
  if (New) {
    Rows.emplace_back();
    Rows[Index].Name = Name;
    Rows[Index].Decl = Canonical;
    fill(Index);
  } else if (saysMore(Rows[Index], Canonical)) {
    EntityRow Fresh;
    Fresh.Name = Name;
    Fresh.Decl = Canonical;
    Fresh.Flags = Rows[Index].Flags;
    Rows[Index] = std::move(Fresh);
    fill(Index);
  }
  return Index;
}

/// Fills a copy: asking for a parent or base may move the rows.
void EntityTable::fill(uint32_t Index) {
  EntityRow Row = Rows[Index];
  const NamedDecl *D = Row.Decl;
  Row.Qualified = Strings.intern(Names.qualifiedNameOf(D));
  Row.Kind = kindOf(D);
  Row.Link = linkageOf(D);
  Row.At = Locs.at(D->getLocation());
  flag(Row, EntityFlag::SystemHeader, Locs.isInSystemHeader(D->getLocation()));
  // A builtin's first declaration is the compiler's, whatever the sources declare later.
  flag(Row, EntityFlag::Implicit, D->getMostRecentDecl()->isImplicit());
  if (const auto *Value = dyn_cast<ValueDecl>(D))
    Row.Type = Types.nameOf(Value->getType());
  if (const auto *Function = dyn_cast<FunctionDecl>(D))
    fillFunction(Row, Function);
  else if (const auto *Var = dyn_cast<VarDecl>(D))
    fillVariable(Row, Var);
  else if (const auto *Record = dyn_cast<RecordDecl>(D))
    fillRecord(Row, Record);
  else if (const auto *Field = dyn_cast<FieldDecl>(D)) {
    flag(Row, EntityFlag::Const, Field->getType().isConstQualified());
    Row.Parent = indexOf(Field->getParent()) + 1;
  } else if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(D))
    Row.Value = asInt64(Enumerator->getInitVal());
  fillAttributes(Row, D);
  Row.Flags |= Rows[Index].Flags;
  Rows[Index] = std::move(Row);
}

Param EntityTable::paramOf(const ParmVarDecl *P) {
  const QualType Type = P->getType().getCanonicalType();
  uint16_t Flags = 0;
  auto Set = [&](ParamFlag Flag, bool Has) { Flags |= Has ? static_cast<uint16_t>(Flag) : 0; };
  const QualType Pointee = Type->getPointeeType();
  Set(ParamFlag::Pointer, Type->isPointerType());
  Set(ParamFlag::Reference, Type->isReferenceType());
  Set(ParamFlag::PointeeConst, !Pointee.isNull() && Pointee.isConstQualified());
  Set(ParamFlag::FunctionPointer, !Pointee.isNull() && Pointee->isFunctionType());
  Set(ParamFlag::RecordByValue, Type->isRecordType());
  return Param(Strings.intern(P->getName()), Types.nameOf(Type), Flags);
}

/// GNU C lets the definition that gives the symbol follow an `extern inline` one.
static const FunctionDecl *definitionOf(const ASTContext &Context, const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (!F->isDefined(Definition))
    return nullptr;
  for (const FunctionDecl *Each : F->redecls())
    if (Each->doesThisDeclarationHaveABody() &&
        Context.GetGVALinkageForFunction(Each) != GVA_AvailableExternally)
      return Each;
  return Definition;
}

void EntityTable::fillFunction(EntityRow &Row, const FunctionDecl *F) {
  const FunctionDecl *Definition = definitionOf(Context, F);
  flag(Row, EntityFlag::Definition, Definition != nullptr);
  const FunctionDecl *Written = Definition ? Definition : F->getMostRecentDecl();
  if (Definition)
    Row.At = Locs.at(Definition->getLocation());
  flag(Row, EntityFlag::Inline, Written->isInlined());
  fillSymbol(Row, F, Definition);
  flag(Row, EntityFlag::Variadic, F->isVariadic());
  flag(Row, EntityFlag::NoReturn, Written->isNoReturn());
  flag(Row, EntityFlag::Template, F->isTemplateInstantiation());
  flag(Row, EntityFlag::ExternC, F->isExternC());
  for (const ParmVarDecl *P : Written->parameters())
    Row.Params.push_back(paramOf(P));
  if (const auto *Method = dyn_cast<CXXMethodDecl>(F))
    fillMethod(Row, Method);
}

void EntityTable::fillMethod(EntityRow &Row, const CXXMethodDecl *M) {
  flag(Row, EntityFlag::Virtual, M->isVirtual());
  flag(Row, EntityFlag::Pure, M->isPureVirtual());
  flag(Row, EntityFlag::ConstMethod, M->isConst());
  flag(Row, EntityFlag::StaticMethod, M->isStatic());
  Row.Parent = indexOf(M->getParent()) + 1;
  for (const CXXMethodDecl *Overridden : M->overridden_methods())
    Row.Overrides.push_back(indexOf(Overridden));
}

void EntityTable::fillVariable(EntityRow &Row, const VarDecl *V) {
  const VarDecl *Definition = V->getDefinition();
  // The one that a header declares first is none; a later one may be, and only that says so.
  const VarDecl *Acting = Definition;
  for (const VarDecl *Again : V->redecls())
    if (!Acting)
      Acting = Again->getActingDefinition();
  flag(Row, EntityFlag::Definition, Acting != nullptr);
  flag(Row, EntityFlag::Tentative, !Definition && Acting);
  if (Acting) {
    Row.At = Locs.at(Acting->getLocation());
    Row.Type = Types.nameOf(Acting->getType());
  }
  flag(Row, EntityFlag::Const, V->getType().isConstQualified() || V->isConstexpr());
  flag(Row, EntityFlag::Inline, V->isInline());
  fillSymbol(Row, V, Acting);
  flag(Row, EntityFlag::ExternC, V->isExternC());
  flag(Row, EntityFlag::Template, isTemplateInstantiation(V->getTemplateSpecializationKind()));
  if (V->isStaticLocal() || V->isStaticDataMember())
    if (const auto *Around = dyn_cast<NamedDecl>(V->getDeclContext()))
      Row.Parent = indexOf(Around) + 1;
}

void EntityTable::fillRecord(EntityRow &Row, const RecordDecl *R) {
  const RecordDecl *Definition = R->getDefinition();
  flag(Row, EntityFlag::Definition, Definition != nullptr);
  if (Definition)
    Row.At = Locs.at(Definition->getLocation());
  flag(Row, EntityFlag::Union, R->isUnion());
  flag(Row, EntityFlag::Anonymous, writtenName(R).empty());
  Row.Type = Types.nameOf(Context.getRecordType(R));
  const auto *Class = dyn_cast_or_null<CXXRecordDecl>(Definition);
  if (!Class)
    return;
  flag(Row, EntityFlag::Lambda, Class->isLambda());
  flag(Row, EntityFlag::Template, isTemplateInstantiation(Class->getTemplateSpecializationKind()));
  for (const CXXBaseSpecifier &Base : Class->bases())
    if (const CXXRecordDecl *BaseRecord = Base.getType()->getAsCXXRecordDecl())
      Row.Bases.push_back(indexOf(BaseRecord));
}

/// What a linker will see of a definition.
void EntityTable::fillSymbol(EntityRow &Row, const NamedDecl *D, const NamedDecl *Definition) {
  if (Row.Link != assay::Linkage::External)
    return;
  const LinkageInfo Seen = D->getMostRecentDecl()->getLinkageAndVisibility();
  flag(Row, EntityFlag::Hidden, Seen.getVisibility() == HiddenVisibility);
  flag(Row, EntityFlag::Exported,
       D->getMostRecentDecl()->hasAttr<DLLExportAttr>() ||
           (Seen.isVisibilityExplicit() && Seen.getVisibility() != HiddenVisibility));
  if (!Definition)
    return;
  const auto *Function = dyn_cast<FunctionDecl>(Definition);
  if (Function && !Function->doesThisDeclarationHaveABody() && !Function->hasSkippedBody())
    return;
  const GVALinkage Symbol = Function ? Context.GetGVALinkageForFunction(Function)
                                     : Context.GetGVALinkageForVariable(cast<VarDecl>(Definition));
  flag(Row, EntityFlag::InlineOnly, Symbol == GVA_AvailableExternally);
  flag(Row, EntityFlag::Comdat, Symbol == GVA_DiscardableODR || Symbol == GVA_StrongODR);
}

/// The interrupt attribute of each target has a class of its own; what they share is the spelling.
static bool isInterrupt(const Attr *A) {
  const StringRef Spelling = A->getSpelling();
  return Spelling == "interrupt" || Spelling == "signal" || Spelling == "interrupt_handler";
}

void EntityTable::fillAttributes(EntityRow &Row, const NamedDecl *D) {
  const Decl *Latest = D->getMostRecentDecl();
  if (!Latest->hasAttrs())
    return;
  flag(Row, EntityFlag::Weak, Latest->hasAttr<WeakAttr>() || Latest->hasAttr<WeakRefAttr>());
  flag(Row, EntityFlag::Kept, Latest->hasAttr<UsedAttr>() || Latest->hasAttr<RetainAttr>());
  flag(Row, EntityFlag::RunsBefore, Latest->hasAttr<ConstructorAttr>());
  flag(Row, EntityFlag::RunsAfter, Latest->hasAttr<DestructorAttr>());
  for (const Attr *A : Latest->attrs()) {
    if (const auto *Annotation = dyn_cast<AnnotateAttr>(A))
      Row.Annotations.push_back(Strings.intern(Annotation->getAnnotation()));
    else if (const auto *Section = dyn_cast<SectionAttr>(A))
      Row.Section = Strings.intern(Section->getName());
    flag(Row, EntityFlag::Interrupt, isInterrupt(A));
  }
  fillAlias(Row, D);
}

void EntityTable::fillAlias(EntityRow &Row, const NamedDecl *D) {
  const Decl *Latest = D->getMostRecentDecl();
  StringRef Target;
  if (const auto *Alias = Latest->getAttr<AliasAttr>())
    Target = Alias->getAliasee();
  else if (const auto *Resolved = Latest->getAttr<IFuncAttr>())
    Target = Resolved->getResolver();
  // Clang keeps what a weakref names as an alias; yet it defines nothing.
  const bool IsReference = Latest->hasAttr<WeakRefAttr>();
  if (IsReference)
    Row.Flags &= ~static_cast<uint32_t>(EntityFlag::Definition);
  flag(Row, EntityFlag::Alias, Latest->hasAttr<AliasAttr>() && !IsReference);
  flag(Row, EntityFlag::IFunc, Latest->hasAttr<IFuncAttr>());
  if (const auto It = Symbols.find(Target); It != Symbols.end() && It->second != D && !IsReference)
    Row.AliasOf = indexOf(It->second) + 1;
  if (const auto *Label = Latest->getAttr<AsmLabelAttr>())
    Target = Label->getLabel();
  if (!Target.empty())
    Row.AsmLabel = Strings.intern(Target);
}

EntityTable::Ordered EntityTable::finish() {
  std::vector<uint32_t> Order(Rows.size());
  std::iota(Order.begin(), Order.end(), 0);
  std::sort(Order.begin(), Order.end(), [&](uint32_t A, uint32_t B) {
    return Strings.text(Rows[A].Name) < Strings.text(Rows[B].Name);
  });
  Ordered Result;
  Result.NewIndex.resize(Rows.size());
  for (uint32_t New = 0; New != Order.size(); ++New)
    Result.NewIndex[Order[New]] = New;
  for (uint32_t Old : Order) {
    EntityRow &Row = Result.Rows.emplace_back(std::move(Rows[Old]));
    if (Row.Parent)
      Row.Parent = Result.NewIndex[Row.Parent - 1] + 1;
    for (uint32_t &I : Row.Overrides)
      I = Result.NewIndex[I];
    if (Row.AliasOf)
      Row.AliasOf = Result.NewIndex[Row.AliasOf - 1] + 1;
    for (uint32_t &I : Row.Bases)
      I = Result.NewIndex[I];
    std::sort(Row.Overrides.begin(), Row.Overrides.end());
  }
  return Result;
}
