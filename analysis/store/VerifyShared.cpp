/// Verify.h for bodies that units share.
#include "analysis/store/Verify.h"
#include "analysis/store/VerifyBody.h"

using namespace assay;
using llvm::ArrayRef;
using llvm::Error;
using llvm::StringRef;

/// Names are strictly ordered, so that each stands for one entity of the unit.
static Error verifyNames(const HeaderBodies &H, const UnitTables &Tables) {
  StringRef Before;
  for (uint32_t Name : rows(H.entities())) {
    if (!Tables.string(Name))
      return fault("the name of an entity is outside its table");
    const StringRef Text = textOf(H.strings()->Get(Name));
    if (Text <= Before)
      return fault("entity '{0}' is out of order", Text);
    Before = Text;
  }
  return Error::success();
}

/// How many parameters its function must have at least.
static uint32_t paramsNeeded(const Body &B) {
  uint32_t Needed = 0;
  for (const Place &P : rows(B.places()))
    if (P.kind() == BaseKind::Param)
      Needed = std::max(Needed, P.base() + 1);
  return Needed;
}

static Error verifyHeader(const HeaderBodies &H) {
  if (Error E = verifyTexts(H.files(), H.strings()))
    return E;
  const UnitTables Tables(H);
  if (Error E = verifyNames(H, Tables))
    return E;
  if (!H.bodies())
    return Error::success();
  // Which parameters a function has is known where a unit says what its name means.
  constexpr uint32_t AnyParam = ~0u;
  for (const Body *B : *H.bodies()) {
    if (!Tables.entity(B->entity()))
      return fault("a body's entity is outside its table");
    if (std::string Fault = faultIn(*B, Tables, AnyParam); !Fault.empty())
      return fault("body of '{0}': {1}", textOf(H.strings()->Get(H.entities()->Get(B->entity()))),
                   Fault);
  }
  return Error::success();
}

/// The unit's entities are those that the header's rows name, and have the parameters that they
/// use.
Error assay::verifyUse(const TUSummary &S, const HeaderUse &Use, const SharedBodies &Of) {
  const ArrayRef<uint32_t> Entities = rows(Use.entities()), Names = rows(Of.Rows->entities());
  if (Entities.size() != Names.size())
    return fault("it names {0} entities for the {1} of its header", Entities.size(), Names.size());
  for (size_t I = 0; I != Names.size(); ++I) {
    const StringRef Name = textOf(Of.Rows->strings()->Get(Names[I]));
    if (Entities[I] >= rowCount(S.entities()) ||
        textOf(S.strings()->Get(S.entities()->Get(Entities[I])->name())) != Name)
      return fault("it has another entity in the place of '{0}'", Name);
  }
  for (const SharedBodies::Need &N : Of.Needs)
    if (rowCount(S.entities()->Get(Entities[N.Entity])->params()) < N.Params)
      return fault("body of '{0}': it has fewer parameters than are used",
                   textOf(Of.Rows->strings()->Get(Names[N.Entity])));
  return Error::success();
}

llvm::Expected<SharedRef> assay::openShared(std::shared_ptr<llvm::MemoryBuffer> Bytes,
                                            size_t Offset) {
  auto Rows = rootOf<HeaderBodies>(Bytes.get(), Offset, nullptr, "set of bodies");
  if (!Rows)
    return Rows.takeError();
  if (Error E = verifyHeader(**Rows))
    return std::move(E);
  auto Opened = std::make_shared<SharedBodies>();
  Opened->Bytes = std::move(Bytes);
  Opened->Rows = *Rows;
  if (const auto *Bodies = Opened->Rows->bodies())
    for (const Body *B : *Bodies)
      if (uint32_t Params = paramsNeeded(*B))
        Opened->Needs.push_back({B->entity(), Params});
  return Opened;
}
