#include "analysis/solve/OperandNames.h"

#include "analysis/solve/Masking.h"

using namespace assay;

std::string assay::ownName(const std::string &Qualified) {
  const auto At = Qualified.rfind("::");
  return At == std::string::npos ? Qualified : Qualified.substr(At + 2);
}

void OperandNames::add(BodyId Id, Operand O, std::vector<std::string> &Out, unsigned Left) const {
  const Body &B = *Prog.body(Id).Data;
  if (O.is(OperandKind::AddressOf)) {
    const Place &P = *B.places()->Get(O.index());
    if (P.kind() == BaseKind::Temp)
      return add(Id, Operand(OperandKind::Temp, P.base()), Out, Left);
    Out.push_back(name(Id, P));
    return;
  }
  if (!O.is(OperandKind::Temp) || !Left)
    return;
  const Inst &In = *B.insts()->Get(O.index());
  if (In.op() == Op::Load)
    Out.push_back(name(Id, *B.places()->Get(In.a())));
  else if (In.op() == Op::Copy || In.op() == Op::Derive)
    add(Id, Operand(In.a()), Out, Left - 1);
  else if (In.op() == Op::Call)
    addCall(Id, O.index(), Out, Left);
}

void OperandNames::addCall(BodyId Id, uint32_t Call, std::vector<std::string> &Out,
                           unsigned Left) const {
  const Body &B = *Prog.body(Id).Data;
  const Inst &In = *B.insts()->Get(Call);
  for (EntityId Callee : Prog.calleesOf({Id, Call}).Targets)
    Out.push_back(ownName(Words.name(Callee)));
  for (uint32_t A = 0; A != In.c(); ++A) {
    const Operand O(B.args()->Get(In.b() + A));
    const Place *P = O.is(OperandKind::AddressOf) ? B.places()->Get(O.index()) : nullptr;
    if (P && P->kind() == BaseKind::Literal)
      Out.push_back(Prog.tablesOf(Id).string(B.constants()->Get(P->base())->text()).str());
    else
      add(Id, O, Out, Left - 1); // input.c_str()
  }
}

void OperandNames::namesOfArguments(InstRef Call, std::vector<std::string> &Out) const {
  const Body &B = *Prog.body(Call.Body).Data;
  const Inst &In = Prog.inst(Call);
  for (uint32_t A = 0; A != In.c(); ++A)
    add(Call.Body, Operand(B.args()->Get(In.b() + A)), Out, 4);
}

void OperandNames::namesOf(const Value &V, std::vector<std::string> &Out) const {
  for (llvm::StringRef Name : Words.namesOf(V))
    Out.push_back(Name.str());
  if (V.Const != NoId && Prog.body(V.Body).Data->kind() == BodyKind::Initialiser)
    Out.push_back(ownName(Words.function(V.Body)));
}
