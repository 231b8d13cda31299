#include "analysis/solve/FlowSteps.h"

#include "llvm/ADT/StringSet.h"

using namespace assay;

uint32_t FlowSteps::start(InstRef Sink, Operand Held) {
  if (Held.isNone() || Held.is(OperandKind::Function))
    return NoId;
  Node First;
  First.Body = Sink.Body;
  First.What = Held;
  First.At = First.Use = Sink.Inst;
  First.WasHere = isHere(Sink.Body);
  return Graph.add(First);
}

const FlowStep &FlowSteps::from(uint32_t N) {
  if (Graph.open(N)) {
    Now = N;
    Edges = &Graph.step(N).Edges;
    if (me().Body == NoId)
      visitAnywhere();
    else if (me().Memory)
      visitMemory();
    else
      visitValue();
  }
  return Graph.step(N);
}

void FlowSteps::met(std::string Name, InstRef At, uint32_t Const) {
  Graph.step(Now).Met.push_back({std::move(Name), At, Doubting, Const});
}

FlowGap &FlowSteps::gap(std::string Why) {
  if (me().Spread || P.WithinFunction)
    return Ignored = {};
  std::vector<FlowGap> &Gaps = Graph.step(Now).Gaps;
  Gaps.push_back({std::move(Why), {}, NoId});
  return Gaps.back();
}

void FlowSteps::tooDeep(BodyId In) {
  gap("what is asked for lies deeper in a structure than is followed, in " + J.Words.function(In) +
      "()");
}

/// Asks on, as far as it can be told without this function of which nothing is known.
void FlowSteps::inDoubt(EntityId Of, llvm::function_ref<void()> Ask) {
  if (Of != NoId && Extent != FlowExtent::All)
    return;
  const EntityId Outer = Doubting;
  if (Outer == NoId)
    Doubting = Of;
  Ask();
  Doubting = Outer;
}

void FlowSteps::push(Node Next, Mark How) {
  Next.Unsure |= Doubting != NoId;
  Next.WasHere |= isHere(Next.Body);
  if (Next.Unsure)
    blur(Next);
  Edges->push_back({Graph.add(Next), How, Doubting});
}

FlowSteps::Node FlowSteps::at(Node Next, InstRef At, uint32_t Use) {
  Next.Body = At.Body;
  Next.What = {};
  Next.Memory = nullptr;
  Next.At = At.Inst;
  Next.Use = Use;
  Next.IsAfter = false;
  Next.Part = FlowPart::All;
  return Next;
}

/// In a body that any call may have entered.
FlowSteps::Node FlowSteps::anyEntry(InstRef At) const {
  Node Next = next(At, At.Inst);
  Next.In = nullptr;
  Next.Callbacks = nullptr;
  return Next;
}

void FlowSteps::value(Operand O, uint32_t At, uint32_t Use, Mark How) {
  valueIn(next({me().Body, At}, Use), O, How);
}

void FlowSteps::valueIn(Node Next, Operand O, Mark How) {
  if (O.isNone() || O.is(OperandKind::Function))
    return;
  Next.What = O;
  push(Next, How);
}

void FlowSteps::memory(ObjectPath M, uint32_t At, uint32_t Use, Mark How) {
  memoryIn(next({me().Body, At}, Use), std::move(M), How);
}

/// A field beyond several pointers, along a list or down a tree; with a doubt, any field behind a
/// pointer: then memory is not told apart by how it is reached.
bool FlowSteps::isFar(const ObjectPath &M, bool Unsure) {
  constexpr size_t MostSteps = 8;
  const unsigned MostPointers = Unsure ? 0 : 2;
  llvm::SmallVector<uint32_t, 4> Fields;
  unsigned Pointers = 0;
  for (const PlaceStep &S : M.Path) {
    Pointers += S.Kind == StepKind::Deref;
    if (S.Kind != StepKind::Field)
      continue;
    if (Pointers > MostPointers || llvm::is_contained(Fields, S.Value))
      return true;
    Fields.push_back(S.Value);
  }
  return M.Path.size() > MostSteps;
}

void FlowSteps::memoryIn(Node Next, ObjectPath M, Mark How) {
  if (M.Base == BaseKind::Literal)
    return;
  if (M.Base == BaseKind::Unknown || (!Next.IsAfter && isFar(M, Next.Unsure || Doubting != NoId))) {
    auto Name = nameAnywhere(M);
    if (!Name && M.Base != BaseKind::Unknown)
      tooDeep(Next.Body);
    if (!Name)
      return;
    M = std::move(*Name);
  }
  M = Names.normal(Next.Body, std::move(M));
  Next.Memory =
      Graph.name(Next.Unsure || Doubting != NoId ? FlowNames::blunt(std::move(M)) : std::move(M));
  push(Next, How);
}

