/// A body's tables as array views, with the small questions about places and operands that linking
/// asks.
#ifndef ASSAY_ANALYSIS_LINK_BODYVIEW_H
#define ASSAY_ANALYSIS_LINK_BODYVIEW_H

#include "analysis/model/Program.h"
#include "analysis/model/Rows.h"

namespace assay {

struct BodyView {
  BodyView(const Program &P, BodyId Id)
      : Id(Id), Of(P.tablesOf(Id)), Data(*P.body(Id).Data), Insts(rows(Data.insts())),
        Args(rows(Data.args())), Constants(rows(Data.constants())), Places(rows(Data.places())),
        Steps(rows(Data.steps())) {}

  BodyId Id;
  const IndexTables &Of;
  const Body &Data;
  llvm::ArrayRef<Inst> Insts;
  llvm::ArrayRef<uint32_t> Args;
  llvm::ArrayRef<Constant> Constants;
  llvm::ArrayRef<Place> Places;
  llvm::ArrayRef<Step> Steps;

  EntityId entity(uint32_t LocalIndex) const { return Of.Entities[LocalIndex]; }
  llvm::ArrayRef<uint32_t> argsOf(const Inst &Call) const { return Args.slice(Call.b(), Call.c()); }
  llvm::ArrayRef<Step> pathOf(const Place &P) const {
    return Steps.slice(P.path_start(), P.path_len());
  }

  static bool isCall(const Inst &I, CallKind K) {
    return I.op() == Op::Call && CallKind(I.sub()) == K;
  }
  /// By the hierarchy or through a pointer.
  static bool isDispatched(const Inst &Call) {
    return CallKind(Call.sub()) == CallKind::Virtual ||
           Operand(Call.a()).kind() != OperandKind::Function;
  }
  /// Does not happen at run time.
  static bool isUnevaluated(const Inst &Call) {
    return Call.flags() & static_cast<uint16_t>(CallFlag::InUnevaluatedBuiltin);
  }
  static unsigned receivers(const Inst &Call) {
    return (Call.flags() & static_cast<uint16_t>(CallFlag::Receiver)) != 0;
  }

  /// Every value that the instruction uses: not the places that it loads from or stores to.
  template <class F> void forEachOperand(const Inst &I, F Each) const {
    switch (I.op()) {
    case Op::Call:
      if (isDispatched(I))
        Each(Operand(I.a()));
      for (uint32_t A : argsOf(I))
        Each(Operand(A));
      break;
    case Op::Load: // what picks a letter
    case Op::Store:
      Each(Operand(I.b()));
      break;
    case Op::Compare:
    case Op::Derive:
      Each(Operand(I.a()));
      Each(Operand(I.b()));
      break;
    case Op::Select:
      Each(Operand(I.a()));
      Each(Operand(I.b()));
      Each(Operand(I.c()));
      break;
    case Op::Copy:
    case Op::Branch:
    case Op::Switch:
    case Op::Return:
      Each(Operand(I.a()));
      break;
    default:
      break;
    }
  }

  /// What an operand is before conversions.
  Operand unconverted(Operand O) const {
    while (O.is(OperandKind::Temp) && Insts[O.index()].op() == Op::Copy)
      O = Operand(Insts[O.index()].a());
    return O;
  }

  /// Written where it is handed over.
  bool isTextInPlace(Operand O) const {
    const Place *At = addressedPlace(O);
    return At && At->kind() == BaseKind::Literal;
  }

  /// The place behind an operand that is an address, through casts and element arithmetic; null =
  /// none.
  const Place *addressedPlace(Operand O) const {
    // A circle of casts is damage, not code; the bound ends it.
    for (unsigned Left = 16; Left && O.is(OperandKind::Temp); --Left) {
      const Inst &I = Insts[O.index()];
      const bool SameObject =
          I.op() == Op::Copy || (I.op() == Op::Derive && DeriveOp(I.sub()) == DeriveOp::PointerAdd);
      if (!SameObject)
        return nullptr;
      O = Operand(I.a());
    }
    return O.is(OperandKind::AddressOf) ? &Places[O.index()] : nullptr;
  }

  /// The part of a path after its last Deref: what lies in one object.
  llvm::ArrayRef<Step> pathInObject(const Place &P) const {
    llvm::ArrayRef<Step> Path = pathOf(P);
    for (size_t I = Path.size(); I; --I)
      if (Path[I - 1].kind() == StepKind::Deref)
        return Path.drop_front(I);
    return Path;
  }
  bool hasDeref(const Place &P) const { return pathInObject(P).size() != P.path_len(); }

  /// The last field of the object that the place names, NoId = none.
  EntityId lastField(const Place &P) const {
    llvm::ArrayRef<Step> Path = pathInObject(P);
    for (size_t I = Path.size(); I; --I)
      if (Path[I - 1].kind() == StepKind::Field)
        return entity(Path[I - 1].value());
    return NoId;
  }
  /// The global of which the place is the whole or a part, NoId = none.
  EntityId global(const Place &P) const {
    return P.kind() == BaseKind::Global && !hasDeref(P) ? entity(P.base()) : NoId;
  }
};

} // namespace assay

#endif
