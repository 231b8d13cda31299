// What memory may hold: one body backwards, stopping on each way where something covers it.
#include "analysis/model/Rows.h"
#include "analysis/solve/FlowWalk.h"

using namespace assay;

static bool hasDeref(llvm::ArrayRef<PlaceStep> Path) {
  return llvm::any_of(Path, [](const PlaceStep &S) { return S.Kind == StepKind::Deref; });
}

bool FlowWalk::isArgumentList(uint32_t N) const {
  const ObjectPath &M = *Nodes[N].Memory;
  if (M.Base != BaseKind::Local)
    return false;
  llvm::StringRef Type =
      J.Prog.tablesOf(Nodes[N].Body).string(body(N).locals()->Get(M.Index)->type());
  return Type.contains("va_list");
}

void FlowWalk::visitMemory(uint32_t N) {
  if (isArgumentList(N))
    return argumentList(N);
  if (auto Name = Sources.named(Nodes[N].Body, *Nodes[N].Memory))
    return found(N, std::move(*Name),
                 {Nodes[N].Body, std::min(Nodes[N].At, rowCount(body(N).insts()) - 1)});
  if (Nodes[N].Memory->Base == BaseKind::Unknown)
    return fromEverywhere(N);
  const BodyId In = Nodes[N].Body;
  const BodyFacts &F = Bodies[In];
  const Body &B = *J.Prog.body(In).Data;
  std::vector<std::pair<uint32_t, uint32_t>> Ways; // block, instructions before this one
  llvm::BitVector Met(B.blocks()->size());
  bool ReachedEntry = false;
  auto EndOf = [&](uint32_t Block) {
    const auto &K = *B.blocks()->Get(Block);
    return K.first_inst() + K.num_insts();
  };
  if (Nodes[N].At == AtReturn)
    Ways.push_back({B.blocks()->size() - 1, EndOf(B.blocks()->size() - 1)});
  else
    Ways.push_back({F.blockOf(Nodes[N].At), Nodes[N].At});
  while (!Ways.empty()) {
    auto [Block, End] = Ways.back();
    Ways.pop_back();
    bool Covered = false;
    for (uint32_t I = End, First = B.blocks()->Get(Block)->first_inst(); I-- > First && !Covered;)
      Covered = back(N, I);
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
    atEntry(N);
}

/// True when nothing earlier matters on this way.
bool FlowWalk::back(uint32_t N, uint32_t I) {
  const ObjectPath &M = *Nodes[N].Memory;
  const Inst &In = J.Prog.inst({Nodes[N].Body, I});
  if (In.op() == Op::Store)
    return backOverStore(N, I);
  if (In.op() != Op::Call)
    return false;
  if (M.Base == BaseKind::Temp && M.Index == I) {
    throughResult(N, I);
    atEntry(N); // what a call has made is somebody else's memory
    return true;
  }
  return backOverCall(N, I);
}

bool FlowWalk::backOverStore(uint32_t N, uint32_t I) {
  const InstRef At{Nodes[N].Body, I};
  const ObjectPath Raw = ObjectNames(Bodies, At.Body).place(J.Prog.inst(At).a());
  if (storedUnder(N, I, Raw))
    return true;
  // Under a name that it may have here, it hides nothing.
  for (const Alias &A : aliases(At, normal(At.Body, Raw)))
    inDoubt(N, A.Doubt, [&] { storedUnder(N, I, A.Name); });
  return false;
}

/// Asks on, as far as it can be told without this function of which nothing is known.
void FlowWalk::inDoubt(uint32_t N, EntityId Of, llvm::function_ref<void()> Ask) {
  const EntityId Outer = Nodes[N].Doubt;
  if (Outer == NoId)
    Nodes[N].Doubt = Of;
  Ask();
  Nodes[N].Doubt = Outer;
}

bool FlowWalk::storedUnder(uint32_t N, uint32_t I, const ObjectPath &Raw) {
  const Node Me = Nodes[N];
  const Inst &In = J.Prog.inst({Me.Body, I});
  const ObjectPath Written = normal(Me.Body, Raw);
  const Mark How{Trace::Kind::Stored, {Me.Body, I}};
  if (auto Rest = Written.stepsTo(*Me.Memory)) {
    const bool IsElement = Raw.Path.size() != Written.Path.size() ||
                           (!Raw.Path.empty() && Raw.Path.back().Kind != StepKind::Field);
    if (Rest->empty())
      value(N, Operand(In.b()), I, Me.Use, How);
    else if (!copied(N, I, *Rest))
      return false;
    return !IsElement;
  }
  auto Part = Me.Memory->stepsTo(Written);
  if (!Part || hasDeref(*Part))
    return false;
  if (auto Name = Sources.named(Me.Body, *body(N).places()->Get(In.a())))
    found(N, std::move(*Name), {Me.Body, I});
  value(N, Operand(In.b()), I, Me.Use, How);
  return false;
}

/// Something around the asked place, or a pointer on the way to it, was set. False where that
/// changes nothing: p = p + 1.
bool FlowWalk::copied(uint32_t N, uint32_t Store, Path Rest) {
  const Node Me = Nodes[N];
  const Mark How{Trace::Kind::Stored, {Me.Body, Store}};
  const Operand From(J.Prog.inst({Me.Body, Store}).b());
  const std::vector<PlaceStep> Kept(Rest.begin(), Rest.end());
  if (Kept.front().Kind == StepKind::Deref) {
    auto Named = behind(Me.Body, From);
    if (!Named)
      return true;
    ObjectPath Asked = normal(Me.Body, Named->plus(llvm::ArrayRef(Kept).drop_front()));
    if (Asked == *Me.Memory)
      return false;
    memory(N, std::move(Asked), Me.Use, Me.Use, How);
    return true;
  }
  if (!From.is(OperandKind::Temp))
    return true;
  const Inst &Made = J.Prog.inst({Me.Body, From.index()});
  if (Made.op() == Op::Load)
    memory(N, ObjectNames(Bodies, Me.Body).place(Made.a()).plus(Kept), From.index(), Me.Use, How);
  else
    value(N, From, Store, Me.Use, How);
  return true;
}

void FlowWalk::atEntry(uint32_t N) {
  const ObjectPath M = *Nodes[N].Memory;
  if (M.Base == BaseKind::Param)
    parameter(N, M.Index, M.Path);
  else if (M.Base == BaseKind::This)
    parameter(N, NoId, M.Path);
  else
    fromEverywhere(N);
}

/// Every write of the program to the global, or to the last field that is reached by a pointer.
void FlowWalk::fromEverywhere(uint32_t N) {
  const ObjectPath M = *Nodes[N].Memory;
  EntityId Subject = M.Base == BaseKind::Global && !hasDeref(M.Path) ? M.Index : NoId;
  size_t Below = 0;
  for (size_t I = M.Path.size(); I-- > 0;)
    if (M.Path[I].Kind == StepKind::Field) {
      const bool OfSomeObject =
          M.Base == BaseKind::Global || hasDeref(llvm::ArrayRef(M.Path).take_front(I));
      if (OfSomeObject) {
        Subject = M.Path[I].Value;
        Below = I + 1;
      }
      break;
    }
  if (M.Base == BaseKind::Global && !hasDeref(M.Path) && Subject != M.Index)
    for (InstRef C : J.Prog.addressPassedTo(M.Index)) // as a whole
      if (!J.Roles.isOutOfScope(C.Body))
        atCall(N, C, M);
  if (Subject == NoId)
    return fromPointee(N);
  const Path Rest = llvm::ArrayRef(M.Path).drop_front(Below);
  llvm::ArrayRef<InstRef> Stores = J.Prog.storesTo(Subject),
                          Handed = J.Prog.addressPassedTo(Subject);
  for (InstRef S : Stores)
    if (!J.Roles.isOutOfScope(S.Body))
      fromStore(N, S, Rest);
  for (InstRef C : Handed)
    if (!J.Roles.isOutOfScope(C.Body))
      fromHandedAddress(N, C, Subject, Rest);
}

void FlowWalk::fromStore(uint32_t N, InstRef Store, Path Rest) {
  const bool IsOtherPart =
      llvm::any_of(Rest, [](const PlaceStep &S) { return S.Kind == StepKind::Field; });
  if (!IsOtherPart)
    valueIn(anyEntry(N, Store, {Trace::Kind::Stored, Store}), Operand(J.Prog.inst(Store).b()));
}

void FlowWalk::fromHandedAddress(uint32_t N, InstRef Call, EntityId Subject, Path Rest) {
  const Inst &In = J.Prog.inst(Call);
  const std::vector<PlaceStep> Kept(Rest.begin(), Rest.end());
  for (uint32_t A = 0; A != In.c(); ++A) {
    auto Named = behind(Call.Body, Operand(J.Prog.body(Call.Body).Data->args()->Get(In.b() + A)));
    if (!Named)
      continue;
    const bool IsField = !Named->Path.empty() && Named->Path.back().Kind == StepKind::Field &&
                         Named->Path.back().Value == Subject;
    const bool IsGlobal =
        Named->Base == BaseKind::Global && Named->Index == Subject && !hasDeref(Named->Path);
    if (IsField || IsGlobal)
      atCall(N, Call, Named->plus(Kept));
  }
}

/// What the call itself writes, and what was there before it.
void FlowWalk::atCall(uint32_t N, InstRef Call, ObjectPath M) {
  const size_t Before = Nodes.size();
  memoryIn(anyEntry(N, Call, {}), std::move(M));
  if (Nodes.size() == Before)
    return;
  backOverCall(static_cast<uint32_t>(Before), Call.Inst);
  // It returns a place in it: what is written there later is in it, too.
  if (!aliasesOfResult(Call).empty()) {
    ObjectPath Later = *Nodes[Before].Memory;
    memoryIn(anyEntry(N, {Call.Body, AtReturn}, {}), std::move(Later));
  }
}

/// Behind a global pointer, with no field that would tell it from other memory.
void FlowWalk::fromPointee(uint32_t N) {
  const ObjectPath M = *Nodes[N].Memory;
  if (M.Base != BaseKind::Global || M.Path.empty() || M.Path.front().Kind != StepKind::Deref)
    return;
  const std::vector<InstRef> &Uses = usesBehind(M.Index);
  for (InstRef U : Uses)
    if (J.Prog.inst(U).op() == Op::Call)
      atCall(N, U, M);
    else
      valueIn(anyEntry(N, U, {Trace::Kind::Stored, U}), Operand(J.Prog.inst(U).b()));
}
