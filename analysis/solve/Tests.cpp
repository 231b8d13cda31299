#include "analysis/solve/Tests.h"

#include "analysis/model/Rows.h"

using namespace assay;

namespace {

constexpr int64_t Least = std::numeric_limits<int64_t>::min();
constexpr int64_t Most = std::numeric_limits<int64_t>::max();
constexpr unsigned MostSteps = 16;
constexpr unsigned MostCases = 4;
constexpr uint64_t SmallSet = 64;

/// Up to two intervals that have no number in common, in order.
using Intervals = llvm::SmallVector<std::pair<int64_t, int64_t>, 2>;

Intervals intervalsOf(const NumberSet &S) {
  Intervals Out;
  if (!S.Outside) {
    if (S.Low <= S.High)
      Out.emplace_back(S.Low, S.High);
    return Out;
  }
  if (S.Low > S.High)
    return {{Least, Most}};
  if (S.Low != Least)
    Out.emplace_back(Least, S.Low - 1);
  if (S.High != Most)
    Out.emplace_back(S.High + 1, Most);
  return Out;
}

std::optional<int64_t> numberOf(const Body &B, Operand O) {
  if (O.is(OperandKind::Const)) {
    const Constant &C = *B.constants()->Get(O.index());
    if (C.kind() == ConstantKind::Int)
      return C.value();
    if (C.kind() == ConstantKind::Null || C.kind() == ConstantKind::Zero)
      return 0;
  }
  return std::nullopt;
}

/// An address is never null.
bool isAddress(Operand O) {
  return O.is(OperandKind::AddressOf) || O.is(OperandKind::Function);
}

bool isUnsigned(const Body &B, Operand O) {
  return O.is(OperandKind::Const) &&
         (B.constants()->Get(O.index())->flags() & static_cast<uint16_t>(ConstantFlag::Unsigned));
}

/// The numbers that compare so with a constant as unsigned ones; the negative ones are those that
/// become large.
NumberSet asUnsigned(Predicate P, int64_t Than) {
  if (P == Predicate::EQ || P == Predicate::NE)
    return NumberSet::of(P, Than);
  if (Than < 0)
    return {}; // over half of the range: says nothing
  switch (P) {
  case Predicate::LT:
    return {0, Than - 1, false};
  case Predicate::LE:
    return {0, Than, false};
  case Predicate::GT:
    return NumberSet{0, Than, true};
  default:
    return NumberSet{0, Than - 1, true};
  }
}

/// The numbers that may lie in `S` after a conversion between signed and unsigned: those that keep
/// their value are told apart, the others not.
NumberSet beforeSignChange(const NumberSet &S, uint32_t Bits) {
  if (S.Mask != -1)
    return S; // these bits stay what they are
  const int64_t Kept = Bits >= 64 ? Most : (int64_t(1) << (Bits - 1)) - 1;
  if (!S.Outside && S.Low >= 0 && S.High <= Kept)
    return S;
  // What of the kept numbers is not in `S` is one interval.
  if (S.Outside)
    return {std::max<int64_t>(0, S.Low), std::min(Kept, S.High), true};
  if (S.Low < 0)
    return {S.High < 0 ? 0 : (S.High == Most ? Most : S.High + 1), Kept, true};
  return {0, std::min(Kept, S.Low - 1), true};
}

/// Are all bits of the mask among so many?
bool keeps(uint32_t Bits, int64_t Mask) {
  return Mask >= 0 && (Bits >= 63 || Mask < int64_t(1) << Bits);
}

/// Is it made of constants that `Bits` bits hold, signed or unsigned? `ok ? 0 : -1` as a char.
bool fits(const Body &B, Operand O, uint32_t Bits, unsigned Depth) {
  if (auto N = numberOf(B, O))
    return *N >= -(int64_t(1) << (Bits - 1)) && *N < int64_t(1) << Bits;
  if (!O.is(OperandKind::Temp) || Depth > MostSteps || Bits < 2)
    return false;
  const Inst &I = *B.insts()->Get(O.index());
  if (I.op() == Op::Select)
    return fits(B, Operand(I.b()), Bits, Depth + 1) && fits(B, Operand(I.c()), Bits, Depth + 1);
  const auto Made = static_cast<DeriveOp>(I.sub());
  return I.op() == Op::Compare ||
         (I.op() == Op::Derive &&
          (Made == DeriveOp::Not || Made == DeriveOp::LogicalAnd || Made == DeriveOp::LogicalOr));
}

Predicate swapped(Predicate P) {
  switch (P) {
  case Predicate::LT:
    return Predicate::GT;
  case Predicate::LE:
    return Predicate::GE;
  case Predicate::GT:
    return Predicate::LT;
  case Predicate::GE:
    return Predicate::LE;
  default:
    return P;
  }
}

/// Follows one condition to what it was made from.
class TestFinder {
public:
  explicit TestFinder(const Body &B) : B(B) {}

