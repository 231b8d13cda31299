#include "analysis/solve/FlowWalk.h"

#include "llvm/ADT/StringSet.h"

using namespace assay;

std::vector<FlowWalk::Answer> FlowWalk::run(InstRef Sink, llvm::ArrayRef<Operand> Held) {
  Nodes.clear();
  Seen.clear();
  ContextOf.clear();
  Contexts.clear();
  Found.clear();
  FoundInDoubt.reset();
  Unfollowed = {};
  Cleaned.clear();
  Nodes.push_back({Sink.Body, nullptr, {}, std::nullopt, Sink.Inst, Sink.Inst, NoId, {}, NoId});
  for (Operand O : Held)
    value(0, O, Sink.Inst, Sink.Inst);
  for (uint32_t N = 1; N < Nodes.size(); ++N) {
    if (Nodes.size() > MostNodes) {
      unfollowed("there are too many ways on which the value may come");
      break;
    }
    visit(N);
  }
  std::vector<Answer> All;
  for (const Met &M : Found)
    All.push_back(answer(M.At, M.Name, M.Place));
  if (All.empty() || !Unfollowed.Doubt.empty())
    All.push_back(none());
  return All;
}

FlowWalk::Answer FlowWalk::none() const {
  Answer A = Unfollowed;
  if (FoundInDoubt) {
    A = {};
    A.Unknown = Nodes[FoundInDoubt->At].Doubt;
    A.Doubt = J.Words.name(Nodes[FoundInDoubt->At].Doubt) +
              "(), which is not in the program and has no model for this, takes '" +
              FoundInDoubt->Name + "'; what it gives may hold it";
  }
  return A;
}

FlowWalk::Answer FlowWalk::answer(uint32_t Start, const std::string &Name, InstRef At) const {
  Answer A;
  A.Source = Name;
  A.SourceAt = At;
  for (uint32_t N = Start; N != NoId; N = Nodes[N].Towards) {
    const Mark &M = Nodes[N].How;
    if (M.Step)
      A.Way.push_back({*M.Step, M.At, M.Arg, nullptr});
    if (M.Lifts)
      A.Out.push_back(M.At);
  }
  return A;
}

void FlowWalk::found(uint32_t N, std::string Name, InstRef At) {
  if (Nodes[N].Doubt == NoId)
    Found.push_back({N, std::move(Name), At});
  else if (!FoundInDoubt)
    FoundInDoubt = {N, std::move(Name), At};
}

void FlowWalk::push(Node Next) {
  auto Key = std::make_tuple(Next.Body, Next.In, Next.What.raw(), Next.Memory, Next.At, Next.Use,
                             Next.Doubt);
  if (Seen.insert(std::move(Key)).second)
    Nodes.push_back(std::move(Next));
}

void FlowWalk::value(uint32_t N, Operand O, uint32_t At, uint32_t Use, Mark How) {
  valueIn(N, {Nodes[N].Body, At}, Nodes[N].In, O, Use, How);
}

void FlowWalk::valueIn(uint32_t N, InstRef At, const FlowContext *In, Operand O, uint32_t Use,
                       Mark How) {
  if (O.isNone() || O.is(OperandKind::Function))
    return;
  push({At.Body, In, O, std::nullopt, At.Inst, Use, N, How, Nodes[N].Doubt});
}

void FlowWalk::memory(uint32_t N, ObjectPath M, uint32_t At, uint32_t Use, Mark How) {
  memoryIn(N, {Nodes[N].Body, At}, Nodes[N].In, std::move(M), Use, How);
}

void FlowWalk::memoryIn(uint32_t N, InstRef At, const FlowContext *In, ObjectPath M, uint32_t Use,
                        Mark How) {
  constexpr size_t MostSteps = 8;
  if (M.Base == BaseKind::Literal)
    return;
  if (M.Base == BaseKind::Unknown || M.Path.size() > MostSteps) {
    // A list that is walked along: the last field of whatever object.
    const auto Last = llvm::find_if(llvm::reverse(M.Path),
                                    [](const PlaceStep &S) { return S.Kind == StepKind::Field; });
    if (Last == M.Path.rend() && M.Base != BaseKind::Unknown)
      unfollowed("what is asked for lies deeper in a structure than is followed, in " +
                 J.Words.function(At.Body) + "()");
    if (Last == M.Path.rend())
      return;
    ObjectPath Anywhere;
    Anywhere.Path.push_back({StepKind::Deref, 0});
    Anywhere.Path.insert(Anywhere.Path.end(), std::prev(Last.base()), M.Path.end());
    M = std::move(Anywhere);
  }
  push({At.Body, In, {}, normal(At.Body, std::move(M)), At.Inst, Use, N, How, Nodes[N].Doubt});
}

