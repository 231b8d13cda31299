#include "analysis/extract/BodyWriter.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/Hashing.h"

using namespace assay;
using llvm::ArrayRef;

PlacePath &PlacePath::step(StepKind StepKind, uint32_t Value) {
  if (Kind == BaseKind::Unknown || Truncated)
    return *this;
  if (Steps.size() == MaxSteps)
    Truncated = true;
  else
    Steps.emplace_back(Value, StepKind);
  return *this;
}

bool BodyWriter::samePlace(const Place &Row, const PlacePath &Path) const {
  if (Row.kind() != Path.Kind || Row.base() != Path.Base || Row.path_len() != Path.Steps.size() ||
      bool(Row.truncated()) != Path.Truncated)
    return false;
  for (size_t I = 0; I != Path.Steps.size(); ++I) {
    const Step &Mine = Rows.Steps[Row.path_start() + I];
    if (Mine.kind() != Path.Steps[I].kind() || Mine.value() != Path.Steps[I].value())
      return false;
  }
  return true;
}

uint32_t BodyWriter::place(const PlacePath &Path) {
  llvm::hash_code Hash = llvm::hash_combine(Path.Kind, Path.Base, Path.Truncated);
  for (const Step &S : Path.Steps)
    Hash = llvm::hash_combine(Hash, S.kind(), S.value());
  auto &Same = PlacesByHash[static_cast<uint64_t>(Hash) >> 2];
  for (uint32_t I : Same)
    if (samePlace(Rows.Places[I], Path))
      return I;
  const auto Index = static_cast<uint32_t>(Rows.Places.size());
  Rows.Places.emplace_back(Path.Base, static_cast<uint32_t>(Rows.Steps.size()),
                           static_cast<uint16_t>(Path.Steps.size()), Path.Kind, Path.Truncated);
  Rows.Steps.insert(Rows.Steps.end(), Path.Steps.begin(), Path.Steps.end());
  Same.push_back(Index);
  return Index;
}

PlacePath BodyWriter::pathOf(uint32_t I) const {
  const Place &Row = Rows.Places[I];
  PlacePath Path(Row.kind(), Row.base());
  Path.Steps.append(Rows.Steps.begin() + Row.path_start(),
                    Rows.Steps.begin() + Row.path_start() + Row.path_len());
  Path.Truncated = Row.truncated();
  return Path;
}

uint32_t BodyWriter::local(uint32_t Name, uint32_t Type, Loc At) {
  Rows.Locals.emplace_back(Name, Type, At);
  return static_cast<uint32_t>(Rows.Locals.size() - 1);
}

Operand BodyWriter::constant(Constant C) {
  Rows.Constants.push_back(C);
  return Operand(OperandKind::Const, static_cast<uint32_t>(Rows.Constants.size() - 1));
}

/// `&*t` is t itself when t is the result of an instruction.
Operand BodyWriter::addressOf(const PlacePath &Path) {
  if (Path.Kind == BaseKind::Temp && Path.Steps.size() == 1 &&
      Path.Steps[0].kind() == StepKind::Deref && !Path.Truncated)
    return Operand(OperandKind::Temp, Path.Base);
  return Operand(OperandKind::AddressOf, place(Path));
}

Operand BodyWriter::add(Op Code, uint32_t A, uint32_t B, uint32_t C, uint32_t Type, Loc At,
                        uint16_t Flags, uint8_t Sub) {
  Rows.Insts.emplace_back(A, B, C, Type, At, Flags, Code, Sub);
  return Operand(OperandKind::Temp, instCount() - 1);
}

Operand BodyWriter::load(const PlacePath &From, uint32_t Type, Loc At, uint16_t Flags) {
  const uint16_t Walked = From.isWalked() ? bit(StoreFlag::Walked) : 0;
  return add(Op::Load, place(From), From.PickedBy.raw(), 0, Type, At, Flags | Walked, 0);
}

void BodyWriter::store(const PlacePath &To, Operand Value, Loc At, uint16_t Flags) {
  add(Op::Store, place(To), Value.raw(), 0, 0, At, Flags, 0);
}

