#include "analysis/solve/NumberSet.h"

#include "llvm/ADT/SmallVector.h"

using namespace assay;

namespace {

constexpr int64_t LeastNumber = std::numeric_limits<int64_t>::min();
constexpr int64_t MostNumber = std::numeric_limits<int64_t>::max();
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
    return {{LeastNumber, MostNumber}};
  if (S.Low != LeastNumber)
    Out.emplace_back(LeastNumber, S.Low - 1);
  if (S.High != MostNumber)
    Out.emplace_back(S.High + 1, MostNumber);
  return Out;
}

} // namespace

NumberSet NumberSet::of(Predicate P, int64_t Than) {
  switch (P) {
  case Predicate::EQ:
    return only(Than);
  case Predicate::NE:
    return only(Than).others();
  case Predicate::LT:
    return NumberSet{Than, MostNumber, true};
  case Predicate::LE:
    return {LeastNumber, Than, false};
  case Predicate::GT:
    return NumberSet{LeastNumber, Than, true};
  case Predicate::GE:
    return {Than, MostNumber, false};
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
  return All.size() == 1 && All[0] == std::pair(LeastNumber, MostNumber);
}

bool NumberSet::hasNone() const {
  return intervalsOf(*this).empty();
}

bool NumberSet::meets(const NumberSet &O) const {
  if (Mask != O.Mask) {
    for (const auto &[Small, Other] : {std::pair(this, &O), std::pair(&O, this)}) {
      if (Small->Mask != -1 || Small->Outside || Small->High == MostNumber ||
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

std::optional<NumberSet> NumberSet::both(const NumberSet &O) const {
  if (Mask != O.Mask)
    return std::nullopt;
  llvm::SmallVector<std::pair<int64_t, int64_t>, 4> Found;
  for (const auto &[Low, High] : intervalsOf(*this))
    for (const auto &[OtherLow, OtherHigh] : intervalsOf(O))
      if (Low <= OtherHigh && OtherLow <= High)
        Found.emplace_back(std::max(Low, OtherLow), std::min(High, OtherHigh));
  if (Found.size() == 1)
    return NumberSet{Found.front().first, Found.front().second, false, Mask};
  if (Found.size() == 2 && Found.front().first == LeastNumber && Found.back().second == MostNumber)
    return NumberSet{Found.front().second + 1, Found.back().first - 1, true, Mask};
  return std::nullopt;
}

std::string assay::textOf(const IntCondition &C) {
  static constexpr const char *Signs[] = {"== ", "!= ", "< ", "<= ", "> ", ">= ", "& ", "!& "};
  return Signs[static_cast<unsigned>(C.Operator)] + std::to_string(C.Value);
}
