#include "analysis/solve/RoleIndex.h"

#include "analysis/model/Rows.h"

#include "llvm/Support/Path.h"

#include <algorithm>
#include <map>
#include <optional>

using namespace assay;

namespace {

/// A static function of a source file only looks like the library's; one in a header may be the
/// library's own inline.
bool isOnlyANamesake(const EntityInfo &E) {
  return E.Link == Linkage::Internal && E.Row->loc()->file() == 0;
}

/// Class::method, a function of a namespace: C has none.
bool isOfCxx(const FunctionModel &Row) {
  return Row.Name->find("::") != std::string::npos;
}

/// The field or global that a load takes whole.
EntityId readBy(const Program &Prog, BodyId In, const Place &P) {
  if (P.path_len() == 0)
    return P.kind() == BaseKind::Global ? Prog.definitionOf(Prog.entityIn(In, P.base())) : NoId;
  const Step &Last = *Prog.body(In).Data->steps()->Get(P.path_start() + P.path_len() - 1);
  return Last.kind() == StepKind::Field ? Prog.definitionOf(Prog.entityIn(In, Last.value())) : NoId;
}

constexpr llvm::StringLiteral InHouse = "project";
constexpr const char *LeftOut = "in a file that the policy's scope leaves out";

} // namespace

std::optional<Operand> assay::operandOf(const ArgRef &Ref, InstRef Call, const Program &Prog) {
  const Inst &I = Prog.inst(Call);
  const unsigned Receiver = (I.flags() & static_cast<uint16_t>(CallFlag::Receiver)) != 0;
  const auto Argument = [&](unsigned A) {
    return I.op() == Op::Call && A < I.c()
               ? std::optional(Operand(Prog.body(Call.Body).Data->args()->Get(I.b() + A)))
               : std::nullopt;
  };
  switch (Ref.Where) {
  case ArgRef::Kind::Argument:
    return Argument(Ref.Index + Receiver);
  case ArgRef::Kind::Return:
    return Operand(OperandKind::Temp, Call.Inst);
  case ArgRef::Kind::This:
    return Argument(0);
  case ArgRef::Kind::Fixed:
  case ArgRef::Kind::Global:
    return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Operand> assay::objectViewedBy(InstRef Call, const Program &Prog,
                                             const RoleIndex &Roles) {
  for (EntityId Callee : Prog.calleesOf(Call).Targets)
    for (const FunctionModel *Row : Roles.rowsOf(Callee)) {
      const Role *R = Roles.role(Row->Role);
      if (!R)
        continue;
      for (const auto &[Result, From] : R->PointsInto)
        if (const auto Of = Row->Binds.find(From); Of != Row->Binds.end())
          if (const auto O = operandOf(Of->second, Call, Prog))
            return O;
    }
  return std::nullopt;
}

bool assay::matchesAnyGlob(const std::vector<std::string> &Globs, llvm::StringRef Text) {
  return llvm::any_of(Globs, [&](const std::string &G) {
    auto Pattern = llvm::GlobPattern::create(G);
    if (Pattern)
      return Pattern->match(Text);
    llvm::consumeError(Pattern.takeError()); // the loader has refused it with its place
    return false;
  });
}

RoleIndex::RoleIndex(const Program &Prog, const Policy &Rules) : Prog(Prog) {
  for (const Role &R : Rules.Roles)
    RolesById[*R.Id] = &R;
  for (const Model &M : Rules.Models) {
    for (const FunctionModel &F : M.Functions)
      Functions.add(F);
    if (llvm::none_of(M.Functions, isOfCxx))
      OfC.insert(M.Library);
    for (const FieldModel &F : M.Fields)
      Fields.add(F);
    for (const ValueModel &V : M.Values) {
      Values.add(V);
      if (V.String)
        Strings[llvm::StringRef(*V.String).lower()].push_back(&V);
      if (V.Int)
        Domains[V.Domain].push_back(&V);
    }
  }
  findScope(Rules.OutOfScope);
  findImplementations();
  findFunctions();
  std::optional<AnnotationReader> Reader; // most programs have no annotation
  for (EntityId Id = 0; Id != Prog.entityCount(); ++Id)
    if (rowCount(Prog.entity(Id).Row->annotations())) {
      if (!Reader)
        Reader.emplace(Rules);
      findAnnotations(*Reader, Id);
    }
  findFields();
  sortSites();
}

/// Units that define functions of a modelled library, and the folders that are mostly such a
/// library's: there a unit may only glue its parts together (mbedTLS's cipher_wrap.c) and define
/// nothing that a model names.
void RoleIndex::findImplementations() {
  constexpr size_t LeastUnits = 5, LeastShare = 5; // of a folder: this many, and one in so many
  std::map<std::string, std::vector<UnitId>> Folders;
  std::map<std::pair<std::string, std::string>, size_t> Defining;
  for (UnitId U = 0; U != Prog.units().size(); ++U) {
    std::string Folder =
        llvm::sys::path::parent_path(Prog.unit(U).Summary->files()->Get(0)->path()->str()).str();
    Folders[Folder].push_back(U);
    for (const std::string &Library : librariesDefinedIn(Prog.unit(U))) {
      Implementations.insert({U, Library});
      ++Defining[{Folder, Library}];
    }
  }
  for (const auto &[Key, Count] : Defining)
    if (const auto &Units = Folders[Key.first];
        Count >= LeastUnits && Count * LeastShare >= Units.size())
      for (UnitId U : Units)
        Implementations.insert({U, Key.second});
}

std::set<std::string> RoleIndex::librariesDefinedIn(const Unit &In) const {
  std::set<std::string> Found;
  for (const Entity *E : *In.Summary->entities()) {
    bool Defines = E->flags() & static_cast<uint32_t>(EntityFlag::Definition);
    if (!Defines || E->linkage() != Linkage::External || E->kind() > EntityKind::Destructor ||
        E->loc()->file() != 0)
      continue;
    for (const FunctionModel *Row : Functions.find(In.string(E->qualified())))
      if (Row->Library != InHouse && !isOverload(*Row, In.string(E->name())))
        Found.insert(Row->Library);
  }
  return Found;
}

/// open(Account &), defined by a program in C++: no library of C has a reference for a parameter.
/// The names of functions of C++ (Clang's USRs) say what parameters they have. A copy of the
/// library that is compiled as C++ (aes.cpp) stays the library.
bool RoleIndex::isOverload(const FunctionModel &Row, llvm::StringRef EntityName) const {
  return EntityName.contains("#&") && OfC.count(Row.Library);
}

void RoleIndex::findScope(const std::vector<std::string> &Excluded) {
  OutOfScope.resize(Prog.bodyCount());
  for (BodyId B = 0; B != Prog.bodyCount() && !Excluded.empty(); ++B) {
    const IndexTables &Of = Prog.tablesOf(B);
    uint16_t File = Prog.body(B).Data->loc()->file();
    OutOfScope[B] = File < Of.Files->size() && matchesAnyGlob(Excluded, Of.path(File).str());
  }
}

void RoleIndex::findFunctions() {
  for (EntityId Id = 0; Id != Prog.entityCount(); ++Id) {
    const EntityInfo &E = Prog.entity(Id);
    if (!E.isFunction())
      continue;
    for (const FunctionModel *Row : Functions.find(E.Qualified)) {
      if (Row->Library != InHouse &&
          (isOnlyANamesake(E) || (E.has(EntityFlag::Definition) && isOverload(*Row, E.Name))))
        continue;
      Rows[Id].push_back(Row);
      if (!Row->Role.empty())
        addSites(Id, *Row);
    }
  }
}

void RoleIndex::findAnnotations(const AnnotationReader &Reader, EntityId Id) {
  const EntityInfo &E = Prog.entity(Id);
  const Unit &In = Prog.unit(E.Unit);
  for (uint32_t Text : rows(E.Row->annotations())) {
    if (!AnnotationReader::isOurs(In.string(Text)))
      continue;
    if (llvm::Error Wrong = annotate(Reader, Id, In.string(Text))) {
      const Loc &L = *E.Row->loc();
      Notes.push_back(
          {Level::Warning,
           "the annotation of " + E.Qualified.str() + (E.isFunction() ? "()" : "") +
               " is not used: " + llvm::toString(std::move(Wrong)),
           {In.Summary->files()->Get(L.file())->path()->str(), L.line(), L.column(), ""}});
    }
  }
}

llvm::Error RoleIndex::annotate(const AnnotationReader &Reader, EntityId Id, llvm::StringRef Text) {
  const EntityInfo &E = Prog.entity(Id);
  if (E.Kind == EntityKind::Field) {
    auto Row = Reader.field(Text, E.Qualified);
    if (!Row)
      return Row.takeError();
    Fields.add(AnnotatedFields.emplace_back(std::move(*Row)));
    return llvm::Error::success();
  }
  if (E.Kind == EntityKind::Record)
    return llvm::createStringError("a record has no row; annotate its fields");
  if (!E.isFunction()) {
    auto Row = Reader.value(Text, E.Qualified);
    if (!Row)
      return Row.takeError();
    Values.add(AnnotatedValues.emplace_back(std::move(*Row)));
    return llvm::Error::success();
  }
  auto Row = Reader.function(Text, E.Qualified);
  if (!Row)
    return Row.takeError();
  Annotated.push_back(std::move(*Row));
  Rows[Id].push_back(&Annotated.back());
  if (!Annotated.back().Role.empty())
    addSites(Id, Annotated.back());
  return llvm::Error::success();
}

/// A header's `static inline` that no unit calls.
static bool isNoCode(const Program &Prog, EntityId Function) {
  return Prog.entity(Function).has(EntityFlag::Inline) && Prog.callersOf(Function).empty() &&
         !Prog.mayHaveUnknownCallers(Function);
}

void RoleIndex::addSites(EntityId Subject, const FunctionModel &Row) {
  for (InstRef Call : Prog.callersOf(Subject)) {
    const char *Exempt = isOutOfScope(Call.Body) ? LeftOut : nullptr;
    if (Implementations.count({Prog.body(Call.Body).Unit, Row.Library}))
      Exempt = "part of the library's own implementation";
    else if (!Exempt && isNoCode(Prog, Prog.body(Call.Body).Entity))
      Exempt = "in an inline function that nobody calls: no code is made of it";
    Sites[Row.Role].push_back({Call, Subject, &Row, nullptr, Exempt});
  }
}

void RoleIndex::findFields() {
  llvm::DenseMap<EntityId, llvm::SmallVector<const FieldModel *, 2>> Tested;
  for (EntityId Id = 0; Id != Prog.entityCount(); ++Id) {
    const EntityInfo &E = Prog.entity(Id);
    if (E.Kind != EntityKind::Field && E.Kind != EntityKind::Global)
      continue;
    for (const FieldModel *Row : Fields.find(E.Qualified)) {
      if (Row->Tested)
        Tested[Prog.definitionOf(Id)].push_back(Row);
      else
        for (InstRef Store : Prog.storesTo(Id))
          Sites[Row->Role].push_back(
              {Store, Id, nullptr, Row, isOutOfScope(Store.Body) ? LeftOut : nullptr});
    }
  }
  if (!Tested.empty())
    findTests(Tested);
}

void RoleIndex::findTests(
    const llvm::DenseMap<EntityId, llvm::SmallVector<const FieldModel *, 2>> &Tested) {
  for (BodyId Id = 0; Id != Prog.bodyCount(); ++Id) {
    const Body &B = *Prog.body(Id).Data;
    for (uint32_t I = 0; I != rowCount(B.insts()); ++I) {
      if (B.insts()->Get(I)->op() != Op::Load)
        continue;
      const EntityId Read = readBy(Prog, Id, *B.places()->Get(B.insts()->Get(I)->a()));
      if (Read == NoId)
        continue;
      if (auto Rows = Tested.find(Read); Rows != Tested.end())
        for (const FieldModel *Row : Rows->second)
          Tests[Row->Role].push_back(
              {{Id, I}, Read, nullptr, Row, isOutOfScope(Id) ? LeftOut : nullptr});
    }
  }
}

void RoleIndex::sortSites() {
  for (auto &Entry : Sites)
    llvm::stable_sort(Entry.second,
                      [](const RoleSite &A, const RoleSite &B) { return A.At < B.At; });
}

llvm::ArrayRef<const FunctionModel *> RoleIndex::rowsOf(EntityId Function) const {
  auto It = Rows.find(Function);
  return It == Rows.end() ? llvm::ArrayRef<const FunctionModel *>() : It->second;
}

const Role *RoleIndex::role(llvm::StringRef Id) const {
  return RolesById.lookup(Id);
}

static llvm::ArrayRef<RoleSite> of(const llvm::StringMap<std::vector<RoleSite>> &Sites,
                                   llvm::StringRef RoleId) {
  auto It = Sites.find(RoleId);
  if (It == Sites.end())
    return {};
  return It->second;
}

llvm::ArrayRef<RoleSite> RoleIndex::sitesOf(llvm::StringRef RoleId) const {
  return of(Sites, RoleId);
}

llvm::ArrayRef<RoleSite> RoleIndex::testsOf(llvm::StringRef RoleId) const {
  return of(Tests, RoleId);
}

void RoleIndex::join(Facts &Into, const Facts &More) {
  Into.insert(More.begin(), More.end());
}

Facts RoleIndex::factsOfName(llvm::StringRef Name) const {
  Facts All;
  if (!Name.empty())
    for (const ValueModel *V : Values.find(Name))
      join(All, V->Is);
  return All;
}

Facts RoleIndex::factsOfString(llvm::StringRef Text) const {
  constexpr size_t LongestBeginning = 32;
  const std::string Lower = Text.lower();
  Facts All;
  auto Say = [&](llvm::StringRef Key) {
    if (auto It = Strings.find(Key); It != Strings.end())
      for (const ValueModel *V : It->second)
        join(All, V->Is);
  };
  Say(Lower);
  // What begins so: the longest is said first.
  for (size_t N = std::min(Lower.size(), LongestBeginning); N != 0; --N)
    Say(Lower.substr(0, N) + "*");
  return All;
}

Facts RoleIndex::factsOfNumber(llvm::StringRef Domain, int64_t Number) const {
  Facts All;
  for (const ValueModel *V : rowsOfNumber(Domain, Number))
    join(All, V->Is);
  return All;
}

llvm::SmallVector<const ValueModel *, 2> RoleIndex::rowsOfNumber(llvm::StringRef Domain,
                                                                 int64_t Number) const {
  llvm::SmallVector<const ValueModel *, 2> Rows;
  auto It = Domains.find(Domain);
  if (Domain.empty() || It == Domains.end())
    return Rows;
  for (const ValueModel *V : It->second) {
    int64_t Masked =
        V->Mask ? static_cast<int64_t>(static_cast<uint64_t>(Number) & *V->Mask) : Number;
    if (V->Int->holds(Masked))
      Rows.push_back(V);
  }
  return Rows;
}

static llvm::StringRef firstInstead(llvm::ArrayRef<const ValueModel *> Rows) {
  for (const ValueModel *V : Rows)
    if (!V->Instead.empty())
      return V->Instead;
  return "";
}

llvm::StringRef RoleIndex::insteadOfName(llvm::StringRef Name) const {
  return Name.empty() ? "" : firstInstead(Values.find(Name));
}

llvm::StringRef RoleIndex::insteadOfNumber(llvm::StringRef Domain, int64_t Number) const {
  return firstInstead(rowsOfNumber(Domain, Number));
}
