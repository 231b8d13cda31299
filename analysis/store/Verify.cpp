#include "analysis/store/Verify.h"

#include "analysis/model/Operand.h"
#include "analysis/model/Rows.h"

#include "llvm/Support/FormatVariadic.h"

using namespace assay;
using llvm::ArrayRef;
using llvm::Error;
using llvm::StringRef;

namespace {

template <class E> bool inEnum(E Value, E Last) {
  return static_cast<uint32_t>(Value) <= static_cast<uint32_t>(Last);
}

/// [First, First + Count) lies in a table of `Size` rows.
bool inTable(uint64_t First, uint64_t Count, uint64_t Size) {
  return First + Count <= Size;
}

/// The tables that all rows of a unit share. Each test is a few comparisons: they run over every
/// instruction.
class UnitTables {
public:
  explicit UnitTables(const TUSummary &S)
      : Strings(rowCount(S.strings())), Entities(rowCount(S.entities())),
        Files(rowCount(S.files())) {}

  bool string(uint32_t Index) const { return Index < Strings; }
  bool strings(ArrayRef<uint32_t> Indices) const {
    return llvm::all_of(Indices, [&](uint32_t I) { return string(I); });
  }
  bool entity(uint32_t Index) const { return Index < Entities; }
  bool entities(ArrayRef<uint32_t> Indices) const {
    return llvm::all_of(Indices, [&](uint32_t I) { return entity(I); });
  }
  bool entityOrNone(uint32_t IndexPlusOne) const { return IndexPlusOne <= Entities; }
  bool loc(const Loc &L) const { return L.file() < Files && string(L.macro()); }
  bool loc(const Loc *L) const { return !L || loc(*L); }

private:
  const uint32_t Strings, Entities, Files;
};

/// The tables of one body, as array views.
class BodyTables {
public:
  BodyTables(const UnitTables &Unit, const Body &B, uint32_t Params)
      : Unit(Unit), Params(Params), Blocks(rows(B.blocks())), Succs(rows(B.succs())),
        Cases(rows(B.cases())), Insts(rows(B.insts())), Args(rows(B.args())),
        Constants(rows(B.constants())), Places(rows(B.places())), Steps(rows(B.steps())),
        Locals(rows(B.locals())) {}

  /// Names the first row that points outside a table; empty = none does.
  std::string fault() const;

private:
  bool blockHolds(const Block &B) const;
  bool constantHolds(const Constant &C) const;
  bool placeHolds(const Place &P) const;
  bool baseHolds(const Place &P) const;
  bool stepHolds(const Step &S) const;
  bool localHolds(const Local &L) const;
  bool instHolds(const Inst &I) const;
  bool fieldsHold(const Inst &I) const;
  bool operand(uint32_t Raw) const;
  bool place(uint32_t Index) const { return Index < Places.size(); }

  const UnitTables &Unit;
  const uint32_t Params;
  const ArrayRef<Block> Blocks;
  const ArrayRef<uint32_t> Succs;
  const ArrayRef<Case> Cases;
  const ArrayRef<Inst> Insts;
  const ArrayRef<uint32_t> Args;
  const ArrayRef<Constant> Constants;
  const ArrayRef<Place> Places;
  const ArrayRef<Step> Steps;
  const ArrayRef<Local> Locals;
};

constexpr uint32_t NoEdge = ~0u;

} // namespace

bool BodyTables::blockHolds(const Block &B) const {
  if (!inTable(B.first_inst(), B.num_insts(), Insts.size()) ||
      !inTable(B.first_succ(), B.num_succs(), Succs.size()) ||
      !inTable(B.first_case(), B.num_cases(), Cases.size()))
    return false;
  for (const Case &C : Cases.slice(B.first_case(), B.num_cases()))
    if (C.succ() >= B.num_succs())
      return false;
  const bool Branches =
      B.num_insts() && Insts[B.first_inst() + B.num_insts() - 1].op() == Op::Branch;
  return !Branches || B.num_succs() >= 2;
}

bool BodyTables::constantHolds(const Constant &C) const {
  return inEnum(C.kind(), ConstantKind::MAX) && Unit.string(C.text()) &&
         Unit.string(C.inner_macro()) && Unit.entityOrNone(C.entity()) && Unit.loc(C.loc());
}

bool BodyTables::baseHolds(const Place &P) const {
  switch (P.kind()) {
  case BaseKind::Local:
    return P.base() < Locals.size();
  case BaseKind::Param:
    return P.base() < Params;
  case BaseKind::Global:
    return Unit.entity(P.base());
  case BaseKind::Temp:
    return P.base() < Insts.size();
  case BaseKind::Literal:
  case BaseKind::Fixed:
    return P.base() < Constants.size();
  case BaseKind::This:
  case BaseKind::Unknown:
    return true;
  }
  return false;
}

bool BodyTables::placeHolds(const Place &P) const {
  return baseHolds(P) && inTable(P.path_start(), P.path_len(), Steps.size());
}

bool BodyTables::stepHolds(const Step &S) const {
  return inEnum(S.kind(), StepKind::MAX) && (S.kind() != StepKind::Field || Unit.entity(S.value()));
}

bool BodyTables::localHolds(const Local &L) const {
  return Unit.string(L.name()) && Unit.string(L.type()) && Unit.loc(L.loc());
}

bool BodyTables::operand(uint32_t Raw) const {
  const Operand O(Raw);
  switch (O.kind()) {
  case OperandKind::None:
    return true;
  case OperandKind::Temp:
    return O.index() < Insts.size();
  case OperandKind::Const:
    return O.index() < Constants.size();
  case OperandKind::AddressOf:
    return O.index() < Places.size();
  case OperandKind::Function:
    return Unit.entity(O.index());
  }
  return false;
}