Operand BodyWriter::copy(Operand Value, CastOp Cast, uint32_t Bits, uint32_t Type, Loc At) {
  return add(Op::Copy, Value.raw(), 0, Bits, Type, At, 0, static_cast<uint8_t>(Cast));
}

Operand BodyWriter::call(Operand Callee, CallKind Kind, ArrayRef<Operand> Args, uint32_t Type,
                         Loc At, uint16_t Flags) {
  const auto First = static_cast<uint32_t>(Rows.Args.size());
  for (Operand Arg : Args)
    Rows.Args.push_back(Arg.raw());
  return add(Op::Call, Callee.raw(), First, static_cast<uint32_t>(Args.size()), Type, At, Flags,
             static_cast<uint8_t>(Kind));
}

Operand BodyWriter::compare(Predicate P, Operand A, Operand B, uint32_t Type, Loc At) {
  return add(Op::Compare, A.raw(), B.raw(), 0, Type, At, 0, static_cast<uint8_t>(P));
}

Operand BodyWriter::derive(DeriveOp Code, Operand A, Operand B, uint32_t Bits, uint32_t Type,
                           Loc At) {
  return add(Op::Derive, A.raw(), B.raw(), Bits, Type, At, 0, static_cast<uint8_t>(Code));
}

Operand BodyWriter::select(Operand Condition, Operand IfTrue, Operand IfFalse, uint32_t Type,
                           Loc At) {
  return add(Op::Select, Condition.raw(), IfTrue.raw(), IfFalse.raw(), Type, At, 0, 0);
}

Operand BodyWriter::opaque(OpaqueReason Reason, uint32_t Type, Loc At) {
  return add(Op::Opaque, 0, 0, 0, Type, At, 0, static_cast<uint8_t>(Reason));
}

void BodyWriter::branch(Operand Condition, Loc At) {
  add(Op::Branch, Condition.raw(), 0, 0, 0, At, 0, 0);
}

void BodyWriter::switchOn(Operand Value, Loc At) {
  add(Op::Switch, Value.raw(), 0, 0, 0, At, 0, 0);
}

void BodyWriter::ret(Operand Value, Loc At) {
  add(Op::Return, Value.raw(), 0, 0, 0, At, 0, 0);
}

void BodyWriter::scopeEnd(const PlacePath &Of, Loc At) {
  add(Op::ScopeEnd, place(Of), 0, 0, 0, At, 0, 0);
}

uint32_t BodyWriter::openBlock() {
  OpenFirstInst = instCount();
  return blockCount();
}

void BodyWriter::closeBlock(ArrayRef<uint32_t> Succs, bool NoReturn, ArrayRef<Case> Cases) {
  Rows.Blocks.emplace_back(
      OpenFirstInst, instCount() - OpenFirstInst, static_cast<uint32_t>(Rows.Succs.size()),
      static_cast<uint32_t>(Succs.size()), static_cast<uint32_t>(Rows.Cases.size()),
      static_cast<uint32_t>(Cases.size()), NoReturn);
  Rows.Succs.insert(Rows.Succs.end(), Succs.begin(), Succs.end());
  Rows.Cases.insert(Rows.Cases.end(), Cases.begin(), Cases.end());
}