/// One name for what several pointers name: a local that is set once stands for what it is set to;
/// the address of the first element is that of the array.
ObjectPath FlowWalk::normal(BodyId Body, ObjectPath M) {
  const BodyFacts &F = Bodies[Body];
  for (unsigned Left = 6; Left && M.Base == BaseKind::Local && !M.Path.empty() &&
                          M.Path.front().Kind == StepKind::Deref;
       --Left) {
    if (F.storesToLocal(M.Index).size() != 1 || F.isAddressTaken(M.Index))
      break;
    const uint32_t Store = F.storesToLocal(M.Index).front();
    auto Named = ObjectNames(Bodies, Body).behind(Operand(J.Prog.inst({Body, Store}).b()));
    if (!Named || Named->Base == BaseKind::Literal)
      break;
    M = Named->plus(llvm::ArrayRef(M.Path).drop_front());
  }
  while (!M.Path.empty() &&
         (M.Path.back().Kind == StepKind::Index || M.Path.back().Kind == StepKind::AnyIndex))
    M.Path.pop_back();
  return M;
}

std::optional<ObjectPath> FlowWalk::behind(BodyId Body, Operand O) {
  auto Named = ObjectNames(Bodies, Body).behind(O);
  if (!Named || Named->Base == BaseKind::Literal)
    return std::nullopt;
  return normal(Body, std::move(*Named));
}

void FlowWalk::visit(uint32_t N) {
  if (Nodes[N].Memory)
    visitMemory(N);
  else
    visitValue(N);
}

void FlowWalk::visitValue(uint32_t N) {
  const Node Me = Nodes[N];
  switch (Me.What.kind()) {
  case OperandKind::Const:
    if (Sources.literals() &&
        body(N).constants()->Get(Me.What.index())->kind() == ConstantKind::String)
      found(N, "text written in the source", {Me.Body, Me.At});
    return;
  case OperandKind::AddressOf:
    return visitPlace(N, Me.What.index(), Me.Use);
  case OperandKind::Temp:
    return visitTemp(N, Me.What.index());
  default:
    return;
  }
}

/// What was written through the pointer since it was loaded or given. A source of its own name
/// says all: what lies behind it would be reported a second time.
void FlowWalk::writtenSince(uint32_t N, size_t FoundBefore) {
  const Node Me = Nodes[N];
  if (Found.size() != FoundBefore)
    return;
  if (auto Behind = behind(Me.Body, Me.What))
    memory(N, *Behind, Me.Use, Me.Use);
}

/// A length, a flag, an identifier that is kept in a field or a global variable. A local number may
/// be a letter on its way.
bool FlowWalk::isKeptNumber(BodyId Body, const Inst &Load) const {
  const assay::Body &B = *J.Prog.body(Body).Data;
  const Place &P = *B.places()->Get(Load.a());
  const bool IsKept =
      P.path_len() == 0
          ? P.kind() == BaseKind::Global
          : B.steps()->Get(P.path_start() + P.path_len() - 1)->kind() == StepKind::Field;
  const llvm::StringRef Type = J.Prog.tablesOf(Body).string(Load.type());
  static const llvm::StringSet<> Numbers = {
      "bool", "_Bool",     "short",         "unsigned short", "int",    "unsigned int",
      "long", "long long", "unsigned long", "float",          "double", "unsigned long long"};
  return IsKept && (Numbers.contains(Type) || Type.starts_with("enum "));
}

void FlowWalk::visitTemp(uint32_t N, uint32_t Temp) {
  const Node Me = Nodes[N];
  const size_t Before = Found.size();
  const Inst &I = J.Prog.inst({Me.Body, Temp});
  switch (I.op()) {
  case Op::Load:
    if (TextsOnly && isKeptNumber(Me.Body, I))
      return;
    visitPlace(N, I.a(), Temp);
    return writtenSince(N, Before);
  case Op::Copy:
    return value(N, Operand(I.a()), Temp, Me.Use);
  case Op::Derive: {
    const auto How = static_cast<DeriveOp>(I.sub());
    // What is true of a value, or lies between two pointers, is not the value.
    if (How == DeriveOp::Not || How == DeriveOp::LogicalAnd || How == DeriveOp::LogicalOr ||
        How == DeriveOp::PointerSub)
      return;
    value(N, Operand(I.a()), Temp, Me.Use);
    if (How != DeriveOp::PointerAdd)
      value(N, Operand(I.b()), Temp, Me.Use);
    return;
  }
  case Op::Select:
    value(N, Operand(I.b()), Temp, Me.Use);
    return value(N, Operand(I.c()), Temp, Me.Use);
  case Op::Call:
    result(N, Temp);
    return writtenSince(N, Before);
  case Op::Opaque:
    if (static_cast<OpaqueReason>(I.sub()) == OpaqueReason::VarArg)
      argumentList(N);
    return;
  default:
    return;
  }
}

void FlowWalk::visitPlace(uint32_t N, uint32_t Row, uint32_t At) {
  const Node Me = Nodes[N];
  const Place &Where = *body(N).places()->Get(Row);
  if (Where.kind() == BaseKind::Literal) {
    if (Sources.literals())
      found(N, "text written in the source", {Me.Body, Me.At});
    return;
  }
  if (auto Name = Sources.named(Me.Body, Where))
    return found(N, std::move(*Name), {Me.Body, Me.At == AtReturn ? At : Me.At});
  memory(N, ObjectNames(Bodies, Me.Body).place(Row), At, Me.Use);
}
