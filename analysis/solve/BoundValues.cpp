#include "analysis/solve/BoundValues.h"

using namespace assay;

Operand assay::boundArgument(const RoleSite &S, const std::string &Bind, const Judging &J) {
  return S.Assignment ? Operand(J.Prog.inst(S.At).b())
                      : J.Values.argument(S.At, S.Call->Binds.at(Bind).Index);
}

static ValueSet saidByName(const RoleSite &S, const ArgRef &Ref) {
  Value V;
  V.K = Value::Kind::Result;
  V.Entity = S.Subject;
  V.At = S.At;
  V.Extra = &Ref.Fixed;
  ValueSet Out;
  Out.add(V);
  return Out;
}

static ValueSet valuesOfFields(const RoleSite &S, const ArgRef &Ref, bool IsBytes,
                               const Judging &J) {
  ValueSet Out;
  const Frame *Here = J.Values.root(S.At.Body);
  const Operand What = J.Values.argument(S.At, Ref.Index);
  for (const std::string &Name : Ref.Fields)
    for (EntityId Field : J.Prog.entitiesNamed(Name))
      Out.add(IsBytes ? J.Values.bytesBehindField(Here, What, Field, S.At.Inst)
                      : J.Values.fieldBehind(Here, What, Field, S.At.Inst));
  return Out;
}

/// What functions that are handed over write to where an argument of their own points.
static ValueSet valuesOfFilling(const RoleSite &S, const ArgRef &Ref, const Judging &J) {
  ValueSet Out;
  const Operand What = J.Values.argument(S.At, Ref.Index);
  for (const Value &V : J.Values.operand(J.Values.root(S.At.Body), What, S.At.Inst)) {
    const bool IsSeen = V.K == Value::Kind::Function && !J.Prog.bodiesOf(V.Entity).empty();
    if (!IsSeen)
      Out.add(V);
    else
      for (BodyId B : J.Prog.bodiesOf(V.Entity))
        Out.add(J.Values.leftBehindParameter(B, *Ref.Fills));
  }
  return Out;
}

std::optional<ValueSet> assay::boundValues(const RoleSite &S, const std::string &Bind,
                                           const Judging &J) {
  const Role *R = J.Roles.role(S.role());
  if (!R)
    return std::nullopt;
  const auto Kind = R->Binds.find(Bind);
  if (Kind == R->Binds.end())
    return std::nullopt;
  const bool IsBytes = Kind->second == BindKind::Bytes;
  if (S.Assignment ? S.Assignment->Bind != Bind : !S.Call->Binds.count(Bind))
    return std::nullopt;
  if (S.Call) {
    const ArgRef &Ref = S.Call->Binds.at(Bind);
    if (Ref.Where == ArgRef::Kind::Fixed)
      return saidByName(S, Ref);
    if (Ref.Where != ArgRef::Kind::Argument)
      return std::nullopt;
    if (!Ref.Fields.empty())
      return valuesOfFields(S, Ref, IsBytes, J);
    if (Ref.Fills)
      return valuesOfFilling(S, Ref, J);
    if (Ref.Behind)
      return J.Values.valueBehind(J.Values.root(S.At.Body), J.Values.argument(S.At, Ref.Index),
                                  S.At.Inst);
  }
  const Operand What = boundArgument(S, Bind, J);
  const Frame *Here = J.Values.root(S.At.Body);
  return IsBytes ? J.Values.bytesBehind(Here, What, S.At.Inst)
                 : J.Values.operand(Here, What, S.At.Inst);
}
