#include "analysis/solve/FlowWalk.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringSet.h"

using namespace assay;

std::vector<FlowWalk::Answer> FlowWalk::run(InstRef Sink, llvm::ArrayRef<Operand> Held) {
  Nodes.clear();
  Seen.clear();
  Questions.clear();
  Lifts.clear();
  Found.clear();
  FoundInDoubt.reset();
  Unfollowed = {};
  Cleaned.clear();
  Nodes.emplace_back();
  Nodes[0].Body = Sink.Body;
  Nodes[0].At = Nodes[0].Use = Sink.Inst;
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
    answers(M.At, M.Name, M.Place, All);
  if (All.empty() || !Unfollowed.Doubt.empty())
    All.push_back(none());
  return All;
}

FlowWalk::Answer FlowWalk::none() const {
  Answer A = Unfollowed;
  if (!FoundInDoubt)
    return A;
  A = {};
  const EntityId Doubt = Nodes[FoundInDoubt->At].Doubt;
  if (Doubt == TooDeep) {
    A.Doubt = "'" + FoundInDoubt->Name + "' may come by a place of too many steps";
    return A;
  }
  const bool IsOutside = Doubt == OutsideCode;
  A.Unknown = IsOutside ? NoId : Doubt;
  A.Doubt = (IsOutside ? "code outside the program that is called through a pointer takes '"
                       : J.Words.name(Doubt) +
                             "(), which is not in the program and has no model for this, takes '") +
            FoundInDoubt->Name + "'; what it gives may hold it";
  return A;
}

/// One answer for each node outside of questions that the source answers, as each may have come out
/// of the sink's function by calls of its own.
void FlowWalk::answers(uint32_t Start, const std::string &Name, InstRef At,
                       std::vector<Answer> &All) const {
  std::vector<std::pair<const FlowQuestion *, std::vector<uint32_t>>> Asked;
  llvm::SmallPtrSet<const FlowQuestion *, 8> Met;
  std::set<std::vector<InstRef>> Outs;
  const size_t First = All.size();
  const auto Add = [&](std::vector<uint32_t> Askers) {
    Answer A = answer(Start, Askers, Name, At);
    if (All.size() - First < MostWays && Outs.insert(A.Out).second)
      All.push_back(std::move(A));
  };
  if (!Nodes[Start].In)
    return Add({});
  Asked.push_back({Nodes[Start].In, {}});
  for (size_t Q = 0; Q != Asked.size(); ++Q) {
    const auto [Question, Way] = Asked[Q];
    if (!Met.insert(Question).second)
      continue;
    for (uint32_t A = 0; A != Question->Askers.size(); ++A) {
      std::vector<uint32_t> Further = Way;
      Further.push_back(A);
      if (const FlowQuestion *Outer = Nodes[Question->Askers[A].Node].In)
        Asked.push_back({Outer, std::move(Further)});
      else
        Add(std::move(Further));
    }
  }
}

/// The steps from the source to the sink. `Askers`: by whom each question is left that was not
/// entered from further in, the innermost first.
FlowWalk::Answer FlowWalk::answer(uint32_t Start, llvm::ArrayRef<uint32_t> Askers,
                                  const std::string &Name, InstRef At) const {
  Answer A;
  A.Source = Name;
  A.SourceAt = At;
  std::vector<uint32_t> Entered; // askers of the questions that the way has gone into
  size_t Left = 0;
  const auto Tell = [&](const Mark &M) {
    if (M.Step)
      A.Way.push_back({*M.Step, M.At, M.Arg, nullptr});
    if (M.Lifts)
      A.Out.push_back(M.At);
  };
  for (uint32_t N = Start; N != NoId;) {
    const Node &Of = Nodes[N];
    Tell(Of.How);
    if (Of.Asker != NoId)
      Entered.push_back(Of.Asker);
    N = Of.Towards;
    if (N != NoId || !Of.In)
      continue;
    uint32_t By = 0;
    if (!Entered.empty()) {
      By = Entered.back();
      Entered.pop_back();
    } else if (Left != Askers.size())
      By = Askers[Left++];
    Tell(Of.In->Askers[By].How);
    N = Of.In->Askers[By].Node;
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
  const bool Sure = Next.Doubt == NoId;
  const auto [It, New] = Seen.try_emplace(
      {Next.Body, Next.In, Next.Out, Next.What.raw(), Next.Memory, Next.At, Next.Use}, Sure);
  if (!New && (It->second || !Sure))
    return;
  It->second = Sure;
  Nodes.push_back(std::move(Next));
}

FlowWalk::Node FlowWalk::next(uint32_t N, InstRef At, uint32_t Use, Mark How) const {
  Node Next;
  Next.Body = At.Body;
  Next.In = Nodes[N].In;
  Next.Out = Nodes[N].Out;
  Next.At = At.Inst;
  Next.Use = Use;
  Next.Towards = N;
  Next.How = How;
  Next.Doubt = Nodes[N].Doubt;
  return Next;
}

/// In a body that any call may have entered.
FlowWalk::Node FlowWalk::anyEntry(uint32_t N, InstRef At, Mark How) const {
  Node Next = next(N, At, At.Inst, How);
  Next.In = nullptr;
  return Next;
}

void FlowWalk::value(uint32_t N, Operand O, uint32_t At, uint32_t Use, Mark How) {
  valueIn(next(N, {Nodes[N].Body, At}, Use, How), O);
}

void FlowWalk::valueIn(Node Next, Operand O) {
  if (O.isNone() || O.is(OperandKind::Function))
    return;
  Next.What = O;
  push(std::move(Next));
}

void FlowWalk::memory(uint32_t N, ObjectPath M, uint32_t At, uint32_t Use, Mark How) {
  memoryIn(next(N, {Nodes[N].Body, At}, Use, How), std::move(M));
}

void FlowWalk::memoryIn(Node Next, ObjectPath M) {
  constexpr size_t MostSteps = 8;
  if (M.Base == BaseKind::Literal)
    return;
  if (M.Base == BaseKind::Unknown || M.Path.size() > MostSteps) {
    // A list that is walked along: the last field of whatever object.
    const auto Last = llvm::find_if(llvm::reverse(M.Path),
                                    [](const PlaceStep &S) { return S.Kind == StepKind::Field; });
    if (Last == M.Path.rend() && M.Base != BaseKind::Unknown)
      unfollowed("what is asked for lies deeper in a structure than is followed, in " +
                 J.Words.function(Next.Body) + "()");
    if (Last == M.Path.rend())
      return;
    ObjectPath Anywhere;
    Anywhere.Path.push_back({StepKind::Deref, 0});
    Anywhere.Path.insert(Anywhere.Path.end(), std::prev(Last.base()), M.Path.end());
    M = std::move(Anywhere);
  }
  Next.Memory = normal(Next.Body, std::move(M));
  push(std::move(Next));
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
  // Which part of it is meant was not kept.
  inDoubt(N, Where.truncated() ? TooDeep : NoId,
          [&] { memory(N, ObjectNames(Bodies, Me.Body).place(Row), At, Me.Use); });
}
