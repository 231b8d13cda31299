#include "analysis/link/Duplicates.h"

#include "analysis/link/Entities.h"
#include "analysis/link/Slices.h"
#include "analysis/model/Operand.h"
#include "analysis/model/Rows.h"

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>
#include <set>

using namespace assay;
using llvm::ArrayRef;
using llvm::StringRef;

namespace {

/// A row of a name in one unit.
struct Use {
  UnitId Unit;
  uint32_t Row;
};

struct Definition {
  UnitId Unit;
  UnitBody Of;
  uint64_t digest() const { return Of.Data->digest(); }
};

class Separation {
public:
  Separation(std::vector<Unit> &Units, std::vector<StringRef> &Names)
      : Units(Units), Names(Names) {}
  DuplicateNames run();

private:
  void separate(ArrayRef<Definition> Of, ArrayRef<Use> Uses, uint32_t Number);
  std::optional<uint64_t> digestFor(UnitId Id, ArrayRef<Definition> Of, bool IsStatic) const;
  std::string nameFor(uint32_t Number, UnitId Home, std::set<std::string> &Taken) const;
  bool shareImage(UnitId A, UnitId B) const;
  void note(ArrayRef<Definition> Of, const Entity &Row, const Unit &U);

  std::vector<Unit> &Units;
  std::vector<StringRef> &Names;
  DuplicateNames Out;
};

} // namespace

std::string assay::placeOf(const Unit &U, const UnitBody &B) {
  const Loc *At = B.Data->loc();
  if (!At)
    return "an unknown place";
  const auto *Files =
      B.Part == UnitBody::Own ? U.Summary->files() : U.Shared[B.Part]->Rows->files();
  const auto *Path = Files->Get(At->file())->path();
  return (llvm::Twine(StringRef(Path->data(), Path->size())) + ":" + llvm::Twine(At->line())).str();
}

/// A definition that the linker would refuse beside another one, or a static one.
static bool standsAlone(const Entity &Row) {
  constexpr uint32_t Exempt =
      static_cast<uint32_t>(EntityFlag::Implicit) | static_cast<uint32_t>(EntityFlag::Comdat);
  return strengthOf(Row) == Strength::Strong && !(Row.flags() & Exempt) &&
         Row.linkage() != Linkage::None;
}

DuplicateNames Separation::run() {
  std::vector<std::pair<uint32_t, Definition>> Defined;
  for (UnitId Id = 0; Id != Units.size(); ++Id)
    forEachBody(Units[Id], [&](const UnitBody &B) {
      const uint32_t Row = B.entity(B.Data->entity());
      if (standsAlone(*Units[Id].Summary->entities()->Get(Row)))
        Defined.push_back({Units[Id].Entities[Row], {Id, B}});
    });
  const auto Count = static_cast<uint32_t>(Names.size());
  const Program::Slices<Definition> Of = slicesFrom<Definition>(Defined, Count);
  std::vector<bool> IsDouble(Count);
  for (uint32_t N = 0; N != Count; ++N) {
    const auto Mine = Program::slice(Of, N);
    IsDouble[N] = llvm::any_of(
        Mine, [&](const Definition &D) { return D.digest() != Mine.front().digest(); });
  }
  std::vector<std::pair<uint32_t, Use>> Used;
  for (UnitId Id = 0; Id != Units.size(); ++Id)
    for (uint32_t Row = 0; Row != Units[Id].Entities.size(); ++Row)
      if (IsDouble[Units[Id].Entities[Row]])
        Used.push_back({Units[Id].Entities[Row], {Id, Row}});
  const Program::Slices<Use> Uses = slicesFrom<Use>(Used, Count);
  for (uint32_t N = 0; N != Count; ++N)
    if (IsDouble[N])
      separate(Program::slice(Of, N), Program::slice(Uses, N), N);
  llvm::sort(Out.Notes);
  return std::move(Out);
}

bool Separation::shareImage(UnitId A, UnitId B) const {
  return llvm::any_of(Units[A].Images,
                      [&](uint32_t Image) { return llvm::is_contained(Units[B].Images, Image); });
}

