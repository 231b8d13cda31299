// Other names of what a pointer leads to: what it was set to on the ways that lead here, and what a
// call that returned it was given.
#include "analysis/model/Rows.h"
#include "analysis/solve/FlowNames.h"

using namespace assay;

/// The names that `Named` may stand for before `At`, without itself. In a loop `p++` adds none.
std::vector<FlowNames::Alias> FlowNames::aliases(InstRef At, const ObjectPath &Named) const {
  if (!mayHaveAliases(At.Body, Named))
    return {};
  constexpr size_t Most = 16;
  std::vector<Alias> Found = {{Named, NoId, At.Inst}};
  for (size_t K = 0; K != Found.size() && Found.size() < Most; ++K) {
    const Alias From = Found[K];
    std::vector<Alias> Next;
    if (!From.Name.isBehindPointer())
      continue;
    if (From.Name.Base == BaseKind::Local || From.Name.Base == BaseKind::Param)
      ofVariable(At.Body, From, Next);
    if (From.Name.Base == BaseKind::Temp)
      ofTemp(At.Body, From, Next);
    for (Alias &A : Next)
      if (llvm::none_of(Found, [&](const Alias &F) { return F.Name == A.Name; }))
        Found.push_back(std::move(A));
  }
  Found.erase(Found.begin());
  return Found;
}

bool FlowNames::mayHaveAliases(BodyId In, const ObjectPath &Named) const {
  if (!Named.isBehindPointer())
    return false;
  switch (Named.Base) {
  case BaseKind::Local:
    return !Bodies[In].storesToLocal(Named.Index).empty();
  case BaseKind::Param:
    return !Bodies[In].storesToParam(Named.Index).empty();
  case BaseKind::Temp: {
    const Op How = Prog.inst({In, Named.Index}).op();
    return How == Op::Call || How == Op::Select;
  }
  default:
    return false;
  }
}

void FlowNames::ofOperand(BodyId Body, Operand O, uint32_t At, const Alias &From,
                          std::vector<Alias> &To) const {
  if (const auto &Named = Pointees.behind(Body, O); Named && Named->Base != BaseKind::Literal)
    To.push_back(
        {normal(Body, Named->plus(llvm::ArrayRef(From.Name.Path).drop_front())), From.Doubt, At});
}

/// A variable that is set in several places: what it was set to last, on each way to here.
void FlowNames::ofVariable(BodyId In, const Alias &From, std::vector<Alias> &To) const {
  const BodyFacts &F = Bodies[In];
  const uint32_t Variable = From.Name.Index;
  const llvm::ArrayRef<uint32_t> Stores =
      From.Name.Base == BaseKind::Local ? F.storesToLocal(Variable) : F.storesToParam(Variable);
  if (Stores.empty())
    return;
  const Body &B = *Prog.body(In).Data;
  std::vector<std::pair<uint32_t, uint32_t>> Ways; // block, instructions before this one
  auto EndOf = [&](uint32_t Block) {
    return B.blocks()->Get(Block)->first_inst() + B.blocks()->Get(Block)->num_insts();
  };
  if (From.At == AtReturn)
    Ways.push_back({B.blocks()->size() - 1, EndOf(B.blocks()->size() - 1)});
  else
    Ways.push_back({F.blockOf(From.At), From.At});
  llvm::BitVector Met(B.blocks()->size()), Setting(B.blocks()->size());
  for (uint32_t S : Stores)
    Setting.set(F.blockOf(S));
  while (!Ways.empty()) {
    const auto [Block, End] = Ways.back();
    Ways.pop_back();
    bool Set = false;
    for (uint32_t S : llvm::reverse(Setting.test(Block) ? Stores : llvm::ArrayRef<uint32_t>())) {
      if (S < B.blocks()->Get(Block)->first_inst() || S >= End)
        continue;
      std::vector<Alias> Here;
      ofOperand(In, Operand(B.insts()->Get(S)->b()), S, From, Here);
      // p = p + 1: what it was before.
      Set = Here.empty() || Here.front().Name != From.Name;
      llvm::append_range(To, Set ? Here : std::vector<Alias>());
      if (Set)
        break;
    }
    for (uint32_t Before : Set ? llvm::ArrayRef<uint32_t>() : F.predecessors(Block))
      if (!Met.test(Before)) {
        Met.set(Before);
        Ways.push_back({Before, EndOf(Before)});
      }
  }
}