  /// False: the way is never taken.
  bool find(Operand O, NumberSet Values) {
    if (Values.hasNone())
      return false;
    if (Values.hasAll() || ++Steps > MostSteps)
      return true;
    if (auto N = numberOf(B, O))
      return Values.has(*N);
    if (isAddress(O))
      return !(Values == NumberSet::zero());
    if (!O.is(OperandKind::Temp))
      return true;
    return through(O.index(), Values);
  }

  llvm::SmallVector<Test, 2> Found;

private:
  bool through(uint32_t Temp, const NumberSet &Values) {
    const Inst &I = *B.insts()->Get(Temp);
    switch (I.op()) {
    case Op::Compare:
      return truth(Values, [&](bool True) { return compared(I, True); });
    case Op::Copy:
      return copied(I, Temp, Values);
    case Op::Derive:
      return derived(I, Temp, Values);
    default:
      return keep(Temp, Values);
    }
  }

  /// A value that is 0 or 1: which of the two are left?
  template <class F> bool truth(const NumberSet &Values, F Go) {
    const bool False = Values.has(0), True = Values.has(1);
    if (False && True)
      return true;
    return (False || True) && Go(True);
  }

  bool compared(const Inst &I, bool True) {
    Operand Left(I.a()), Right(I.b());
    auto P = static_cast<Predicate>(I.sub());
    auto Than = numberOf(B, Right);
    if (!Than) {
      Than = numberOf(B, Left);
      std::swap(Left, Right);
      P = swapped(P); // Right is the constant
    }
    if (!Than)
      return true;
    // As an unsigned number, a negative one is large.
    NumberSet In = NumberSet::of(P, *Than);
    if (isUnsigned(B, Right))
      In = asUnsigned(P, *Than);
    return find(Left, True ? In : In.others());
  }

  bool copied(const Inst &I, uint32_t Temp, const NumberSet &Values) {
    switch (static_cast<CastOp>(I.sub())) {
    case CastOp::Bool:
      return truth(Values, [&](bool True) {
        return find(Operand(I.a()), True ? NumberSet::zero().others() : NumberSet::zero());
      });
    case CastOp::Integral:
    case CastOp::Pointer:
    case CastOp::BaseToDerived:
    case CastOp::DerivedToBase:
      if (static_cast<CastOp>(I.sub()) == CastOp::Integral) {
        // A number cut to fewer bits may become another; those bits stay.
        if (Values.Mask != -1 ? !keeps(I.c(), Values.Mask)
                              : I.c() < 32 && !fits(B, Operand(I.a()), I.c(), 0))
          break;
        return find(Operand(I.a()), beforeSignChange(Values, I.c()));
      }
      return find(Operand(I.a()), Values);
    default:
      break;
    }
    return keep(Temp, Values);
  }

  bool derived(const Inst &I, uint32_t Temp, const NumberSet &Values) {
    const auto Zero = NumberSet::zero(), Set = Zero.others();
    switch (static_cast<DeriveOp>(I.sub())) {
    case DeriveOp::Not:
      return truth(Values, [&](bool True) { return find(Operand(I.a()), True ? Zero : Set); });
    case DeriveOp::LogicalAnd:
      return truth(Values, [&](bool True) {
        return !True || (find(Operand(I.a()), Set) && find(Operand(I.b()), Set));
      });
    case DeriveOp::LogicalOr:
      return truth(Values, [&](bool True) {
        return True || (find(Operand(I.a()), Zero) && find(Operand(I.b()), Zero));
      });
    case DeriveOp::And:
      return masked(I, Temp, Values);
    case DeriveOp::Or:
      return joined(I, Temp, Values);
    case DeriveOp::Xor:
    case DeriveOp::Sub:
      return differs(I, Temp, Values);
    default:
      return keep(Temp, Values);
    }
  }

  bool keep(uint32_t Temp, const NumberSet &Values) {
    Found.push_back({Temp, Values});
    return true;
  }

  /// `status & MASK`
  bool masked(const Inst &I, uint32_t Temp, const NumberSet &Values) {
    const auto Right = numberOf(B, Operand(I.b())), Left = numberOf(B, Operand(I.a()));
    if (!Left && !Right)
      return keep(Temp, Values);
    const NumberSet Under = Values.under(Right ? *Right : *Left);
    return Under.Mask ? find(Operand(Right ? I.a() : I.b()), Under) : Under.has(0);
  }

  /// `rc | verify()` is zero where both are.
  bool joined(const Inst &I, uint32_t Temp, const NumberSet &Values) {
    if (Values.isZero())
      return find(Operand(I.a()), Values) && find(Operand(I.b()), Values);
    if (!Values.isNotZero())
      return keep(Temp, Values);
    for (const auto &[Side, Other] : {std::pair(I.a(), I.b()), std::pair(I.b(), I.a())})
      if (auto N = numberOf(B, Operand(Side)))
        return Values.has(*N) || find(Operand(Other), Values);
    return keep(Temp, Values);
  }

