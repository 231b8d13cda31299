#include "analysis/link/Uses.h"

#include "analysis/link/ClassHierarchy.h"
#include "analysis/link/HeldCalls.h"

#include "llvm/ADT/DenseSet.h"

using namespace assay;
using llvm::ArrayRef;
using llvm::StringRef;

namespace {

/// Whether a canonical type, as Clang prints it, is a pointer to function or holds one. Asked once
/// per string of a unit.
class FunctionPointerTypes {
public:
  bool operator()(const IndexTables &Of, uint32_t String) {
    if (&Of != Current) {
      Current = &Of;
      Known.assign(Of.Strings->size(), Unasked);
    }
    if (Known[String] == Unasked) {
      const StringRef Type = Of.string(String);
      const bool IsPointer = Type.contains(")(") && Type.contains('*');
      Known[String] = IsPointer || isOfFunctionType(Type) ? Yes : No;
    }
    return Known[String] == Yes;
  }

private:
  enum Answer : uint8_t { Unasked, No, Yes };
  const IndexTables *Current = nullptr;
  std::vector<Answer> Known;
};

class UseWalk {
public:
  UseWalk(const Program &P, Uses &Out) : P(P), Out(Out) {}
  void walk(BodyId Id);

private:
  void store(const BodyView &B, InstRef At, const Inst &I);
  void call(const BodyView &B, InstRef At, const Inst &I);
  void passedAddress(const BodyView &B, InstRef At, Operand Arg);
  void construction(const BodyView &B, const Inst &I);
  void value(const BodyView &B, ValueUse Use, Operand O);
  bool isClosureMade(const BodyView &B, const ValueUse &Use, Operand O) const;
  void keptAddress(const BodyView &B, Operand O);
  void namedAddress(const BodyView &B, InstRef At, const Inst &I);
  void functionSeen(const BodyView &B, Operand O) {
    if (O.is(OperandKind::Function))
      Out.AddressSeen.set(P.definitionOf(B.entity(O.index())));
  }
  bool readsFunctionPointer(const BodyView &B, Operand O);

  const Program &P;
  Uses &Out;
  FunctionPointerTypes IsFunctionPointer;
  llvm::DenseSet<EntityId> FieldsNamed; ///< in the body that is walked
};

} // namespace

Operand ValueUse::operand(const BodyView &B) const {
  const Inst &I = B.Insts[At.Inst];
  if (Slot != NotAnArgument)
    return Operand(B.argsOf(I)[Slot]);
  return Operand(I.op() == Op::Store ? I.b() : I.a());
}

void UseWalk::walk(BodyId Id) {
  const BodyView B(P, Id);
  FieldsNamed.clear();
  for (uint32_t N = 0; N != B.Insts.size(); ++N) {
    const Inst &I = B.Insts[N];
    const InstRef At{Id, N};
    namedAddress(B, At, I);
    if (I.op() == Op::Store)
      store(B, At, I);
    else if (I.op() == Op::Call)
      call(B, At, I);
    else if (I.op() == Op::Return)
      value(B, {At}, Operand(I.a()));
    else if (I.op() == Op::Copy)
      functionSeen(B, Operand(I.a()));
    else if (I.op() == Op::Select) {
      functionSeen(B, Operand(I.b()));
      functionSeen(B, Operand(I.c()));
    }
  }
}

void UseWalk::store(const BodyView &B, InstRef At, const Inst &I) {
  const Place &To = B.Places[I.a()];
  const EntityId Field = B.lastField(To), Global = B.global(To);
  if (Field != NoId)
    Out.Stores.push_back({Field, At});
  if (Global != NoId)
    Out.Stores.push_back({Global, At});
  value(B, {At}, Operand(I.b()));
}

void UseWalk::call(const BodyView &B, InstRef At, const Inst &I) {
  if (B.isDispatched(I) || isHolderCall(B, P, I))
    Out.Dispatched.push_back(At);
  else
    Out.DirectCalls.push_back({B.entity(Operand(I.a()).index()), At});
  construction(B, I);
  ArrayRef<uint32_t> Args = B.argsOf(I);
  for (uint32_t Slot = 0; Slot != Args.size(); ++Slot) {
    passedAddress(B, At, Operand(Args[Slot]));
    value(B, {At, Slot}, Operand(Args[Slot]));
  }
}

void UseWalk::passedAddress(const BodyView &B, InstRef At, Operand Arg) {
  const Place *Passed = B.addressedPlace(Arg);
  if (!Passed)
    return;
  const auto Add = [&](EntityId Id) {
    // One row per call, however many arguments point into the same thing.
    for (size_t I = Out.AddressPassed.size(); I && Out.AddressPassed[I - 1].second == At; --I)
      if (Out.AddressPassed[I - 1].first == Id)
        return;
    Out.AddressPassed.push_back({Id, At});
  };
  if (EntityId Global = B.global(*Passed); Global != NoId)
    Add(Global);
  for (const Step &S : B.pathInObject(*Passed))
    if (S.kind() == StepKind::Field)
      Add(B.entity(S.value()));
}

