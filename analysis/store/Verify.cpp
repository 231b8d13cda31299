#include "analysis/store/Verify.h"

#include "analysis/store/Digest.h"
#include "analysis/store/VerifyBody.h"

using namespace assay;
using llvm::ArrayRef;
using llvm::Error;
using llvm::StringRef;

static bool entityHolds(const UnitTables &Tables, const Entity &E) {
  return inEnum(E.kind(), EntityKind::MAX) && inEnum(E.linkage(), Linkage::MAX) &&
         Tables.string(E.name()) && Tables.string(E.qualified()) && Tables.string(E.type()) &&
         Tables.string(E.asm_label()) && Tables.string(E.section()) &&
         Tables.entityOrNone(E.parent()) && Tables.entityOrNone(E.alias_of()) &&
         Tables.loc(E.loc()) && Tables.entities(rows(E.overrides())) &&
         Tables.entities(rows(E.bases())) && Tables.strings(rows(E.annotations())) &&
         llvm::all_of(rows(E.params()), [&](const Param &P) {
           return Tables.string(P.name()) && Tables.string(P.type());
         });
}

static Error verifyEntities(const TUSummary &S, const UnitTables &Tables) {
  if (!S.entities())
    return Error::success();
  StringRef Before;
  for (uint32_t I = 0; I != S.entities()->size(); ++I) {
    const Entity &E = *S.entities()->Get(I);
    if (!entityHolds(Tables, E))
      return fault("entity {0} points outside its table", I);
    const StringRef Name = textOf(S.strings()->Get(E.name()));
    if (Name <= Before)
      return fault("entity {0} ('{1}') is out of order", I, Name);
    Before = Name;
  }
  return Error::success();
}

static Error verifyBodies(const TUSummary &S, const UnitTables &Tables) {
  if (!S.bodies())
    return Error::success();
  for (const Body *B : *S.bodies()) {
    if (!Tables.entity(B->entity()))
      return fault("a body's entity is outside its table");
    const Entity &E = *S.entities()->Get(B->entity());
    if (std::string Fault = faultIn(*B, Tables, rowCount(E.params())); !Fault.empty())
      return fault("body of '{0}': {1}", textOf(S.strings()->Get(E.qualified())), Fault);
  }
  return Error::success();
}

static bool remarksHold(const TUSummary &S, const UnitTables &Tables) {
  if (S.lost())
    for (const LostBody *L : *S.lost())
      if (!Tables.string(L->name()) || !Tables.string(L->reason()) || !Tables.loc(L->loc()))
        return false;
  if (S.diagnostics())
    for (const Diagnostic *D : *S.diagnostics())
      if (!inEnum(D->level(), DiagnosticLevel::MAX) || !Tables.loc(D->loc()))
        return false;
  if (S.absent())
    for (const Absent *A : *S.absent())
      if (!Tables.string(A->folder()) || !Tables.strings(rows(A->names())))
        return false;
  return Tables.strings(rows(S.missing_headers()));
}

Error assay::verifySummary(const TUSummary &S) {
  if (!S.command())
    return fault("no command");
  if (Error E = verifyTexts(S.files(), S.strings()))
    return E;
  const UnitTables Tables(S);
  if (Error E = verifyEntities(S, Tables))
    return E;
  if (Error E = verifyBodies(S, Tables))
    return E;
  if (!remarksHold(S, Tables))
    return fault("a lost body, a diagnostic or a name of a file points outside its table");
  return Error::success();
}

static Error shareBodies(Unit &U, FindShared Find) {
  if (!U.Summary->shared())
    return Error::success();
  for (const HeaderUse *Use : *U.Summary->shared()) {
    const ArrayRef<uint8_t> Digest = rows(Use->digest());
    if (Digest.size() != U.Checksum.size())
      return fault("what it shares has no digest");
    auto Of = Find(Digest);
    if (!Of)
      return Of.takeError();
    if (Error E = verifyUse(*U.Summary, *Use, **Of))
      return fault("bodies that it shares: {0}", llvm::toString(std::move(E)));
    U.Shared.push_back(std::move(*Of));
  }
  return Error::success();
}

llvm::Expected<Unit> assay::openSummary(std::shared_ptr<llvm::MemoryBuffer> Bytes, size_t Offset,
                                        FindShared Find) {
  auto Summary = rootOf<TUSummary>(Bytes.get(), Offset, TUSummaryIdentifier(), "summary");
  if (!Summary)
    return Summary.takeError();
  if (Error E = verifySummary(**Summary))
    return std::move(E);
  Unit Opened;
  Opened.Bytes = std::move(Bytes);
  Opened.Summary = *Summary;
  if (Error E = shareBodies(Opened, Find))
    return std::move(E);
  return Opened;
}

static std::shared_ptr<llvm::MemoryBuffer> copyOf(ArrayRef<uint8_t> Bytes) {
  return llvm::MemoryBuffer::getMemBufferCopy(llvm::toStringRef(Bytes));
}

llvm::Expected<Unit> assay::openSummary(ArrayRef<uint8_t> Summary,
                                        ArrayRef<std::vector<uint8_t>> Shared) {
  size_t Next = 0;
  auto Opened =
      openSummary(copyOf(Summary), 0, [&](ArrayRef<uint8_t> Wanted) -> llvm::Expected<SharedRef> {
        if (Next == Shared.size() || ArrayRef<uint8_t>(digestOf(Shared[Next])) != Wanted)
          return fault("bodies that it shares are missing");
        return openShared(copyOf(Shared[Next++]));
      });
  if (Opened)
    Opened->Checksum = digestOf(Summary);
  return Opened;
}