  /// `rc ^ 1`, `rc - 1`: zero where it is that number.
  bool differs(const Inst &I, uint32_t Temp, const NumberSet &Values) {
    const auto Than = numberOf(B, Operand(I.b()));
    if (!Than || Values.Mask != -1 || !(Values.isZero() || Values.isNotZero()))
      return keep(Temp, Values);
    const auto Equal = NumberSet::only(*Than);
    return find(Operand(I.a()), Values.isZero() ? Equal : Equal.others());
  }

  const Body &B;
  unsigned Steps = 0;
};

/// What is known of the number on the edge to one successor of a switch: in each of these.
llvm::SmallVector<NumberSet, 2> caseValues(const Body &B, const Block &Data, uint32_t Edge) {
  llvm::SmallVector<NumberSet, 2> Known;
  std::optional<NumberSet> Mine;
  // On an unsigned number a negative case is a large one; which it is, is not known here.
  for (const Case &C : rows(B.cases()).slice(Data.first_case(), Data.num_cases())) {
    if (C.succ() != Edge)
      Known.push_back(beforeSignChange(NumberSet{C.low(), C.high()}.others(), 32));
    else if (!Mine)
      Mine = NumberSet{C.low(), C.high()};
    else // what lies between comes here too, as far as is said
      Mine = NumberSet{std::min(Mine->Low, C.low()), std::max(Mine->High, C.high())};
  }
  if (Mine)
    return {beforeSignChange(*Mine, 32)};
  Known.truncate(std::min<size_t>(Known.size(), MostCases));
  return Known;
}

} // namespace

NumberSet NumberSet::of(Predicate P, int64_t Than) {
  switch (P) {
  case Predicate::EQ:
    return only(Than);
  case Predicate::NE:
    return only(Than).others();
  case Predicate::LT:
    return NumberSet{Than, Most, true};
  case Predicate::LE:
    return {Least, Than, false};
  case Predicate::GT:
    return NumberSet{Least, Than, true};
  case Predicate::GE:
    return {Than, Most, false};
  }
  return {};
}

NumberSet NumberSet::of(const IntCondition &C) {
  using Op = IntCondition::Op;
  switch (C.Operator) {
  case Op::EQ:
    return of(Predicate::EQ, C.Value);
  case Op::NE:
    return of(Predicate::NE, C.Value);
  case Op::LT:
    return of(Predicate::LT, C.Value);
  case Op::LE:
    return of(Predicate::LE, C.Value);
  case Op::GT:
    return of(Predicate::GT, C.Value);
  case Op::GE:
    return of(Predicate::GE, C.Value);
  case Op::AnyBit:
    return zero().others().under(C.Value);
  case Op::NoBit:
    return zero().under(C.Value);
  }
  return {};
}

bool NumberSet::hasAll() const {
  const Intervals All = intervalsOf(*this);
  return All.size() == 1 && All[0] == std::pair(Least, Most);
}

bool NumberSet::hasNone() const {
  return intervalsOf(*this).empty();
}

bool NumberSet::meets(const NumberSet &O) const {
  if (Mask != O.Mask) {
    for (const auto &[Small, Other] : {std::pair(this, &O), std::pair(&O, this)}) {
      if (Small->Mask != -1 || Small->Outside || Small->High == Most ||
          uint64_t(Small->High) - uint64_t(Small->Low) >= SmallSet)
        continue;
      for (int64_t X = Small->Low; X <= Small->High; ++X)
        if (Other->has(X))
          return true;
      return false;
    }
    return true;
  }
  for (const auto &[Low, High] : intervalsOf(*this))
    for (const auto &[OtherLow, OtherHigh] : intervalsOf(O))
      if (Low <= OtherHigh && OtherLow <= High)
        return true;
  return false;
}

std::optional<llvm::SmallVector<Test, 2>> assay::testsOf(const Body &B, Operand O,
                                                         const NumberSet &Values) {
  TestFinder Finder(B);
  if (!Finder.find(O, Values))
    return std::nullopt;
  return std::move(Finder.Found);
}

std::optional<llvm::SmallVector<Test, 2>> assay::testsOnEdge(const Body &B, uint32_t Block,
                                                             uint32_t Edge) {
  llvm::SmallVector<Test, 2> Known;
  const assay::Block &Data = *B.blocks()->Get(Block);
  if (Data.num_insts() == 0)
    return Known;
  const Inst &Last = *B.insts()->Get(Data.first_inst() + Data.num_insts() - 1);
  const NumberSet Zero = NumberSet::zero();
  if (Last.op() == Op::Branch)
    return testsOf(B, Operand(Last.a()), Edge == 0 ? Zero.others() : Zero);
  if (Last.op() != Op::Switch)
    return Known;
  for (const NumberSet &Values : caseValues(B, Data, Edge)) {
    auto More = testsOf(B, Operand(Last.a()), Values);
    if (!More)
      return std::nullopt;
    Known.append(*More);
  }
  return Known;
}
