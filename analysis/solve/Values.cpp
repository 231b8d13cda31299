#include "analysis/solve/Values.h"

#include <algorithm>

using namespace assay;

AbstractPlace AbstractPlace::plus(llvm::ArrayRef<PlaceStep> Rest) const {
  AbstractPlace P = *this;
  for (PlaceStep S : Rest) {
    bool IsIndex = S.Kind == StepKind::Index || S.Kind == StepKind::AnyIndex;
    PlaceStep *Last = P.Path.empty() ? nullptr : &P.Path.back();
    // &a[2] + 3 is an element of a, not of a[2].
    if (IsIndex && Last && Last->Kind == StepKind::Index && S.Kind == StepKind::Index)
      Last->Value += S.Value;
    else if (IsIndex && Last && (Last->Kind == StepKind::Index || Last->Kind == StepKind::AnyIndex))
      *Last = {StepKind::AnyIndex, 0};
    else
      P.Path.push_back(S);
  }
  return P;
}

bool AbstractPlace::hasDeref() const {
  return llvm::any_of(Path, [](PlaceStep S) { return S.Kind == StepKind::Deref; });
}

size_t AbstractPlace::lastField() const {
  for (size_t I = Path.size(); I-- > 0;)
    if (Path[I].Kind == StepKind::Field)
      return I;
  return std::string::npos;
}

EntityId Value::namedOutside(const Program &Prog) const {
  if (!isUnknown() || Subject == NoId)
    return NoId;
  const EntityInfo &E = Prog.entity(Subject);
  const bool IsHere = E.has(EntityFlag::Definition) || E.has(EntityFlag::Tentative);
  return E.isFunction() || IsHere || !Prog.bodiesOf(Subject).empty() ? NoId : Subject;
}

void ValueSet::add(const Value &V) {
  for (const Value &Have : Items)
    if (Have.sameAs(V))
      return;
  if (Items.size() < Limit) {
    Items.push_back(V);
    return;
  }
  Value Many;
  Many.Reason = "more values than are followed";
  if (!Items.back().sameAs(Many))
    Items.back() = Many;
}

void ValueSet::add(const ValueSet &O) {
  if (Items.empty())
    Items = O.Items;
  else
    for (const Value &V : O)
      add(V);
}

void ValueSet::add(ValueSet &&O) {
  if (Items.empty())
    Items = std::move(O.Items);
  else
    add(std::as_const(O));
}

bool ValueSet::hasUnknown() const {
  return llvm::any_of(Items, [](const Value &V) { return V.isUnknown(); });
}

static bool isImplicit(const Value &V) {
  return V.Implicit || V.K == Value::Kind::Uninitialised;
}

void ValueSet::dropImplicit() {
  std::erase_if(Items, isImplicit);
}

void ValueSet::dropImplicitZeroes() {
  const auto IsWiped = [](const Value &V) { return V.K == Value::Kind::Uninitialised && V.MadeBy; };
  if (!llvm::all_of(Items, isImplicit))
    std::erase_if(Items, isImplicit);
  else if (llvm::any_of(Items, IsWiped)) // there was something to wipe, though nobody saw it come
    std::erase_if(Items, [&](const Value &V) { return !IsWiped(V); });
}
