#include "analysis/solve/FlowSources.h"

#include "analysis/link/BodyView.h"
#include "analysis/model/Rows.h"

using namespace assay;

FlowSources::FlowSources(const FlowProperty &P, const Judging &J, BodyTable &Bodies)
    : J(J), Bodies(Bodies) {
  for (const FlowSource &S : P.From) {
    Literals |= S.Is == FlowSource::Kind::Literal;
    EntryParameters |= S.Is == FlowSource::Kind::EntryParameter;
    CommandLine |= S.Is == FlowSource::Kind::CommandLine;
    if (S.Is == FlowSource::Kind::Role)
      Roles.push_back(S.Role);
    if (S.Is == FlowSource::Kind::Named)
      Tests.push_back({&S, Pattern(S.Names), Pattern(S.NotNames), Pattern(S.Type),
                       S.WipedBy.empty()
                           ? nullptr
                           : std::make_shared<const WipedNames>(S.WipedBy, J.Roles, J.Prog)});
  }
  Any = Literals || EntryParameters || CommandLine || !Tests.empty() || isAnyMade();
}

bool FlowSources::isAnyMade() const {
  for (EntityId Id = 0; Id != J.Prog.entityCount(); ++Id)
    for (const FunctionModel *Row : J.Roles.rowsOf(Id))
      if (madeBy(Row->Role))
        return true;
  return false;
}

bool FlowSources::onlyTexts() const {
  return Roles.empty() && !EntryParameters && llvm::all_of(Tests, [](const Test &T) {
           return !T.Row->Type.empty() && !T.Type.match("int") && !T.Type.match("unsigned long");
         });
}

bool FlowSources::isCommandLine(BodyId Body, uint32_t Parameter) const {
  constexpr uint32_t Words = 1; // of main(): the first counts them, a third is the environment
  return CommandLine && Parameter == Words &&
         llvm::any_of(J.Prog.entryPointsOf(J.Prog.body(Body).Entity),
                      [](const EntryPoint &E) { return E.Kind == EntryKind::Main; });
}

bool FlowSources::isCommandList(BodyId Body, uint32_t Parameter) const {
  return CommandLine && ofVariable(Body, BaseKind::Param, Parameter).Type.count('*') > 1;
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
  return ofVariable(Body, P.kind(), P.base());
}

static bool isMaker(const FunctionModel &Row, const std::vector<std::string> &By) {
  return llvm::is_contained(By, Row.Role);
}

/// A variable that is set to the result of such a role (strtok()'s `token` is a word of a line), or
/// filled by one, here or in a function of the program that it is handed to.
bool FlowSources::isMadeBy(BodyId Body, Variable V, const Makers &By) const {
  if (By.empty())
    return false;
  if (V.Base == BaseKind::Global)
    return llvm::any_of(J.Prog.storesTo(V.Index), [&](InstRef S) { return isSetBy(S, By); }) ||
           llvm::any_of(J.Prog.addressPassedTo(V.Index),
                        [&](InstRef Call) { return isFilledBy(Call.Body, V, By, MostCalls); });
  return (V.Base == BaseKind::Local &&
          llvm::any_of(Bodies[Body].storesToLocal(V.Index),
                       [&](uint32_t S) { return isSetBy({Body, S}, By); })) ||
         isFilledBy(Body, V, By, MostCalls);
}

bool FlowSources::isSetBy(InstRef Store, const Makers &By) const {
  const BodyView B(J.Prog, Store.Body);
  const Operand O = B.unconverted(Operand(B.Insts[Store.Inst].b()));
  if (!O.is(OperandKind::Temp) || B.Insts[O.index()].op() != Op::Call)
    return false;
  return llvm::any_of(J.Prog.calleesOf({Store.Body, O.index()}).Targets, [&](EntityId Callee) {
    return llvm::any_of(J.Roles.rowsOf(Callee),
                        [&](const FunctionModel *Row) { return isMaker(*Row, By); });
  });
}

/// The variable itself - of a parameter, the pointer - is handed over, no pointer that lies in it.
static bool isHandedOver(const Program &Prog, BodyId In, Operand O, BaseKind Base, uint32_t Index) {
  const Body &B = *Prog.body(In).Data;
  while (O.is(OperandKind::Temp)) {
    const Inst &I = *B.insts()->Get(O.index());
    if (I.op() == Op::Load) {
      const Place &From = *B.places()->Get(I.a());
      return Base == BaseKind::Param && From.kind() == Base && From.base() == Index &&
             From.path_len() == 0;
    }
    if (I.op() != Op::Copy &&
        !(I.op() == Op::Derive && static_cast<DeriveOp>(I.sub()) == DeriveOp::PointerAdd))
      return false;
    O = Operand(I.a());
  }
  if (!O.is(OperandKind::AddressOf))
    return false;
  const Place &To = *B.places()->Get(O.index());
  if (Base != BaseKind::Global)
    return To.kind() == Base && To.base() == Index && Base == BaseKind::Local;
  for (uint32_t S = To.path_len(); S-- > 0;)
    if (const Step *Last = B.steps()->Get(To.path_start() + S); Last->kind() == StepKind::Field)
      return Prog.entityIn(In, Last->value()) == Index;
  return To.kind() == Base && Prog.entityIn(In, To.base()) == Index;
}

