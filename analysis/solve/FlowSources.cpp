#include "analysis/solve/FlowSources.h"

#include "analysis/model/Rows.h"

using namespace assay;

FlowSources::FlowSources(const FlowProperty &P, const Judging &J, BodyTable &Bodies)
    : J(J), Bodies(Bodies) {
  for (const FlowSource &S : P.From) {
    Literals |= S.Is == FlowSource::Kind::Literal;
    EntryParameters |= S.Is == FlowSource::Kind::EntryParameter;
    if (S.Is == FlowSource::Kind::Role)
      Roles.push_back(S.Role);
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
static llvm::StringRef unqualified(llvm::StringRef Qualified) {
  auto At = Qualified.rfind("::");
  return At == llvm::StringRef::npos ? Qualified : Qualified.drop_front(At + 2);
}

FlowSources::Called FlowSources::ofEntity(EntityId Id) const {
  const EntityInfo &E = J.Prog.entity(Id);
  return {unqualified(E.Qualified), J.Prog.unit(E.Unit).string(E.Row->type())};
}

FlowSources::Called FlowSources::ofVariable(BodyId Body, BaseKind Base, uint32_t Index) const {
  const assay::Body &B = *J.Prog.body(Body).Data;
  if (Base == BaseKind::Local) {
    const IndexTables &Of = J.Prog.tablesOf(Body);
    const Local &Variable = *B.locals()->Get(Index);
    return {Of.string(Variable.name()), Of.string(Variable.type())};
  }
  if (Base != BaseKind::Param)
    return {};
  const Unit &U = J.Prog.unit(J.Prog.body(Body).Unit);
  const auto *Params = J.Prog.rowIn(Body, B.entity()).params();
  if (!Params || Index >= Params->size())
    return {};
  return {U.string(Params->Get(Index)->name()), U.string(Params->Get(Index)->type())};
}

FlowSources::Called FlowSources::called(BodyId Body, const Place &P) const {
  const assay::Body &B = *J.Prog.body(Body).Data;
  const Unit &U = J.Prog.unit(J.Prog.body(Body).Unit);
  auto OfRow = [&](uint32_t Local) -> Called {
    const Entity &Row = J.Prog.rowIn(Body, Local);
    return {unqualified(U.string(Row.qualified())), U.string(Row.type())};
  };
  for (uint32_t I = P.path_len(); I-- > 0;)
    if (const Step *S = B.steps()->Get(P.path_start() + I); S->kind() == StepKind::Field)
      return OfRow(S->value());
  if (P.kind() == BaseKind::Global)
    return OfRow(P.base());
  if (P.kind() != BaseKind::Temp)
    return ofVariable(Body, P.kind(), P.base());
  const Inst *In = B.insts()->Get(P.base());
  return In->op() == Op::Load ? called(Body, *B.places()->Get(In->a())) : Called{};
}

/// A variable that is set to the result of such a role: strtok()'s `token` is a word of a line.
bool FlowSources::isMadeBy(BodyId Body, uint32_t Local,
                           const std::vector<std::string> &Makers) const {
  if (Makers.empty())
    return false;
  const assay::Body &B = *J.Prog.body(Body).Data;
  const auto Makes = [&](uint32_t Call) {
    return llvm::any_of(J.Prog.calleesOf({Body, Call}).Targets, [&](EntityId Callee) {
      return llvm::any_of(J.Roles.rowsOf(Callee), [&](const FunctionModel *Row) {
        return llvm::is_contained(Makers, Row->Role);
      });
    });
  };
  const auto IsSet = [&](uint32_t Store) {
    Operand O(B.insts()->Get(Store)->b());
    while (O.is(OperandKind::Temp) && B.insts()->Get(O.index())->op() == Op::Copy)
      O = Operand(B.insts()->Get(O.index())->a());
    return O.is(OperandKind::Temp) && B.insts()->Get(O.index())->op() == Op::Call &&
           Makes(O.index());
  };
  return llvm::any_of(Bodies[Body].storesToLocal(Local), IsSet) || isFilledBy(Body, Local, Makes);
}

/// The local itself, no pointer that lies in it, is handed to such a call.
bool FlowSources::isFilledBy(BodyId Body, uint32_t Local,
                             llvm::function_ref<bool(uint32_t)> Makes) const {
  const assay::Body &B = *J.Prog.body(Body).Data;
  for (uint32_t N = 0; N != rowCount(B.insts()); ++N) {
    const Inst &I = *B.insts()->Get(N);
    for (uint32_t A = 0; I.op() == Op::Call && A != I.c(); ++A) {
      const Operand O(B.args()->Get(I.b() + A));
      if (!O.is(OperandKind::AddressOf))
        continue;
      const Place &To = *B.places()->Get(O.index());
      if (To.kind() == BaseKind::Local && To.base() == Local && Makes(N))
        return true;
    }
  }
  return false;
}

const std::vector<const FlowSource *> &FlowSources::rowsFitting(const Called &Of) const {
  auto [It, New] = Fitting.try_emplace({Of.Name.data(), Of.Type.data()});
  for (const Test &T : Tests)
    if (New && T.Names.match(Of.Name) && (T.Row->NotNames.empty() || !T.NotNames.match(Of.Name)) &&
        (T.Row->Type.empty() || T.Type.match(Of.Type)))
      It->second.push_back(T.Row);
  return It->second;
}

std::optional<std::string> FlowSources::fitting(BodyId Body, const Called &Of,
                                                std::optional<uint32_t> Local) const {
  if (Of.Name.empty())
    return std::nullopt;
  for (const FlowSource *Row : rowsFitting(Of))
    if (!(Local && isMadeBy(Body, *Local, Row->NotMadeBy)))
      return Of.Name.str();
  return std::nullopt;
}

std::optional<std::string> FlowSources::named(BodyId Body, const Place &P) const {
  return fitting(Body, called(Body, P),
                 P.kind() == BaseKind::Local ? std::optional(P.base()) : std::nullopt);
}

std::optional<std::string> FlowSources::named(BodyId Body, const ObjectPath &M) const {
  if (Tests.empty())
    return std::nullopt;
  const auto Local = M.Base == BaseKind::Local ? std::optional(M.Index) : std::nullopt;
  for (const PlaceStep &S : llvm::reverse(M.Path))
    if (S.Kind == StepKind::Field)
      return fitting(Body, ofEntity(S.Value), Local);
  if (M.Base == BaseKind::Global)
    return fitting(Body, ofEntity(M.Index), std::nullopt);
  return fitting(Body, ofVariable(Body, M.Base, M.Index), Local);
}
