#include "analysis/link/HeldCalls.h"

#include "analysis/link/ClassHierarchy.h"

using namespace assay;
using llvm::StringRef;

bool assay::isLibraryTemplate(const Program &P, EntityId Function) {
  const EntityInfo &E = P.entity(Function);
  return E.has(EntityFlag::Template) && E.has(EntityFlag::SystemHeader) &&
         P.bodiesOf(Function).empty();
}

bool assay::isLibraryClass(const Program &P, EntityId Record) {
  const EntityInfo &E = P.entity(Record);
  return E.has(EntityFlag::Template) && E.has(EntityFlag::SystemHeader);
}

bool assay::isOfFunctionType(StringRef Record) {
  return Record.contains(" (") && Record.ends_with(")>") && !Record.contains("(lambda)");
}

bool assay::isHolderCall(const BodyView &B, const Program &P, const Inst &Call) {
  const Operand Callee(Call.a());
  if (BodyView::isDispatched(Call) || BodyView::isUnevaluated(Call) || !BodyView::receivers(Call) ||
      !Callee.is(OperandKind::Function))
    return false;
  const EntityId Id = B.entity(Callee.index());
  return P.entity(Id).Kind == EntityKind::Method && isLibraryTemplate(P, Id) &&
         P.entity(Id).Qualified.ends_with("::operator()") && isOfFunctionType(holderType(P, Id));
}

StringRef assay::holderType(const Program &P, EntityId CallOperator) {
  const EntityId Record = parentOf(P, CallOperator);
  if (Record == NoId)
    return "";
  const EntityInfo &E = P.entity(Record);
  return P.unit(E.Unit).string(E.Row->type());
}

StringRef assay::resultTypeOf(const Program &P, EntityId Function) {
  const EntityInfo &E = P.entity(Function);
  const StringRef Type = P.unit(E.Unit).string(E.Row->type());
  unsigned Depth = 0;
  for (size_t I = 0; I != Type.size(); ++I) {
    Depth += Type[I] == '<';
    Depth -= Type[I] == '>' && Depth;
    if (Type[I] == '(' && !Depth)
      return Type.take_front(I).rtrim();
  }
  return Type;
}

/// The function gives an object of a class.
static bool givesObject(const Program &P, EntityId Function) {
  const StringRef Result = resultTypeOf(P, Function);
  return Result.ends_with(">") ||
         (Result.contains("::") && !Result.ends_with("*") && !Result.ends_with("&"));
}

Callables assay::findCallables(const Program &P, const Uses &U, const HiddenCalls &Hidden) {
  Callables Out;
  llvm::BitVector HasFields(P.entityCount());
  for (EntityId Id = 0; Id != P.entityCount(); ++Id)
    if (P.entity(Id).Kind == EntityKind::Field)
      if (const EntityId Record = parentOf(P, Id); Record != NoId)
        HasFields.set(Record);
  for (EntityId Id = 0; Id != P.entityCount(); ++Id) {
    const EntityInfo &E = P.entity(Id);
    const EntityId Record = parentOf(P, Id);
    if (E.Kind != EntityKind::Method || Record == NoId || P.bodiesOf(Id).empty() ||
        !E.Qualified.ends_with("::operator()") ||
        !(P.entity(Record).has(EntityFlag::Lambda) || Hidden.Records.test(Record)))
      continue;
    if (!HasFields.test(Record)) {
      Out.Stateless.push_back(Id);
      continue;
    }
    const uint32_t Count = rowCount(E.Row->params());
    if (Out.StatefulOf.size() <= Count)
      Out.StatefulOf.resize(Count + 1);
    Out.StatefulOf.set(Count);
  }
  for (const ValueUse &Use : U.FunctionPointers) {
    const BodyView B(P, Use.At.Body);
    const Inst &I = B.Insts[Use.At.Inst];
    if (I.op() != Op::Call || BodyView::isDispatched(I))
      continue;
    const EntityId Callee = B.entity(Operand(I.a()).index());
    Out.AnyWrapped |= isLibraryTemplate(P, Callee) && givesObject(P, Callee);
  }
  return Out;
}
