#include "analysis/solve/FlowSources.h"

using namespace assay;

FlowSources::FlowSources(const FlowProperty &P, const Judging &J, BodyTable &Bodies)
    : J(J), Bodies(Bodies) {
  for (const FlowSource &S : P.From) {
    Literals |= S.Is == FlowSource::Kind::Literal;
    EntryParameters |= S.Is == FlowSource::Kind::EntryParameter;
    if (S.Is == FlowSource::Kind::Role)
      Roles.push_back(S.Role);
    auto Pattern = [](const std::string &Text) {
      return llvm::Regex(Text, llvm::Regex::IgnoreCase);
    };
    if (S.Is == FlowSource::Kind::Named)
      Tests.push_back({&S, Pattern(S.Names), Pattern(S.NotNames), Pattern(S.Type)});
  }
}

bool FlowSources::onlyTexts() const {
  return Roles.empty() && !EntryParameters && llvm::all_of(Tests, [](const Test &T) {
           return !T.Row->Type.empty() && !T.Type.match("int") && !T.Type.match("unsigned long");
         });
}

/// The field's own name: qualified names end in ::name.
static llvm::StringRef ownName(llvm::StringRef Qualified) {
  auto At = Qualified.rfind("::");
  return At == llvm::StringRef::npos ? Qualified : Qualified.drop_front(At + 2);
}

FlowSources::Called FlowSources::called(BodyId Body, const Place &P) const {
  const assay::Body &B = *J.Prog.body(Body).Data;
  const Unit &U = J.Prog.unit(J.Prog.body(Body).Unit);
  auto OfEntity = [&](uint32_t Local) -> Called {
    const Entity &Row = J.Prog.rowIn(Body, Local);
    return {ownName(U.string(Row.qualified())), U.string(Row.type())};
  };
  for (uint32_t I = P.path_len(); I-- > 0;)
    if (const Step *S = B.steps()->Get(P.path_start() + I); S->kind() == StepKind::Field)
      return OfEntity(S->value());
  switch (P.kind()) {
  case BaseKind::Local: {
    const IndexTables &Of = J.Prog.tablesOf(Body);
    const Local &Variable = *B.locals()->Get(P.base());
    return {Of.string(Variable.name()), Of.string(Variable.type())};
  }
  case BaseKind::Param: {
    const auto *Params = J.Prog.rowIn(Body, B.entity()).params();
    if (!Params || P.base() >= Params->size())
      return {};
    return {U.string(Params->Get(P.base())->name()), U.string(Params->Get(P.base())->type())};
  }
  case BaseKind::Global:
    return OfEntity(P.base());
  case BaseKind::Temp: {
    const Inst *In = B.insts()->Get(P.base());
    return In->op() == Op::Load ? called(Body, *B.places()->Get(In->a())) : Called{};
  }
  default:
    return {};
  }
}

/// A variable that is set to the result of such a role: strtok()'s `token` is a word of a line.
bool FlowSources::isMadeBy(BodyId Body, const Place &P,
                           const std::vector<std::string> &Makers) const {
  if (P.kind() != BaseKind::Local || Makers.empty())
    return false;
  const assay::Body &B = *J.Prog.body(Body).Data;
  return llvm::any_of(Bodies[Body].storesToLocal(P.base()), [&](uint32_t Store) {
    Operand O(B.insts()->Get(Store)->b());
    while (O.is(OperandKind::Temp) && B.insts()->Get(O.index())->op() == Op::Copy)
      O = Operand(B.insts()->Get(O.index())->a());
    if (!O.is(OperandKind::Temp) || B.insts()->Get(O.index())->op() != Op::Call)
      return false;
    return llvm::any_of(J.Prog.calleesOf({Body, O.index()}).Targets, [&](EntityId Callee) {
      return llvm::any_of(J.Roles.rowsOf(Callee), [&](const FunctionModel *Row) {
        return llvm::is_contained(Makers, Row->Role);
      });
    });
  });
}

std::optional<std::string> FlowSources::named(BodyId Body, const Place &P) const {
  const Called Of = called(Body, P);
  if (Of.Name.empty())
    return std::nullopt;
  for (const Test &T : Tests) {
    const bool Fits = T.Names.match(Of.Name) &&
                      (T.Row->NotNames.empty() || !T.NotNames.match(Of.Name)) &&
                      (T.Row->Type.empty() || T.Type.match(Of.Type));
    if (Fits && !isMadeBy(Body, P, T.Row->NotMadeBy))
      return Of.Name.str();
  }
  return std::nullopt;
}