bool BodyTables::fieldsHold(const Inst &I) const {
  switch (I.op()) {
  case Op::Load:
  case Op::ScopeEnd:
    return place(I.a());
  case Op::Store:
    return place(I.a()) && operand(I.b());
  case Op::Copy:
    return operand(I.a()) && inEnum(CastOp(I.sub()), CastOp::MAX);
  case Op::Call:
    return operand(I.a()) && inTable(I.b(), I.c(), Args.size()) &&
           inEnum(CallKind(I.sub()), CallKind::MAX);
  case Op::Compare:
    return operand(I.a()) && operand(I.b()) && inEnum(Predicate(I.sub()), Predicate::MAX);
  case Op::Derive:
    return operand(I.a()) && operand(I.b()) && inEnum(DeriveOp(I.sub()), DeriveOp::MAX);
  case Op::Select:
    return operand(I.a()) && operand(I.b()) && operand(I.c());
  case Op::Branch:
  case Op::Switch:
  case Op::Return:
    return operand(I.a());
  case Op::Opaque:
    return inEnum(OpaqueReason(I.sub()), OpaqueReason::MAX);
  }
  return false;
}

bool BodyTables::instHolds(const Inst &I) const {
  return fieldsHold(I) && Unit.string(I.type()) && Unit.loc(I.loc());
}

template <class T, class Test>
static std::string firstFault(const char *What, ArrayRef<T> Rows, Test Holds) {
  for (size_t I = 0; I != Rows.size(); ++I)
    if (!Holds(Rows[I]))
      return llvm::formatv("{0} {1} points outside its table", What, I);
  return "";
}

/// FlatBuffers' verifier looks at the alignment of a vector's length, not of its rows.
template <class T> static bool isAligned(ArrayRef<T> Rows) {
  return reinterpret_cast<uintptr_t>(Rows.data()) % alignof(T) == 0;
}

std::string BodyTables::fault() const {
  if (!isAligned(Constants) || !isAligned(Cases))
    return "a misaligned table";
  if (Blocks.empty())
    return "no block";
  std::string Fault = firstFault("block", Blocks, [&](const Block &B) { return blockHolds(B); });
  if (Fault.empty())
    Fault = firstFault("successor", Succs,
                       [&](uint32_t S) { return S < Blocks.size() || S == NoEdge; });
  if (Fault.empty())
    Fault = firstFault("instruction", Insts, [&](const Inst &I) { return instHolds(I); });
  if (Fault.empty())
    Fault = firstFault("argument", Args, [&](uint32_t A) { return operand(A); });
  if (Fault.empty())
    Fault = firstFault("constant", Constants, [&](const Constant &C) { return constantHolds(C); });
  if (Fault.empty())
    Fault = firstFault("place", Places, [&](const Place &P) { return placeHolds(P); });
  if (Fault.empty())
    Fault = firstFault("step", Steps, [&](const Step &S) { return stepHolds(S); });
  if (Fault.empty())
    Fault = firstFault("local", Locals, [&](const Local &L) { return localHolds(L); });
  return Fault;
}

static StringRef textOf(const flatbuffers::String *S) {
  return {S->data(), S->size()};
}

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

template <class... Args> static Error fault(const char *Format, Args &&...Values) {
  return llvm::createStringError(llvm::formatv(Format, std::forward<Args>(Values)...).str());
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
    std::string Fault = BodyTables(Tables, *B, rowCount(E.params())).fault();
    if (Fault.empty() && !(inEnum(B->kind(), BodyKind::MAX) && inEnum(B->state(), BodyState::MAX) &&
                           Tables.loc(B->loc()) && Tables.loc(B->end())))
      Fault = "its head points outside a table";
    if (!Fault.empty())
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
  if (!S.command() || !rowCount(S.files()))
    return fault("no command or no main file");
  if (!llvm::all_of(*S.files(), [](const FileRead *F) { return F->path() != nullptr; }))
    return fault("a file without a path");
  if (!rowCount(S.strings()) || S.strings()->Get(0)->size() != 0)
    return fault("string 0 is not the empty string");
  const UnitTables Tables(S);
  if (Error E = verifyEntities(S, Tables))
    return E;
  if (Error E = verifyBodies(S, Tables))
    return E;
  if (!remarksHold(S, Tables))
    return fault("a lost body, a diagnostic or a name of a file points outside its table");
  return Error::success();
}

llvm::Expected<Unit> assay::openSummary(std::shared_ptr<llvm::MemoryBuffer> Bytes, size_t Offset) {
  if (!Bytes || Bytes->getBufferSize() <= Offset)
    return fault("no summary");
  const auto *Start = reinterpret_cast<const uint8_t *>(Bytes->getBufferStart()) + Offset;
  const size_t Size = Bytes->getBufferSize() - Offset;
  if (reinterpret_cast<uintptr_t>(Start) % alignof(uint64_t) != 0)
    return fault("a summary must lie at a multiple of {0}", alignof(uint64_t));
  // Each table is reached through an offset of four bytes: more visits than this mean shared
  // vectors, a trap.
  flatbuffers::Verifier Verifier(Start, Size, /*max_depth=*/16, /*max_tables=*/Size / 4);
  if (!VerifyTUSummaryBuffer(Verifier))
    return fault("not a well-formed summary");
  const TUSummary *Summary = GetTUSummary(Start);
  if (Error E = verifySummary(*Summary))
    return std::move(E);
  Unit Opened;
  Opened.Bytes = std::move(Bytes);
  Opened.Summary = Summary;
  return Opened;
}
