#include "analysis/store/VerifyBody.h"

#include "analysis/model/Operand.h"

using namespace assay;
using llvm::ArrayRef;
using llvm::Error;

namespace {

/// [First, First + Count) lies in a table of `Size` rows.
bool inTable(uint64_t First, uint64_t Count, uint64_t Size) {
  return First + Count <= Size;
}

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
  case Op::ScopeEnd:
    return place(I.a());
  case Op::Load:
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

std::string assay::faultIn(const Body &B, const UnitTables &Tables, uint32_t Params) {
  std::string Fault = BodyTables(Tables, B, Params).fault();
  if (Fault.empty() && !(inEnum(B.kind(), BodyKind::MAX) && inEnum(B.state(), BodyState::MAX) &&
                         Tables.loc(B.loc()) && Tables.loc(B.end())))
    Fault = "its head points outside a table";
  return Fault;
}

Error assay::verifyTexts(
    const flatbuffers::Vector<flatbuffers::Offset<FileRead>> *Files,
    const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> *Strings) {
  if (!rowCount(Files))
    return fault("no main file");
  if (!llvm::all_of(*Files, [](const FileRead *F) { return F->path() != nullptr; }))
    return fault("a file without a path");
  if (!rowCount(Strings) || Strings->Get(0)->size() != 0)
    return fault("string 0 is not the empty string");
  return Error::success();
}
