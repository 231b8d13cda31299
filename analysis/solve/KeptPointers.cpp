#include "analysis/solve/KeptPointers.h"

#include "analysis/link/BodyView.h"

#include "llvm/ADT/SetVector.h"

using namespace assay;

static bool isOfBody(BaseKind Base) {
  return Base == BaseKind::Local || Base == BaseKind::Param || Base == BaseKind::This;
}

/// The variable that the operand points to or into, or the parameter that it came from.
std::optional<KeptPointers::Variable> KeptPointers::variableBehind(BodyId In, Operand O) const {
  const auto Behind = ObjectNames(Bodies, In).behind(O);
  const bool Handed = Behind && Behind->Base != BaseKind::Local;
  if (!Behind || !isOfBody(Behind->Base) || Handed == Behind->Path.empty())
    return std::nullopt;
  return Variable{Behind->Base, Behind->Index};
}

/// The body is looked at together with all that it leads to: what a callee keeps goes up until
/// nothing new comes, so that recursion and many ways to one function cost no more than their
/// calls.
const std::set<KeptPointers::Kept> &KeptPointers::keptIn(BodyId First) {
  if (auto It = Found.find(First); It != Found.end())
    return It->second;
  std::vector<BodyId> New = {First};
  llvm::SetVector<BodyId> Work; // callees that keep something, to be told to their callers
  std::map<BodyId, std::vector<InstRef>> Calls;
  Found[First];
  for (size_t N = 0; N != New.size(); ++N) {
    keptByStores(New[N]);
    const auto Insts = rows(Prog.body(New[N]).Data->insts());
    for (uint32_t I = 0; I != Insts.size(); ++I) {
      if (Insts[I].op() != Op::Call)
        continue;
      const InstRef Call{New[N], I};
      for (EntityId T : Prog.calleesOf(Call).Targets)
        for (BodyId B : Prog.bodiesOf(T)) {
          Calls[B].push_back(Call);
          if (Found.try_emplace(B).second)
            New.push_back(B);
        }
    }
  }
  for (const auto &[Callee, From] : Calls)
    if (!Found[Callee].empty())
      Work.insert(Callee);
  while (!Work.empty()) {
    const BodyId Callee = Work.pop_back_val();
    for (const InstRef &Call : Calls[Callee])
      if (keptByCall(Call, Callee))
        Work.insert(Call.Body);
  }
  return Found[First];
}

void KeptPointers::keptByStores(BodyId Id) {
  const BodyView B(Prog, Id);
  for (const Inst &I : B.Insts) {
    if (I.op() != Op::Store)
      continue;
    const ObjectPath Keeper = ObjectNames(Bodies, Id).place(I.a());
    // A pointer variable of the body itself is a second name that is known.
    if (isOfBody(Keeper.Base) && Keeper.Path.empty())
      continue;
    if (const auto What = variableBehind(Id, Operand(I.b())))
      Found[Id].insert(
          {*What, isOfBody(Keeper.Base) ? Variable{Keeper.Base, Keeper.Index} : Variable()});
  }
}

/// What the callee keeps of its parameters, in the caller's words. Does it tell the caller anything
/// new?
bool KeptPointers::keptByCall(InstRef Call, BodyId Callee) {
  std::set<Kept> Mine;
  for (const Kept &K : Found[Callee]) {
    const auto What = given(Call, K.What);
    const auto Keeper = given(Call, K.Keeper);
    if (What && Keeper != What)
      Mine.insert({*What, Keeper.value_or(Variable())});
  }
  std::set<Kept> &Known = Found[Call.Body];
  const size_t Before = Known.size();
  Known.merge(Mine);
  return Known.size() != Before;
}

/// The caller's variable that a parameter of the callee comes from.
std::optional<KeptPointers::Variable> KeptPointers::given(InstRef Call, const Variable &Of) const {
  const BodyView B(Prog, Call.Body);
  const Inst &I = B.Insts[Call.Inst];
  const unsigned Receivers = BodyView::receivers(I);
  const uint32_t A = Of.Base == BaseKind::This ? 0 : Of.Index + Receivers;
  const bool Handed = Of.Base == BaseKind::Param || (Of.Base == BaseKind::This && Receivers);
  return Handed && A < I.c() ? variableBehind(Call.Body, Operand(B.argsOf(I)[A])) : std::nullopt;
}

bool KeptPointers::mayReach(InstRef Call, const ObjectPath &O) {
  if (O.Base != BaseKind::Local)
    return false;
  const BodyView B(Prog, Call.Body);
  for (const Kept &K : keptIn(Call.Body)) {
    if (K.What != Variable{O.Base, O.Index})
      continue;
    if (!isOfBody(K.Keeper.Base))
      return true;
    for (const uint32_t A : B.argsOf(B.Insts[Call.Inst]))
      if (variableBehind(Call.Body, Operand(A)) == K.Keeper)
        return true;
  }
  return false;
}

bool KeptPointers::isKept(EntityId Name) {
  const EntityId Global = Prog.definitionOf(Name);
  return !Prog.addressNamedAt(Global).empty() ||
         llvm::any_of(Prog.addressPassedTo(Global),
                      [&](InstRef Call) { return keepsArgument(Call, Global); });
}

bool KeptPointers::keepsArgument(InstRef Call, EntityId Global) {
  const BodyView B(Prog, Call.Body);
  const Inst &I = B.Insts[Call.Inst];
  const auto Args = B.argsOf(I);
  const auto IsGlobal = [&](uint32_t A) {
    const Place *P = A < Args.size() ? B.addressedPlace(Operand(Args[A])) : nullptr;
    return P && B.global(*P) != NoId && Prog.definitionOf(B.global(*P)) == Global;
  };
  // What is given to a thread or a library beside a function comes back to that function.
  if (llvm::any_of(Args, [](uint32_t A) { return Operand(A).is(OperandKind::Function); }))
    return true;
  for (EntityId T : Prog.calleesOf(Call).Targets)
    for (BodyId Callee : Prog.bodiesOf(T))
      for (const Kept &K : keptIn(Callee))
        if (IsGlobal(K.What.Base == BaseKind::This ? 0 : K.What.Index + BodyView::receivers(I)))
          return true;
  return false;
}
