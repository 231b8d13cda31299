// What memory may hold: one body backwards, stopping on each way where something covers it.
#include "analysis/model/Rows.h"
#include "analysis/solve/FlowSteps.h"

using namespace assay;

bool FlowSteps::isArgumentList() const {
  const ObjectPath &M = *me().Memory;
  if (M.Base != BaseKind::Local)
    return false;
  llvm::StringRef Type = J.Prog.tablesOf(me().Body).string(body().locals()->Get(M.Index)->type());
  return Type.contains("va_list");
}

void FlowSteps::visitMemory() {
  const Node Me = me();
  if (isArgumentList())
    return argumentList();
  if (auto Name = Sources.named(Me.Body, *Me.Memory))
    return met(std::move(*Name), {Me.Body, std::min(Me.At, rowCount(body().insts()) - 1)});
  const bool IsAnywhere = Me.Memory->Base == BaseKind::Unknown || isFar(*Me.Memory, Me.Unsure);
  if (Me.IsAfter && (IsAnywhere || Me.Unsure))
    backOverCall(Me.At);
  else if (!IsAnywhere)
    return backToEntry();
  anywhere(Me, *Me.Memory);
}

void FlowSteps::backToEntry() {
  if (me().Unsure)
    return overAll();
  const BodyFacts &F = Bodies[me().Body];
  const Body &B = body();
  std::vector<std::pair<uint32_t, uint32_t>> Ways; // block, instructions before this one
  llvm::BitVector Met(B.blocks()->size());
  bool ReachedEntry = false;
  auto EndOf = [&](uint32_t Block) {
    const auto &K = *B.blocks()->Get(Block);
    return K.first_inst() + K.num_insts();
  };
  if (me().At == AtReturn)
    Ways.push_back({B.blocks()->size() - 1, EndOf(B.blocks()->size() - 1)});
  else
    Ways.push_back({F.blockOf(me().At), me().At + me().IsAfter});
  while (!Ways.empty()) {
    auto [Block, End] = Ways.back();
    Ways.pop_back();
    bool Covered = false;
    for (uint32_t I = End, First = B.blocks()->Get(Block)->first_inst(); I-- > First && !Covered;)
      Covered = back(I);
    if (Covered)
      continue;
    ReachedEntry |= Block == 0;
    for (uint32_t Before : F.predecessors(Block))
      if (!Met.test(Before)) {
        Met.set(Before);
        Ways.push_back({Before, EndOf(Before)});
      }
  }
  if (ReachedEntry)
    atEntry();
}

/// The order is not asked: whatever the body writes may be there.
void FlowSteps::overAll() {
  for (uint32_t I = rowCount(body().insts()); I-- > 0;)
    back(I);
  atEntry();
}

/// True when nothing earlier matters on this way.
bool FlowSteps::back(uint32_t I) {
  const ObjectPath &M = *me().Memory;
  const Inst &In = J.Prog.inst({me().Body, I});
  if (In.op() == Op::Store)
    return backOverStore(I);
  if (In.op() != Op::Call)
    return false;
  if (M.Base == BaseKind::Temp && M.Index == I) {
    throughResult(I);
    atEntry(); // what a call has made is somebody else's memory
    return true;
  }
  return backOverCall(I);
}

bool FlowSteps::backOverStore(uint32_t I) {
  bool Covered = false;
  for (const FlowNames::Touched &T : Names.namesIn(me().Body).at(I)) {
    if (T.Name.sameBase(*me().Memory))
      inDoubt(T.Doubt, [&] { Covered |= storedUnder(I, T) && !T.IsAlias && T.Doubt == NoId; });
    if (mayBeSameField(T.Name))
      inDoubt(OtherName, [&] {
        value(Operand(J.Prog.inst({me().Body, I}).b()), I, me().Use,
              {Trace::Kind::Stored, {me().Body, I}});
      });
  }
  return Covered;
}

/// The field that is asked for, behind a pointer of another name that may lead to the same object.
/// Behind a doubt all stores to the field are asked anyway.
bool FlowSteps::mayBeSameField(const ObjectPath &Written) const {
  const ObjectPath &M = *me().Memory;
  return !me().Unsure && !M.Path.empty() && !Written.Path.empty() &&
         M.Path.back().Kind == StepKind::Field && M.Path.back() == Written.Path.back() &&
         hasDeref(M.Path) && hasDeref(Written.Path) && !Written.stepsTo(M) && !M.stepsTo(Written);
}

bool FlowSteps::storedUnder(uint32_t I, const FlowNames::Touched &T) {
  const Node Me = me();
  const Inst &In = J.Prog.inst({Me.Body, I});
  const ObjectPath &Written = named(T);
  const Mark How{Trace::Kind::Stored, {Me.Body, I}};
  if (auto Rest = Written.stepsTo(*Me.Memory)) {
    if (Rest->empty())
      value(Operand(In.b()), I, Me.Use, How);
    else if (!copied(I, *Rest))
      return false;
    return !T.IsElement;
  }
  auto Part = Me.Memory->stepsTo(Written);
  if (!Part || hasDeref(*Part))
    return false;
  if (auto Name = Sources.named(Me.Body, *body().places()->Get(In.a())))
    met(std::move(*Name), {Me.Body, I});
  value(Operand(In.b()), I, Me.Use, How);
  return false;
}

/// The variable that the name begins with, by the body's own stores.
bool FlowSteps::isSetIn(BodyId Body, const ObjectPath &M) const {
  switch (M.Base) {
  case BaseKind::Local:
    return !Bodies[Body].storesToLocal(M.Index).empty();
  case BaseKind::Param:
    return !Bodies[Body].storesToParam(M.Index).empty();
  case BaseKind::Global:
    return llvm::any_of(J.Prog.storesTo(M.Index), [&](InstRef S) { return S.Body == Body; });
  default:
    return false;
  }
}

/// Something around the asked place, or a pointer on the way to it, was set. False where that
/// changes nothing: p = p + 1.
bool FlowSteps::copied(uint32_t Store, Path Rest) {
  const Node Me = me();
  const Mark How{Trace::Kind::Stored, {Me.Body, Store}};
  const Operand From(J.Prog.inst({Me.Body, Store}).b());
  if (Rest.front().Kind == StepKind::Deref) {
    auto Named = Names.behind(Me.Body, From);
    if (!Named)
      return true;
    ObjectPath Asked = Names.normal(Me.Body, Named->plus(Rest.drop_front()));
    if (Asked == *Me.Memory)
      return false;
    // The pointer that it is called by now may be set anew before the use.
    if (isSetIn(Me.Body, Asked))
      memory(Asked, Store, Me.Use, How);
    memory(std::move(Asked), Me.Use, Me.Use, How);
    return true;
  }
  if (From.is(OperandKind::Temp))
    partOf(next({Me.Body, Store}, Me.Use), From, Rest, How);
  return true;
}

void FlowSteps::atEntry() {
  const ObjectPath &M = *me().Memory;
  if (M.Base == BaseKind::Param)
    parameter(M.Index, M.Path);
  else if (M.Base == BaseKind::This)
    parameter(NoId, M.Path);
  else
    anywhere(me(), M);
}