bool FlowSources::isFilledBy(BodyId Body, Variable V, const Makers &By, unsigned Calls) const {
  const assay::Body &B = *J.Prog.body(Body).Data;
  for (uint32_t N = 0; N != rowCount(B.insts()); ++N) {
    const Inst &I = *B.insts()->Get(N);
    for (uint32_t A = 0; I.op() == Op::Call && A != I.c(); ++A)
      if (isHandedOver(J.Prog, Body, Operand(B.args()->Get(I.b() + A)), V.Base, V.Index) &&
          isFilledBy({Body, N}, A, By, Calls))
        return true;
  }
  return false;
}

/// By the call itself, as what the role writes, or in a body that hands its parameter on.
bool FlowSources::isFilledBy(InstRef Call, uint32_t Arg, const Makers &By, unsigned Calls) const {
  const uint32_t Receivers = BodyView::receivers(J.Prog.inst(Call));
  for (EntityId Callee : J.Prog.calleesOf(Call).Targets) {
    const auto Rows = J.Roles.rowsOf(Callee);
    for (const FunctionModel *Row : Rows) {
      const Role *R = J.Roles.role(Row->Role);
      if (!R || !isMaker(*Row, By))
        continue;
      for (const auto &[Bind, Ref] : Row->Binds)
        if ((R->Writes.count(Bind) || R->Carries.count(Bind)) &&
            Ref.Where == ArgRef::Kind::Argument && Ref.Index + Receivers == Arg)
          return true;
    }
    if (!Rows.empty() || Calls == 0 || Arg < Receivers)
      continue;
    for (BodyId In : J.Prog.bodiesOf(Callee))
      if (isFilledBy(In, {BaseKind::Param, Arg - Receivers}, By, Calls - 1))
        return true;
  }
  return false;
}

const std::vector<const FlowSources::Test *> &FlowSources::testsFitting(const Called &Of) const {
  auto [It, New] = Fitting.try_emplace({Of.Name.data(), Of.Type.data()});
  if (New)
    for (const Test &T : Tests)
      if (T.Names.match(Of.Name) && (T.Row->NotNames.empty() || !T.NotNames.match(Of.Name)) &&
          (T.Row->Type.empty() || T.Type.match(Of.Type)))
        It->second.push_back(&T);
  return It->second;
}

bool FlowSources::isWiped(const Test &T, BodyId Body, Variable V) const {
  return !T.Wiped || (V.Base == BaseKind::Global ? T.Wiped->hasEntity(V.Index)
                                                 : T.Wiped->hasVariable(Body, V.Base, V.Index));
}

std::optional<std::string> FlowSources::fitting(BodyId Body, const Called &Of, Variable V) const {
  if (Of.Name.empty())
    return std::nullopt;
  for (const Test *T : testsFitting(Of))
    if (isWiped(*T, Body, V) && !isMadeBy(Body, V, T->Row->NotMadeBy))
      return Of.Name.str();
  return std::nullopt;
}

std::optional<std::string> FlowSources::named(BodyId Body, const Place &P) const {
  if (Tests.empty())
    return std::nullopt;
  const assay::Body &B = *J.Prog.body(Body).Data;
  Variable V{P.kind(), P.base()};
  if (P.kind() == BaseKind::Global)
    V.Index = J.Prog.entityIn(Body, P.base());
  for (uint32_t I = P.path_len(); I-- > 0;)
    if (const Step *S = B.steps()->Get(P.path_start() + I); S->kind() == StepKind::Field)
      return fitting(Body, called(Body, P), {BaseKind::Global, J.Prog.entityIn(Body, S->value())});
  if (P.kind() == BaseKind::Temp)
    if (const Inst *In = B.insts()->Get(P.base()); In->op() == Op::Load)
      return named(Body, *B.places()->Get(In->a()));
  return fitting(Body, called(Body, P), V);
}

std::optional<std::string> FlowSources::named(BodyId Body, const ObjectPath &M) const {
  if (Tests.empty())
    return std::nullopt;
  for (const PlaceStep &S : llvm::reverse(M.Path))
    if (S.Kind == StepKind::Field)
      return fitting(Body, ofEntity(S.Value), {BaseKind::Global, S.Value});
  if (M.Base == BaseKind::Global)
    return fitting(Body, ofEntity(M.Index), {M.Base, M.Index});
  return fitting(Body, ofVariable(Body, M.Base, M.Index), {M.Base, M.Index});
}
