// What models say of a value.
#include "analysis/solve/Evaluator.h"

using namespace assay;

Facts Evaluator::factsOf(const Value &V, llvm::StringRef Domain) {
  Facts All;
  if (V.Extra)
    All = *V.Extra;
  if (V.Const != NoId) {
    const IndexTables &Of = Prog.tablesOf(V.Body);
    const Constant *C = Prog.body(V.Body).Data->constants()->Get(V.Const);
    if (C->entity())
      RoleIndex::join(
          All, Roles.factsOfName(Prog.entity(Prog.entityIn(V.Body, C->entity() - 1)).Qualified));
    RoleIndex::join(All, Roles.factsOfName(Of.string(C->inner_macro())));
    RoleIndex::join(All, Roles.factsOfName(Of.string(C->loc().macro())));
    if (V.K == Value::Kind::Text)
      RoleIndex::join(All, Roles.factsOfString(Of.string(C->text())));
  }
  switch (V.K) {
  case Value::Kind::Int:
  case Value::Kind::Null:
    RoleIndex::join(All, Roles.factsOfNumber(Domain, V.K == Value::Kind::Null ? 0 : V.Int));
    break;
  case Value::Kind::Function:
  case Value::Kind::Result:
  case Value::Kind::Fresh:
    RoleIndex::join(All, Roles.factsOfName(Prog.entity(V.Entity).Qualified));
    break;
  case Value::Kind::Pointer: {
    if (V.Entity != NoId)
      RoleIndex::join(All, Roles.factsOfName(Prog.entity(V.Entity).Qualified));
    // A name given as text: what the text says.
    const Frame *F = V.Place->In ? V.Place->In : root(V.Anchor.Body);
    uint32_t At = V.Anchor.Body == F->Body ? V.Anchor.Inst : AtReturn;
    if (V.Place->Base != BaseKind::Temp)
      for (const Value &Text : contents(*V.Place, F, At, Want::Bytes))
        if (Text.K == Value::Kind::Text)
          RoleIndex::join(All, factsOf(Text, Domain));
    break;
  }
  case Value::Kind::Unknown:
    if (const EntityId Outside = V.namedOutside(Prog); Outside != NoId)
      RoleIndex::join(All, Roles.factsOfName(Prog.entity(Outside).Qualified));
    break;
  default:
    break;
  }
  return All;
}
