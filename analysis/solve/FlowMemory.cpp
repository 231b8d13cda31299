// What memory may hold: one body backwards, stopping on each way where something covers it.
#include "analysis/model/Rows.h"
#include "analysis/solve/FlowSteps.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace assay;

bool FlowSteps::isArgumentList(const Node &N) const {
  if (N.Memory->Base != BaseKind::Local)
    return false;
  const Body &B = *J.Prog.body(N.Body).Data;
  const llvm::StringRef Type =
      J.Prog.tablesOf(N.Body).string(B.locals()->Get(N.Memory->Index)->type());
  return Type.contains("va_list");
}

const FlowSteps::Asked &FlowSteps::asked(const Node &N) {
  std::unique_ptr<Asked> &Known = AskedFor[N.Unsure][{N.Memory, N.Body}];
  if (Known)
    return *Known;
  Known = std::make_unique<Asked>();
  Known->IsList = isArgumentList(N);
  Known->IsAnywhere = N.Memory->Base == BaseKind::Unknown || isFar(*N.Memory, N.Unsure);
  if (!Known->IsList)
    Known->Name = Sources.named(N.Body, *N.Memory);
  if (Known->isWalked())
    Known->Touching = Names.touching(N.Body, *N.Memory, N.Unsure, Known->Own);
  return *Known;
}

uint32_t FlowSteps::Asked::lastIn(uint32_t First, uint32_t End) const {
  const auto After = llvm::lower_bound(Touching, End);
  return After == Touching.begin() || After[-1] < First ? End : After[-1];
}

void FlowSteps::visitMemory() {
  const Node Me = me();
  const Asked &Of = asked(Me);
  if (Of.IsList)
    return argumentList();
  if (Of.Name)
    return met(*Of.Name, {Me.Body, std::min(Me.At, rowCount(body().insts()) - 1)});
  if (Me.IsAfter && (Of.IsAnywhere || Me.Unsure))
    backOverCall(Me.At);
  else if (!Of.IsAnywhere)
    return Me.Unsure ? overAll(Of) : backToEntry(Of);
  anywhere(Me, *Me.Memory);
}

void FlowSteps::backToEntry(const Asked &Of) {
  const BodyFacts &F = Bodies[me().Body];
  const auto *Blocks = body().blocks();
  std::vector<std::pair<uint32_t, uint32_t>> Ways; // block, instructions before this one
  llvm::BitVector Met(Blocks->size());
  bool ReachedEntry = false;
  auto EndOf = [&](uint32_t Block) {
    return Blocks->Get(Block)->first_inst() + Blocks->Get(Block)->num_insts();
  };
  if (me().At == AtReturn)
    Ways.push_back({Blocks->size() - 1, EndOf(Blocks->size() - 1)});
  else
    Ways.push_back({F.blockOf(me().At), me().At + me().IsAfter});
  while (!Ways.empty()) {
    auto [Block, End] = Ways.back();
    Ways.pop_back();
    const uint32_t First = Blocks->Get(Block)->first_inst();
    bool Covered = false;
    for (uint32_t I = End; !Covered && (I = Of.lastIn(First, End)) != End; End = I)
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
    shared(FlowPart::AtEntry, 0, [&] {
      atEntry();
      return false;
    });
}

/// Found once for all points of the body from which a way leads there. True when nothing earlier
/// matters.
bool FlowSteps::shared(FlowPart Part, uint32_t At, llvm::function_ref<bool()> Find) {
  Node Of = me();
  Of.Part = Part;
  Of.At = At;
  Of.Use = 0;
  Of.IsAfter = false;
  const uint32_t N = Graph.add(Of);
  if (Graph.open(N)) {
    llvm::SaveAndRestore<uint32_t> Here(Now, N);
    llvm::SaveAndRestore<std::vector<FlowEdge> *> Into(Edges, &Graph.step(N).Edges);
    Graph.step(N).Hides = Find();
  }
  if (!Graph.step(N).saysNothing())
    Edges->push_back({N, {}, NoId});
  return Graph.step(N).Hides;
}

/// The order is not asked: whatever the body writes may be there.
void FlowSteps::overAll(const Asked &Of) {
  for (const uint32_t I : llvm::reverse(Of.Touching))
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

/// The field that is asked for, behind a pointer of another name that may lead to the same object,
/// which may be a global's own. Behind a doubt all stores to the field are asked anyway.
bool FlowSteps::mayBeSameField(const ObjectPath &Written) const {
  const ObjectPath &M = *me().Memory;
  return !me().Unsure && FlowNames::isSharedField(M) && FlowNames::isSharedField(Written) &&
         M.Path.back() == Written.Path.back() && (hasDeref(M.Path) || hasDeref(Written.Path)) &&
         !Written.stepsTo(M) && !M.stepsTo(Written);
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