/// A constructor called on `this` by a constructor makes the base of an object, not one of its own.
void UseWalk::construction(const BodyView &B, const Inst &I) {
  if (CallKind(I.sub()) != CallKind::Constructor || B.isDispatched(I))
    return;
  const Place *Object = I.c() ? B.addressedPlace(Operand(B.argsOf(I).front())) : nullptr;
  const bool IsBase = Object && Object->kind() == BaseKind::This && B.lastField(*Object) == NoId &&
                      P.entity(P.body(B.Id).Entity).Kind == EntityKind::Constructor;
  const EntityInfo &Callee = P.entity(B.entity(Operand(I.a()).index()));
  if (!IsBase && Callee.Row->parent())
    Out.Constructed.set(P.unit(Callee.Unit).Entities[Callee.Row->parent() - 1]);
}

/// A closure is an entry of its own kind, wherever it goes.
bool UseWalk::isClosureMade(const BodyView &B, const ValueUse &Use, Operand O) const {
  const Inst &I = B.Insts[Use.At.Inst];
  if (I.op() != Op::Store || !(I.flags() & static_cast<uint16_t>(StoreFlag::Aggregate)) ||
      !O.is(OperandKind::Function))
    return false;
  const EntityId Record = parentOf(P, B.entity(O.index()));
  return Record != NoId && P.entity(Record).has(EntityFlag::Lambda);
}

void UseWalk::value(const BodyView &B, ValueUse Use, Operand O) {
  const bool IsFunction =
      O.is(OperandKind::Function) || (O.is(OperandKind::Temp) && readsFunctionPointer(B, O));
  if (IsFunction && !isClosureMade(B, Use, O))
    Out.FunctionPointers.push_back(Use);
  functionSeen(B, O);
  if (Use.Slot == ValueUse::NotAnArgument)
    keptAddress(B, O);
}

void UseWalk::keptAddress(const BodyView &B, Operand O) {
  const Place *Kept = B.addressedPlace(O);
  if (!Kept)
    return;
  if (EntityId Field = B.lastField(*Kept); Field != NoId)
    Out.AddressKept.set(Field);
  else if (EntityId Global = B.global(*Kept); Global != NoId)
    Out.AddressKept.set(Global);
}

void UseWalk::namedAddress(const BodyView &B, InstRef At, const Inst &I) {
  const bool MayKeep = I.op() == Op::Store || I.op() == Op::Return || I.op() == Op::Select ||
                       I.op() == Op::Derive || I.op() == Op::Copy;
  if (!MayKeep)
    return;
  B.forEachOperand(I, [&](Operand O) {
    const Place *Named = B.addressedPlace(O);
    if (!Named)
      return;
    if (const EntityId Global = B.global(*Named); Global != NoId)
      Out.AddressNamed.push_back({Global, At});
    for (const Step &S : B.pathInObject(*Named))
      if (S.kind() == StepKind::Field && FieldsNamed.insert(B.entity(S.value())).second)
        Out.AddressNamed.push_back({B.entity(S.value()), At});
  });
}

bool UseWalk::readsFunctionPointer(const BodyView &B, Operand O) {
  for (unsigned Left = 16; Left && O.is(OperandKind::Temp); --Left) {
    const Inst &I = B.Insts[O.index()];
    if (IsFunctionPointer(B.Of, I.type()))
      return true;
    if (I.op() == Op::Load) {
      const Place &From = B.Places[I.a()];
      if (From.kind() != BaseKind::Param || From.path_len())
        return false;
      const auto Params = rows(P.rowIn(B.Id, B.Data.entity()).params());
      return Params[From.base()].flags() & static_cast<uint16_t>(ParamFlag::FunctionPointer);
    }
    if (I.op() == Op::Select) {
      // Either side tells, and a function written there is one.
      if (Operand(I.b()).is(OperandKind::Function) || Operand(I.c()).is(OperandKind::Function))
        return true;
      O = Operand(I.b()).is(OperandKind::Temp) ? Operand(I.b()) : Operand(I.c());
      continue;
    }
    if (I.op() != Op::Copy)
      return false;
    O = Operand(I.a());
  }
  return O.is(OperandKind::Function);
}

Uses assay::collectUses(const Program &P) {
  Uses Out;
  Out.AddressKept.resize(P.entityCount());
  Out.AddressSeen.resize(P.entityCount());
  Out.Constructed.resize(P.entityCount());
  UseWalk Walk(P, Out);
  for (BodyId Id = 0; Id != P.bodyCount(); ++Id)
    Walk.walk(Id);
  return Out;
}
