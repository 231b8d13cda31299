/// Clang's atomic operations as loads and stores. What orders them is not kept.
#include "analysis/extract/BodyTranslator.h"

using namespace assay;
using namespace clang;

namespace {
enum class AtomicShape { Load, Store, Exchange, CompareExchange, Fetch };
}

/// The names of Clang's operations are regular: [__scoped|__c11|...]_atomic_<what>[_n].
static AtomicShape shapeOf(const AtomicExpr *E) {
  const StringRef Name = E->getOpAsString();
  if (E->isCmpXChg())
    return AtomicShape::CompareExchange;
  if (Name.contains("fetch"))
    return AtomicShape::Fetch;
  if (Name.contains("_exchange"))
    return AtomicShape::Exchange;
  return Name.contains("_load") ? AtomicShape::Load : AtomicShape::Store;
}

/// The generic GNU forms hand values over by address.
static bool isByAddress(const AtomicExpr *E) {
  switch (E->getOp()) {
  case AtomicExpr::AO__atomic_load:
  case AtomicExpr::AO__atomic_store:
  case AtomicExpr::AO__atomic_exchange:
  case AtomicExpr::AO__atomic_compare_exchange:
  case AtomicExpr::AO__scoped_atomic_load:
  case AtomicExpr::AO__scoped_atomic_store:
  case AtomicExpr::AO__scoped_atomic_exchange:
  case AtomicExpr::AO__scoped_atomic_compare_exchange:
    return true;
  default:
    return false;
  }
}

Operand BodyTranslator::atomic(const AtomicExpr *E) {
  const PlacePath Target = pointee(E->getPtr());
  const QualType Type = E->getValueType();
  switch (shapeOf(E)) {
  case AtomicShape::Load: {
    const Operand Value = loadFrom(Target, Type, at(E));
    if (!isByAddress(E))
      return Value;
    storeTo(pointee(E->getVal1()), Value, Type, at(E));
    return Operand();
  }
  case AtomicShape::Store: {
    const Operand Value =
        isByAddress(E) ? loadFrom(pointee(E->getVal1()), Type, at(E)) : value(E->getVal1());
    storeTo(Target, Value, Type, at(E));
    return Operand();
  }
  case AtomicShape::Exchange:
    return exchange(E, Target);
  case AtomicShape::CompareExchange:
    return compareExchange(E, Target);
  case AtomicShape::Fetch:
    return fetch(E, Target);
  }
  return Operand();
}

Operand BodyTranslator::exchange(const AtomicExpr *E, const PlacePath &Target) {
  const QualType Type = E->getValueType();
  const bool ByAddress = isByAddress(E);
  const Operand New =
      ByAddress ? loadFrom(pointee(E->getVal1()), Type, at(E)) : value(E->getVal1());
  const Operand Old = loadFrom(Target, Type, at(E));
  storeTo(Target, New, Type, at(E));
  if (!ByAddress)
    return Old;
  storeTo(pointee(E->getVal2()), Old, Type, at(E));
  return Operand();
}

/// Whether it happens is not known here: the target may hold the new or the old value, as after a
/// Select.
Operand BodyTranslator::compareExchange(const AtomicExpr *E, const PlacePath &Target) {
  const QualType Type = E->getValueType();
  const PlacePath Expected = pointee(E->getVal1());
  const Operand Desired =
      isByAddress(E) ? loadFrom(pointee(E->getVal2()), Type, at(E)) : value(E->getVal2());
  const Operand Old = loadFrom(Target, Type, at(E));
  const Operand Same =
      Out.compare(Predicate::EQ, Old, loadFrom(Expected, Type, at(E)), typeOf(E->getType()), at(E));
  storeTo(Target, Out.select(Same, Desired, Old, typeOf(Type), at(E)), Type, at(E));
  storeTo(Expected, Old, Type, at(E));
  return Same;
}

static DeriveOp operationOf(StringRef Name) {
  if (Name.contains("nand") || Name.contains("min") || Name.contains("max"))
    return DeriveOp::Other;
  if (Name.contains("add"))
    return DeriveOp::Add;
  if (Name.contains("sub"))
    return DeriveOp::Sub;
  if (Name.contains("xor"))
    return DeriveOp::Xor;
  return Name.contains("and") ? DeriveOp::And : DeriveOp::Or;
}

Operand BodyTranslator::fetch(const AtomicExpr *E, const PlacePath &Target) {
  const QualType Type = E->getValueType();
  const Operand Argument = value(E->getVal1());
  const Operand Old = loadFrom(Target, Type, at(E));
  const StringRef Name = E->getOpAsString();
  const Operand New =
      Out.derive(operationOf(Name), Old, Argument, bitsOf(Type), typeOf(Type), at(E));
  storeTo(Target, New, Type, at(E));
  const bool YieldsNew = Name.ends_with("_fetch");
  return YieldsNew ? New : Old;
}