/// The content of the definition that a unit reaches; none: not known, or more than one. Its own is
/// the one, unless another is linked into the same: a program's definition stands before that of a
/// shared library, for the library too.
std::optional<uint64_t> Separation::digestFor(UnitId Id, ArrayRef<Definition> Of,
                                              bool IsStatic) const {
  std::set<uint64_t> Own, Shared;
  for (const Definition &D : Of) {
    if (D.Unit == Id)
      Own.insert(D.digest());
    else if (!IsStatic && shareImage(Id, D.Unit))
      Shared.insert(D.digest());
  }
  Own.merge(Shared);
  return Own.size() == 1 ? std::optional(*Own.begin()) : std::nullopt;
}

/// The same file may be compiled twice, each time into another program.
std::string Separation::nameFor(uint32_t Number, UnitId Home, std::set<std::string> &Taken) const {
  const auto *Path = Units[Home].Summary->files()->Get(0)->path();
  const std::string Plain = Names[Number].str() + "@" + Path->str();
  std::string Name = Plain;
  for (unsigned Nth = 2; !Taken.insert(Name).second; ++Nth)
    Name = Plain + "#" + std::to_string(Nth);
  return Name;
}

void Separation::separate(ArrayRef<Definition> Of, ArrayRef<Use> Uses, uint32_t Number) {
  const Use &First = Uses.front();
  const Entity &Row = *Units[First.Unit].Summary->entities()->Get(First.Row);
  const bool IsStatic = Row.linkage() == Linkage::Internal;
  std::vector<uint64_t> Reached;
  for (const Use &U : Uses) {
    const auto Digest = digestFor(U.Unit, Of, IsStatic);
    if (!Digest)
      return;
    Reached.push_back(*Digest);
  }
  note(Of, Row, Units[First.Unit]);
  // Units are in their order, so names do not depend on how they were given.
  std::map<uint64_t, uint32_t> NumberOf;
  std::set<std::string> Taken;
  const StringRef Original = Names[Number];
  for (const Definition &D : Of) {
    if (NumberOf.count(D.digest()))
      continue;
    Names[Number] = Original;
    Out.Names.push_back(nameFor(Number, D.Unit, Taken));
    NumberOf[D.digest()] = NumberOf.empty() ? Number : static_cast<uint32_t>(Names.size());
    if (NumberOf[D.digest()] != Number)
      Names.push_back(Out.Names.back());
  }
  Names[Number] = Out.Names[Out.Names.size() - NumberOf.size()];
  for (size_t I = 0; I != Uses.size(); ++I)
    Units[Uses[I].Unit].Entities[Uses[I].Row] = NumberOf[Reached[I]];
}

void Separation::note(ArrayRef<Definition> Of, const Entity &Row, const Unit &U) {
  if (Row.linkage() != Linkage::External)
    return;
  std::vector<std::string> Places;
  for (const Definition &D : Of)
    if (std::string Place = placeOf(Units[D.Unit], D.Of); !llvm::is_contained(Places, Place))
      Places.push_back(std::move(Place));
  if (Places.size() > 1)
    Out.Notes.push_back((U.string(Row.qualified()) + ": defined in " +
                         llvm::join(Places, " and in ") + "; kept apart")
                            .str());
}

DuplicateNames assay::keepApart(std::vector<Unit> &Units, std::vector<StringRef> &Names) {
  return Separation(Units, Names).run();
}

uint64_t assay::bindingOf(const Unit &U, const UnitBody &B, const std::vector<bool> &Made) {
  uint64_t Binding = 0;
  const size_t Count = B.Part == UnitBody::Own ? U.Entities.size() : B.Rows.size();
  const auto Add = [&](uint32_t LocalIndex) {
    if (LocalIndex >= Count) // a field that is no operand
      return;
    const EntityId Id = U.Entities[B.entity(LocalIndex)];
    if (Made[Id])
      Binding ^= llvm::hash_value(Id) | 1;
  };
  const auto AddOperand = [&](uint32_t Raw) {
    if (Operand(Raw).is(OperandKind::Function))
      Add(Operand(Raw).index());
  };
  for (const Place &P : rows(B.Data->places()))
    if (P.kind() == BaseKind::Global)
      Add(P.base());
  for (uint32_t Arg : rows(B.Data->args()))
    AddOperand(Arg);
  for (const Inst &I : rows(B.Data->insts())) {
    // Places are small numbers, so they look like no function.
    AddOperand(I.a());
    AddOperand(I.b());
    AddOperand(I.c());
  }
  return Binding;
}
