#include "analysis/solve/WipedNames.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/OperandNames.h"

using namespace assay;

WipedNames::WipedNames(llvm::ArrayRef<std::string> WipingRoles, const RoleIndex &Roles,
                       const Program &Prog)
    : Roles(Roles), Prog(Prog) {
  for (const std::string &R : WipingRoles)
    for (const RoleSite &S : Roles.sitesOf(R))
      if (const auto Object = objectOf(S))
        addPlace(S.At.Body, *Object->Where, Object->IsPointer);
}

bool WipedNames::hasEntity(EntityId Id) const {
  if (Entities.count(Id))
    return true;
  for (llvm::StringRef Of = Prog.entity(Id).Qualified; Of.contains("::");) {
    Of = Of.take_front(Of.rfind("::"));
    if (Records.contains(Of))
      return true;
  }
  return false;
}

std::optional<WipedNames::Named> WipedNames::objectOf(const RoleSite &S) const {
  constexpr unsigned MostSteps = 8;
  const auto Bind = S.Call ? S.Call->Binds.find("object") : decltype(S.Call->Binds.end())();
  if (!S.Call || S.At.Body == NoId || Bind == S.Call->Binds.end())
    return std::nullopt;
  auto O = operandOf(Bind->second, S.At, Prog);
  const BodyView View(Prog, S.At.Body);
  for (unsigned Step = 0; O && Step != MostSteps; ++Step) {
    if (O->is(OperandKind::AddressOf))
      return Named{&View.Places[O->index()], false};
    if (!O->is(OperandKind::Temp))
      return std::nullopt;
    const Inst &In = View.Insts[O->index()];
    if (In.op() == Op::Load)
      return Named{&View.Places[In.a()], true};
    const bool SameObject = In.op() == Op::Copy ||
                            (In.op() == Op::Derive && DeriveOp(In.sub()) == DeriveOp::PointerAdd);
    if (SameObject)
      O = Operand(In.a());
    else
      O = In.op() == Op::Call ? objectViewedBy({S.At.Body, O->index()}, Prog, Roles) : std::nullopt;
  }
  return std::nullopt;
}

bool WipedNames::hasObject(const RoleSite &S) const {
  const auto Object = objectOf(S);
  if (!Object)
    return false;
  const BodyView View(Prog, S.At.Body);
  const Place &P = *Object->Where;
  if (const EntityId Field = View.lastField(P); Field != NoId)
    return Entities.count(Field) != 0;
  return P.kind() == BaseKind::Global ? Entities.count(View.entity(P.base())) != 0
                                      : hasVariable(S.At.Body, P.kind(), P.base());
}

/// The record that a type names, itself or behind a pointer to it: "const struct job *".
static llvm::StringRef recordIn(llvm::StringRef Type) {
  for (llvm::StringRef Word : {"const ", "volatile ", "struct ", "class ", "union "})
    Type.consume_front(Word);
  return Type.rtrim("*& ");
}

void WipedNames::addPlace(BodyId In, const Place &P, bool IsPointer) {
  const BodyView View(Prog, In);
  const Unit &U = Prog.unit(Prog.body(In).Unit);
  llvm::StringRef Type;
  if (const EntityId Field = View.lastField(P); Field != NoId) {
    Entities.insert(Field);
    Type = Prog.unit(Prog.entity(Field).Unit).string(Prog.entity(Field).Row->type());
  } else if (P.kind() == BaseKind::Global) {
    const EntityId Global = Prog.entityIn(In, P.base());
    Entities.insert(Global);
    Type = Prog.unit(Prog.entity(Global).Unit).string(Prog.entity(Global).Row->type());
  } else if (P.kind() == BaseKind::Local) {
    Variables.insert({In, P.kind(), P.base()});
    Type = View.Of.string(View.Data.locals()->Get(P.base())->type());
  } else if (P.kind() == BaseKind::Param) {
    Variables.insert({In, P.kind(), P.base()});
    const auto *Params = Prog.rowIn(In, View.Data.entity()).params();
    if (Params && P.base() < Params->size())
      Type = U.string(Params->Get(P.base())->type());
  } else if (P.kind() == BaseKind::This && P.path_len() == 0) {
    const llvm::StringRef Method = Prog.entity(Prog.body(In).Entity).Qualified;
    Records.insert(Method.take_front(std::max<size_t>(Method.rfind("::"), 0)));
    return;
  }
  const llvm::StringRef Record = recordIn(Type);
  const bool IsWhole = Type.contains('*') == IsPointer || Type.contains('&');
  if (IsWhole && !Record.empty())
    Records.insert(Record);
}