void FlowNames::ofTemp(BodyId In, const Alias &From, std::vector<Alias> &To) const {
  const uint32_t Temp = From.Name.Index;
  const Inst &I = Prog.inst({In, Temp});
  if (I.op() == Op::Select) {
    ofOperand(In, Operand(I.b()), Temp, From, To);
    ofOperand(In, Operand(I.c()), Temp, From, To);
  }
  if (I.op() == Op::Call)
    for (EntityId Callee : Prog.calleesOf({In, Temp}).Targets)
      ofResult({In, Temp}, Callee, From, To);
}

/// A place in what the call was given: by its model, or as its body returns it. Of a function of
/// which nothing is known, any pointer that it takes may be the one that it returns.
void FlowNames::ofResult(InstRef Call, EntityId Callee, const Alias &From,
                         std::vector<Alias> &To) const {
  const auto Rows = Roles.rowsOf(Callee);
  for (const FunctionModel *Row : Rows) {
    const Role *R = Roles.role(Row->Role);
    for (const auto &[Bind, Ref] : Row->Binds)
      if (auto Into = R ? R->PointsInto.find(Bind) : decltype(R->PointsInto.end())();
          R && Ref.Where == ArgRef::Kind::Return && Into != R->PointsInto.end())
        if (auto Given = Row->Binds.find(Into->second); Given != Row->Binds.end())
          for (Operand O : arguments(Call, Given->second))
            ofOperand(Call.Body, O, Call.Inst, From, To);
  }
  if (!Rows.empty())
    return;
  const Inst &I = Prog.inst(Call);
  if (Prog.bodiesOf(Callee).empty()) {
    const Alias Doubtful{From.Name, From.Doubt == NoId ? Callee : From.Doubt, From.At};
    for (uint32_t A = 0; A != I.c(); ++A)
      ofOperand(Call.Body, Operand(Prog.body(Call.Body).Data->args()->Get(I.b() + A)), Call.Inst,
                Doubtful, To);
    return;
  }
  for (BodyId Inner : Prog.bodiesOf(Callee))
    ofReturned(Call, Inner, From, To);
}

/// A pointer that is returned as it was given, or into what it points to.
void FlowNames::ofReturned(InstRef Call, BodyId Inner, const Alias &From,
                           std::vector<Alias> &To) const {
  for (const Inst &Return : rows(Prog.body(Inner).Data->insts())) {
    if (Return.op() != Op::Return)
      continue;
    const auto &Named = Pointees.behind(Inner, Operand(Return.a()));
    if (!Named || !Named->isBehindPointer())
      continue;
    const bool IsThis = Named->Base == BaseKind::This;
    if (!IsThis && Named->Base != BaseKind::Param)
      continue;
    ArgRef Given;
    Given.Where = IsThis ? ArgRef::Kind::This : ArgRef::Kind::Argument;
    Given.Index = Named->Index;
    Alias Part = From;
    Part.Name.Path.insert(Part.Name.Path.begin() + 1, Named->Path.begin() + 1, Named->Path.end());
    for (Operand O : arguments(Call, Given)) {
      ofOperand(Call.Body, O, Call.Inst, Part, To);
      break;
    }
  }
}

bool FlowNames::returnsPlaceIn(InstRef Call) {
  const auto [It, New] = ReturnsPlaces.try_emplace(Call);
  if (New) {
    ObjectPath Result;
    Result.Base = BaseKind::Temp;
    Result.Index = Call.Inst;
    It->second = !aliases(Call, Result.pointee()).empty();
  }
  return It->second;
}