void FlowSteps::visitValue() {
  const Node Me = me();
  switch (Me.What.kind()) {
  case OperandKind::Const:
    if (Sources.literals() &&
        body().constants()->Get(Me.What.index())->kind() == ConstantKind::String)
      met("text written in the source", {Me.Body, Me.At}, Me.What.index());
    return;
  case OperandKind::AddressOf:
    return visitPlace(Me.What.index(), Me.Use);
  case OperandKind::Temp:
    return visitTemp(Me.What.index());
  default:
    return;
  }
}

/// A number of fewer bits than any pointer or handle has.
bool FlowSteps::isNarrow(llvm::StringRef Type) {
  static const llvm::StringSet<> Narrow = {"bool",        "_Bool",         "char",
                                           "signed char", "unsigned char", "char8_t",
                                           "char16_t",    "float",         "double"};
  return Narrow.contains(Type);
}

/// What was written through the pointer since it was loaded or given. A source of its own name
/// says all: what lies behind it would be reported a second time.
void FlowSteps::writtenSince() {
  const Node Me = me();
  const Inst &Made = J.Prog.inst({Me.Body, Me.What.index()});
  if (!Graph.step(Now).Met.empty() || isNarrow(J.Prog.tablesOf(Me.Body).string(Made.type())))
    return;
  if (auto Behind = Names.behind(Me.Body, Me.What))
    memory(*Behind, Me.Use, Me.Use);
}

/// A length, a flag, an identifier that is kept in a field or a global variable. A local number may
/// be a letter on its way.
bool FlowSteps::isKeptNumber(BodyId Body, const Inst &Load) const {
  const assay::Body &B = *J.Prog.body(Body).Data;
  const Place &P = *B.places()->Get(Load.a());
  const bool IsKept =
      P.path_len() == 0
          ? P.kind() == BaseKind::Global
          : B.steps()->Get(P.path_start() + P.path_len() - 1)->kind() == StepKind::Field;
  const llvm::StringRef Type = J.Prog.tablesOf(Body).string(Load.type());
  static const llvm::StringSet<> Numbers = {
      "bool",           "_Bool", "signed char", "unsigned char",     "short",
      "unsigned short", "int",   "long",        "long long",         "unsigned int",
      "unsigned long",  "float", "double",      "unsigned long long"};
  return IsKept && (Numbers.contains(Type) || Type.starts_with("enum "));
}

void FlowSteps::visitTemp(uint32_t Temp) {
  const Node Me = me();
  const Inst &I = J.Prog.inst({Me.Body, Temp});
  switch (I.op()) {
  case Op::Load:
    if (TextsOnly && isKeptNumber(Me.Body, I))
      return;
    visitPlace(I.a(), Temp);
    value(Operand(I.b()), Temp, Me.Use);
    return writtenSince();
  case Op::Copy:
    return value(Operand(I.a()), Temp, Me.Use);
  case Op::Derive: {
    const auto How = static_cast<DeriveOp>(I.sub());
    // What is true of a value, or lies between two pointers, is not the value.
    if (How == DeriveOp::Not || How == DeriveOp::LogicalAnd || How == DeriveOp::LogicalOr ||
        How == DeriveOp::PointerSub)
      return;
    value(Operand(I.a()), Temp, Me.Use);
    if (How != DeriveOp::PointerAdd)
      value(Operand(I.b()), Temp, Me.Use);
    return;
  }
  case Op::Select:
    value(Operand(I.b()), Temp, Me.Use);
    return value(Operand(I.c()), Temp, Me.Use);
  case Op::Call:
    result(Temp);
    return writtenSince();
  case Op::Opaque:
    if (static_cast<OpaqueReason>(I.sub()) == OpaqueReason::VarArg)
      argumentList();
    return;
  default:
    return;
  }
}

void FlowSteps::visitPlace(uint32_t Row, uint32_t At) {
  const Node Me = me();
  const Place &Where = *body().places()->Get(Row);
  if (Where.kind() == BaseKind::Literal) {
    if (Sources.literals())
      met("text written in the source", {Me.Body, Me.At}, Where.base());
    return;
  }
  if (auto Name = Sources.named(Me.Body, Where))
    return met(std::move(*Name), {Me.Body, Me.At == AtReturn ? At : Me.At});
  // Which part of it is meant was not kept.
  const ObjectPath Named = Names.place(Me.Body, Row);
  if (Where.truncated() && isFar(Named, true))
    tooDeep(Me.Body);
  inDoubt(Where.truncated() ? TooDeep : NoId, [&] { memory(Named, At, Me.Use); });
}
