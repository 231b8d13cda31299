// Every write of the program: what was written to a global, or to a field of an object that nobody
// on the way names.
#include "analysis/solve/FlowSteps.h"

using namespace assay;

/// How memory is called wherever it lies: a global as it is named, else the last field that is
/// reached by a pointer. Nothing where neither tells it from other memory.
std::optional<ObjectPath> FlowSteps::nameAnywhere(const ObjectPath &M) {
  bool IsReached = false; // by a pointer
  size_t Last = M.Path.size();
  for (size_t I = 0; I != M.Path.size(); ++I) {
    IsReached |= M.Path[I].Kind == StepKind::Deref;
    if (M.Path[I].Kind == StepKind::Field)
      Last = IsReached ? I : M.Path.size();
  }
  if (Last == M.Path.size())
    return M.Base == BaseKind::Global ? std::optional(M) : std::nullopt;
  ObjectPath Field;
  Field.Path.push_back({StepKind::Deref, 0});
  Field.Path.insert(Field.Path.end(), M.Path.begin() + Last, M.Path.end());
  return Field;
}

/// Whoever asks for it, in whichever body, it is one node.
void FlowSteps::anywhere(Node Next, const ObjectPath &M) {
  auto Name = nameAnywhere(M);
  if (!Name || P.WithinFunction || (Extent == FlowExtent::Near && !Next.WasHere))
    return;
  Next.Body = NoId;
  Next.In = nullptr;
  Next.Callbacks = nullptr;
  Next.What = {};
  Next.Unsure |= Doubting != NoId;
  // There only a source would count.
  if (Next.Unsure && !Sources.any())
    return;
  // With a doubt, what a field points to is asked with the field: wherever that is set.
  if (Next.Unsure)
    while (Name->Base == BaseKind::Unknown && Name->Path.back().Kind != StepKind::Field)
      Name->Path.pop_back();
  Next.Memory = Graph.name(Next.Unsure ? FlowNames::blunt(std::move(*Name)) : std::move(*Name));
  Next.At = Next.Use = 0;
  Next.IsAfter = false;
  Next.Part = FlowPart::All;
  Next.Spread = Next.Unsure;
  push(Next, {});
}

/// Every write of the program to the global, or to the field.
void FlowSteps::visitAnywhere() {
  const ObjectPath &M = *me().Memory;
  const auto Field = llvm::find_if(llvm::reverse(M.Path),
                                   [](const PlaceStep &S) { return S.Kind == StepKind::Field; });
  const bool IsVariable = Field == M.Path.rend();
  const auto &Modelled = Names.modelledWritesOf(IsVariable ? M.Index : NoId);
  for (InstRef C : Modelled)
    if (!J.Roles.isOutOfScope(C.Body))
      atCall(C, M);
  if (IsVariable && hasDeref(M.Path)) {
    if (Modelled.empty()) // else the calls say what it points to
      fromPointee();
    return;
  }
  const EntityId Subject = IsVariable ? M.Index : Field->Value;
  if (M.Base == BaseKind::Global && !IsVariable)
    for (InstRef C : J.Prog.addressPassedTo(M.Index)) // as a whole
      if (!J.Roles.isOutOfScope(C.Body))
        atCall(C, M);
  const Path Rest = IsVariable ? Path(M.Path) : Path(M.Path).drop_front(M.Path.rend() - Field);
  for (InstRef S : J.Prog.storesTo(Subject))
    if (!J.Roles.isOutOfScope(S.Body))
      fromStore(S, Rest);
  for (InstRef C : J.Prog.addressPassedTo(Subject))
    if (!J.Roles.isOutOfScope(C.Body))
      fromHandedAddress(C, Subject, Rest);
}

static bool hasField(llvm::ArrayRef<PlaceStep> Path) {
  return llvm::any_of(Path, [](const PlaceStep &S) { return S.Kind == StepKind::Field; });
}

/// The doubt of a field in a global array of bytes, on which bodies lay structures of their own:
/// what is read of the array may be of another.
EntityId FlowSteps::overlaid(Path Written) const {
  const ObjectPath &M = *me().Memory;
  if (M.Base != BaseKind::Global || hasField(M.Path) || !hasField(Written))
    return NoId;
  const EntityInfo &E = J.Prog.entity(M.Index);
  const llvm::StringRef Type = J.Prog.unit(E.Unit).string(E.Row->type());
  const auto [Element, Count] = Type.split('[');
  return !Count.empty() && isNarrow(Element.trim()) ? OverlaidPart : NoId;
}

void FlowSteps::fromStore(InstRef Store, Path Rest) {
  if (!hasField(Rest))
    inDoubt(overlaid(Names.place(Store.Body, J.Prog.inst(Store).a()).Path), [&] {
      valueIn(anyEntry(Store), Operand(J.Prog.inst(Store).b()), {Trace::Kind::Stored, Store});
    });
}

void FlowSteps::fromHandedAddress(InstRef Call, EntityId Subject, Path Rest) {
  const Inst &In = J.Prog.inst(Call);
  for (uint32_t A = 0; A != In.c(); ++A) {
    auto Named =
        Names.behind(Call.Body, Operand(J.Prog.body(Call.Body).Data->args()->Get(In.b() + A)));
    if (!Named)
      continue;
    const bool IsField = !Named->Path.empty() && Named->Path.back().Kind == StepKind::Field &&
                         Named->Path.back().Value == Subject;
    const bool IsGlobal =
        Named->Base == BaseKind::Global && Named->Index == Subject && !hasDeref(Named->Path);
    if (IsField || IsGlobal)
      inDoubt(overlaid(Named->Path), [&] { atCall(Call, Named->plus(Rest)); });
  }
}

/// What the call itself writes, and what was there before it.
void FlowSteps::atCall(InstRef Call, ObjectPath M) {
  Node Next = anyEntry(Call);
  Next.IsAfter = true;
  memoryIn(Next, M, {});
  // It returns a place in it: what is written there later is in it, too.
  if (Names.returnsPlaceIn(Call))
    memoryIn(anyEntry({Call.Body, AtReturn}), std::move(M), {});
}

/// Behind a global pointer, with no field that would tell it from other memory.
void FlowSteps::fromPointee() {
  const ObjectPath &M = *me().Memory;
  if (M.Path.front().Kind != StepKind::Deref)
    return;
  for (InstRef U : Names.usesBehind(M.Index))
    if (J.Prog.inst(U).op() == Op::Call)
      atCall(U, M);
    else
      valueIn(anyEntry(U), Operand(J.Prog.inst(U).b()), {Trace::Kind::Stored, U});
}
