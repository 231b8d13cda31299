#include "analysis/solve/OperandNames.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/Masking.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

std::string assay::ownName(const std::string &Qualified) {
  const auto At = Qualified.rfind("::");
  return At == std::string::npos ? Qualified : Qualified.substr(At + 2);
}

bool assay::looksLikeName(llvm::StringRef Text) {
  return llvm::all_of(
      Text, [](char C) { return llvm::isAlpha(C) || llvm::StringRef("_-./: ").contains(C); });
}

void OperandNames::add(BodyId Id, Operand O, std::vector<std::string> &Out, unsigned Left) const {
  const Body &B = *Prog.body(Id).Data;
  if (O.is(OperandKind::AddressOf)) {
    const Place &P = *B.places()->Get(O.index());
    if (P.kind() == BaseKind::Temp)
      return add(Id, Operand(OperandKind::Temp, P.base()), Out, Left);
    if (P.kind() == BaseKind::Literal)
      return;
    Out.push_back(name(Id, P));
    return;
  }
  if (!O.is(OperandKind::Temp) || !Left)
    return;
  const Inst &In = *B.insts()->Get(O.index());
  if (In.op() == Op::Load) {
    const Place &From = *B.places()->Get(In.a());
    Out.push_back(name(Id, From));
    if (From.kind() == BaseKind::Local && !From.path_len())
      addMaker(Id, From.base(), O.index(), Out, Left - 1);
  } else if (In.op() == Op::Copy || In.op() == Op::Derive)
    add(Id, Operand(In.a()), Out, Left - 1);
  else if (In.op() == Op::Call)
    addCall(Id, O.index(), Out, Left);
}

/// char *p = getenv("ADMIN_PASSWORD"): what a variable was last set to says more than its name.
void OperandNames::addMaker(BodyId Id, uint32_t Local, uint32_t Before,
                            std::vector<std::string> &Out, unsigned Left) const {
  const Body &B = *Prog.body(Id).Data;
  for (uint32_t I = Before; I != 0; --I) {
    const Inst &In = *B.insts()->Get(I - 1);
    if (In.op() != Op::Store)
      continue;
    const Place &To = *B.places()->Get(In.a());
    if (To.kind() != BaseKind::Local || To.base() != Local || To.path_len())
      continue;
    Operand From(In.b());
    for (unsigned Casts = 3;
         Casts && From.is(OperandKind::Temp) && B.insts()->Get(From.index())->op() == Op::Copy;
         --Casts)
      From = Operand(B.insts()->Get(From.index())->a());
    if (!From.is(OperandKind::Temp) || B.insts()->Get(From.index())->op() != Op::Call)
      continue;
    return addCall(Id, From.index(), Out, Left);
  }
}

void OperandNames::addCall(BodyId Id, uint32_t Call, std::vector<std::string> &Out,
                           unsigned Left) const {
  if (!Left)
    return;
  const Body &B = *Prog.body(Id).Data;
  const Inst &In = *B.insts()->Get(Call);
  const auto Object = objectViewedBy({Id, Call}, Prog, Roles);
  if (Object) // with the texts below: config["password"], users.at("admin")
    add(Id, *Object, Out, Left - 1);
  else
    for (EntityId Callee : Prog.calleesOf({Id, Call}).Targets)
      Out.push_back(ownName(Words.name(Callee)));
  for (uint32_t A = 0; A != In.c(); ++A) {
    const Operand O(B.args()->Get(In.b() + A));
    const Place *P = O.is(OperandKind::AddressOf) ? B.places()->Get(O.index()) : nullptr;
    if (P && P->kind() == BaseKind::Literal) {
      // getenv("ADMIN_PASSWORD_2") is a name; another text with digits may be the secret itself.
      const llvm::StringRef Text = Prog.tablesOf(Id).string(B.constants()->Get(P->base())->text());
      if (looksLikeName(Text) || Text.upper() == Text)
        Out.push_back(Text.str());
    } else if (O != Object)
      add(Id, O, Out, Left - 1); // input.c_str()
  }
}

void OperandNames::namesOfSupplied(InstRef Call, BodyId Callee, Operand O,
                                   std::vector<std::string> &Out) const {
  if (Prog.inst(Call).op() != Op::Call) // compared in place
    return;
  const BodyView B(Prog, Callee), Outer(Prog, Call.Body);
  const Place *P = nullptr;
  for (unsigned Left = 4; Left && O.is(OperandKind::Temp) && !P; --Left) {
    const Inst &In = B.Insts[O.index()];
    if (In.op() == Op::Load && B.Places[In.a()].kind() == BaseKind::Temp) // an element
      O = Operand(OperandKind::Temp, B.Places[In.a()].base());
    else if (In.op() == Op::Load)
      P = &B.Places[In.a()];
    else if (In.op() == Op::Copy || In.op() == Op::Derive)
      O = Operand(In.a());
    else
      return;
  }
  if (!P && O.is(OperandKind::AddressOf))
    P = &B.Places[O.index()];
  if (!P || P->kind() != BaseKind::Param ||
      !llvm::is_contained(Prog.calleesOf(Call).Targets, Prog.body(Callee).Entity))
    return;
  const Inst &Handing = Prog.inst(Call);
  const auto Args = Outer.argsOf(Handing);
  if (const uint32_t A = P->base() + BodyView::receivers(Handing); A < Args.size())
    add(Call.Body, Operand(Args[A]), Out, 4);
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

const Place *OperandNames::element(BodyId Id, Operand O, uint32_t &Row) const {
  const Body &B = *Prog.body(Id).Data;
  for (unsigned Left = 4; Left && O.is(OperandKind::Temp); --Left) {
    const Inst &In = *B.insts()->Get(O.index());
    if (In.op() == Op::Copy) {
      O = Operand(In.a());
      continue;
    }
    if (In.op() != Op::Load)
      return nullptr;
    const Place *Of = B.places()->Get(In.a());
    if (!Of->path_len())
      return nullptr;
    const StepKind Last = B.steps()->Get(Of->path_start() + Of->path_len() - 1)->kind();
    Row = In.a();
    return Last == StepKind::AnyIndex || Last == StepKind::Deref ? Of : nullptr;
  }
  return nullptr;
}
