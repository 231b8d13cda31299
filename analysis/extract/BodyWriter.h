/// The rows of one body while it is being written: instructions, places, constants, locals, blocks.
///
/// It knows the layout of TUSummary.fbs and nothing of Clang. Places that are equal share a row;
/// constants never do, for a constant's row is its provenance.
#ifndef ASSAY_ANALYSIS_EXTRACT_BODYWRITER_H
#define ASSAY_ANALYSIS_EXTRACT_BODYWRITER_H

#include "analysis/model/Operand.h"
#include "analysis/model/TUSummary_generated.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <vector>

namespace assay {

constexpr uint16_t bit(StoreFlag Flag) {
  return static_cast<uint16_t>(Flag);
}
constexpr uint16_t bit(CallFlag Flag) {
  return static_cast<uint16_t>(Flag);
}

/// A place on its way to a row. Steps beyond the limit are dropped and leave it truncated.
struct PlacePath {
  static constexpr size_t MaxSteps = 6;

  BaseKind Kind = BaseKind::Unknown;
  uint32_t Base = 0;
  llvm::SmallVector<Step, MaxSteps> Steps;
  bool Truncated = false;
  bool IsPicked = false; ///< one of its elements is chosen by something that does not count
  Operand PickedBy;      ///< ... if it is a letter of a constant text

  PlacePath() = default;
  PlacePath(BaseKind Kind, uint32_t Base) : Kind(Kind), Base(Base) {}

  PlacePath &step(StepKind Kind, uint32_t Value = 0);
  PlacePath &deref() { return step(StepKind::Deref); }
  PlacePath &field(uint32_t Entity) { return step(StepKind::Field, Entity); }
  PlacePath &index(uint32_t I) { return step(StepKind::Index, I); }
  /// From here on it names everything below.
  PlacePath &truncate() {
    Truncated = Kind != BaseKind::Unknown;
    return *this;
  }
  /// `IsWalked`: by a variable that counts.
  PlacePath &anyIndex(bool IsWalked = false, Operand By = {}) {
    IsPicked |= !IsWalked;
    PickedBy = By;
    return step(StepKind::AnyIndex);
  }
  bool isWalked() const {
    return !IsPicked &&
           llvm::any_of(Steps, [](const Step &S) { return S.kind() == StepKind::AnyIndex; });
  }
};

/// The vectors of a Body table (TUSummary.fbs), entity indices as the EntityTable gave them out.
struct BodyRows {
  uint32_t Entity = 0;
  BodyKind Kind = BodyKind::Function;
  BodyState State = BodyState::Whole;
  uint64_t Digest = 0; ///< see BodyDigest.h
  Loc At, End;
  std::vector<Block> Blocks;
  std::vector<uint32_t> Succs;
  std::vector<Case> Cases;
  std::vector<Inst> Insts;
  std::vector<uint32_t> Args;
  std::vector<Constant> Constants;
  std::vector<Place> Places;
  std::vector<Step> Steps;
  std::vector<Local> Locals;
};

flatbuffers::Offset<Body> writeBody(flatbuffers::FlatBufferBuilder &Out, const BodyRows &Rows);

class BodyWriter {
public:
  static constexpr uint32_t NoEdge = ~0u;

  explicit BodyWriter(BodyRows &Rows) : Rows(Rows) {}

  uint32_t place(const PlacePath &Path);
  PlacePath pathOf(uint32_t Place) const;
  uint32_t local(uint32_t Name, uint32_t Type, Loc At);
  Operand constant(Constant C);
  Operand addressOf(const PlacePath &Path);

  Operand load(const PlacePath &From, uint32_t Type, Loc At, uint16_t Flags = 0);
  void store(const PlacePath &To, Operand Value, Loc At, uint16_t Flags = 0);
  Operand copy(Operand Value, CastOp Cast, uint32_t Bits, uint32_t Type, Loc At);
  Operand call(Operand Callee, CallKind Kind, llvm::ArrayRef<Operand> Args, uint32_t Type, Loc At,
               uint16_t Flags = 0);
  Operand compare(Predicate P, Operand A, Operand B, uint32_t Type, Loc At);
  Operand derive(DeriveOp Op, Operand A, Operand B, uint32_t Bits, uint32_t Type, Loc At);
  Operand select(Operand Condition, Operand IfTrue, Operand IfFalse, uint32_t Type, Loc At);
  Operand opaque(OpaqueReason Reason, uint32_t Type, Loc At);
  void branch(Operand Condition, Loc At);
  void switchOn(Operand Value, Loc At);
  void ret(Operand Value, Loc At);
  void scopeEnd(const PlacePath &Of, Loc At);

  /// Starts a block where the last one ends. Successors and cases are given when it is closed.
  uint32_t openBlock();
  void closeBlock(llvm::ArrayRef<uint32_t> Succs, bool NoReturn = false,
                  llvm::ArrayRef<Case> Cases = {});

  uint32_t blockCount() const { return static_cast<uint32_t>(Rows.Blocks.size()); }
  uint32_t instCount() const { return static_cast<uint32_t>(Rows.Insts.size()); }
  Inst &inst(uint32_t I) { return Rows.Insts[I]; }
  /// The open block has instructions, and the last one is a call.
  bool endsInCall() const {
    return instCount() != OpenFirstInst && Rows.Insts.back().op() == Op::Call;
  }
  void markCut() { Rows.State = BodyState::Cut; }
  bool isCut() const { return Rows.State == BodyState::Cut; }

  /// Calls that yield a value are written with ResultUnused; once the body is complete, this takes
  /// it from those whose value somebody reads.
  void clearUsedResults();

private:
  Operand add(Op Code, uint32_t A, uint32_t B, uint32_t C, uint32_t Type, Loc At, uint16_t Flags,
              uint8_t Sub);
  bool samePlace(const Place &Row, const PlacePath &Path) const;

  BodyRows &Rows;
  llvm::DenseMap<uint64_t, llvm::SmallVector<uint32_t, 1>> PlacesByHash;
  uint32_t OpenFirstInst = 0;
};

} // namespace assay

#endif