namespace {

/// Which instructions' results are read. A temporary that is only written and destroyed reads
/// nothing.
class Readers {
public:
  explicit Readers(const BodyRows &Rows)
      : Rows(Rows), Used(static_cast<unsigned>(Rows.Insts.size())),
        LocalsRead(static_cast<unsigned>(Rows.Locals.size())) {
    for (const Place &P : Rows.Places)
      if (P.kind() == BaseKind::Temp)
        Used.set(P.base());
    for (const Inst &I : Rows.Insts)
      noteOperands(I);
    for (const Inst &I : Rows.Insts)
      if (I.op() == Op::Store && !isDiscarded(Rows.Places[I.a()]))
        note(I.b());
  }
  bool reads(uint32_t Inst) const { return Used.test(Inst); }

private:
  void note(uint32_t Raw) {
    const Operand O(Raw);
    if (O.is(OperandKind::Temp))
      Used.set(O.index());
    else if (O.is(OperandKind::AddressOf))
      noteLocal(Rows.Places[O.index()]);
  }
  void noteLocal(const Place &P) {
    if (P.kind() == BaseKind::Local)
      LocalsRead.set(P.base());
  }
  bool isDiscarded(const Place &P) const {
    return P.kind() == BaseKind::Local && !Rows.Locals[P.base()].name() &&
           !LocalsRead.test(P.base());
  }
  void noteArguments(const Inst &Call) {
    if (CallKind(Call.sub()) != CallKind::Destructor)
      for (uint32_t Arg : ArrayRef(Rows.Args).slice(Call.b(), Call.c()))
        note(Arg);
  }
  void noteOperands(const Inst &I) {
    switch (I.op()) {
    case Op::Load:
      noteLocal(Rows.Places[I.a()]);
      return note(I.b());
    case Op::Store: // what it stores is looked at when it is known which locals are read
      if (const Operand O(I.b()); O.is(OperandKind::AddressOf))
        note(I.b());
      return;
    case Op::ScopeEnd:
    case Op::Opaque:
      return;
    case Op::Call:
      noteArguments(I);
      return note(I.a());
    case Op::Select:
      note(I.c());
      [[fallthrough]];
    case Op::Compare:
    case Op::Derive:
      note(I.b());
      [[fallthrough]];
    default:
      return note(I.a());
    }
  }

  const BodyRows &Rows;
  llvm::BitVector Used;
  llvm::BitVector LocalsRead;
};

} // namespace

void BodyWriter::clearUsedResults() {
  const Readers Read(Rows);
  for (uint32_t I = 0; I != instCount(); ++I)
    if (Inst &Row = Rows.Insts[I]; Row.op() == Op::Call && Read.reads(I))
      Row.mutate_flags(Row.flags() & ~bit(CallFlag::ResultUnused));
}

template <class T>
static flatbuffers::Offset<flatbuffers::Vector<const T *>>
structs(flatbuffers::FlatBufferBuilder &Out, const std::vector<T> &Items) {
  return Items.empty() ? flatbuffers::Offset<flatbuffers::Vector<const T *>>()
                       : Out.CreateVectorOfStructs(Items);
}

static flatbuffers::Offset<flatbuffers::Vector<uint32_t>>
numbers(flatbuffers::FlatBufferBuilder &Out, const std::vector<uint32_t> &Items) {
  return Items.empty() ? flatbuffers::Offset<flatbuffers::Vector<uint32_t>>()
                       : Out.CreateVector(Items);
}

flatbuffers::Offset<Body> assay::writeBody(flatbuffers::FlatBufferBuilder &Out,
                                           const BodyRows &Rows) {
  const auto Blocks = structs(Out, Rows.Blocks);
  const auto Succs = numbers(Out, Rows.Succs);
  const auto Cases = structs(Out, Rows.Cases);
  const auto Insts = structs(Out, Rows.Insts);
  const auto Args = numbers(Out, Rows.Args);
  const auto Constants = structs(Out, Rows.Constants);
  const auto Places = structs(Out, Rows.Places);
  const auto Steps = structs(Out, Rows.Steps);
  const auto Locals = structs(Out, Rows.Locals);
  BodyBuilder B(Out);
  B.add_entity(Rows.Entity);
  B.add_kind(Rows.Kind);
  B.add_state(Rows.State);
  B.add_digest(Rows.Digest);
  B.add_loc(&Rows.At);
  B.add_end(&Rows.End);
  B.add_blocks(Blocks);
  B.add_succs(Succs);
  B.add_cases(Cases);
  B.add_insts(Insts);
  B.add_args(Args);
  B.add_constants(Constants);
  B.add_places(Places);
  B.add_steps(Steps);
  B.add_locals(Locals);
  return B.Finish();
}
