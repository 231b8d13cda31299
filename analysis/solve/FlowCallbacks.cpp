#include "analysis/solve/FlowCallbacks.h"

#include "analysis/link/BodyView.h"

using namespace assay;

/// The parameter whose value the operand is: the body sets it nowhere.
std::optional<uint32_t> FlowCallbacks::parameter(BodyId Body, Operand O) const {
  const BodyView B(Prog, Body);
  O = B.unconverted(O);
  if (!O.is(OperandKind::Temp) || B.Insts[O.index()].op() != Op::Load)
    return std::nullopt;
  const Place &From = B.Places[B.Insts[O.index()].a()];
  // (*cb)() reads through the pointer; it is the same function.
  const bool IsWhole =
      llvm::all_of(B.pathOf(From), [](const Step &S) { return S.kind() == StepKind::Deref; });
  if (From.kind() != BaseKind::Param || !IsWhole)
    return std::nullopt;
  for (const Inst &I : B.Insts)
    if (I.op() == Op::Store)
      if (const Place &To = B.Places[I.a()];
          To.kind() == BaseKind::Param && To.base() == From.base() && To.path_len() == 0)
        return std::nullopt;
  return From.base();
}

EntityId FlowCallbacks::function(BodyId Body, Operand O, const Given *Known) const {
  const BodyView B(Prog, Body);
  O = B.unconverted(O);
  if (O.is(OperandKind::Function))
    return Prog.definitionOf(B.entity(O.index()));
  if (const auto Param = Known ? parameter(Body, O) : std::nullopt)
    for (const FlowCallback &C : *Known)
      if (C.Param == *Param)
        return C.Function;
  return NoId;
}

bool FlowCallbacks::callsThrough(BodyId Body, uint32_t Param, unsigned Calls) {
  const auto [It, New] = Calling.try_emplace({Body, Param}, false);
  if (!New)
    return It->second;
  const BodyView B(Prog, Body);
  bool Found = false;
  for (uint32_t N = 0; N != B.Insts.size() && !Found; ++N) {
    const Inst &I = B.Insts[N];
    if (I.op() != Op::Call)
      continue;
    if (BodyView::isCall(I, CallKind::Indirect) && parameter(Body, Operand(I.a())) == Param)
      Found = true;
    const auto Args = B.argsOf(I);
    for (uint32_t A = BodyView::receivers(I); Calls && A < Args.size() && !Found; ++A)
      if (parameter(Body, Operand(Args[A])) == Param)
        for (EntityId Callee : Prog.calleesOf({Body, N}).Targets)
          for (BodyId In : Prog.bodiesOf(Callee))
            Found |= callsThrough(In, A - BodyView::receivers(I), Calls - 1);
  }
  return Calling[{Body, Param}] = Found;
}

const FlowCallbacks::Given *FlowCallbacks::into(BodyId Callee, InstRef Call, const Given *Known) {
  const BodyView B(Prog, Call.Body);
  const Inst &I = Prog.inst(Call);
  const auto Args = B.argsOf(I);
  Given Found;
  for (uint32_t A = BodyView::receivers(I); A < Args.size(); ++A) {
    const EntityId Function = function(Call.Body, Operand(Args[A]), Known);
    const uint32_t Param = A - BodyView::receivers(I);
    if (Function != NoId && callsThrough(Callee, Param, MostCalls))
      Found.push_back({Param, Function});
  }
  return kept(std::move(Found));
}

std::optional<const FlowCallbacks::Given *> FlowCallbacks::outOf(BodyId From, InstRef Call,
                                                                 const Given *Known) {
  const BodyView B(Prog, Call.Body);
  const Inst &I = Prog.inst(Call);
  const auto Args = B.argsOf(I);
  std::map<uint32_t, EntityId> Outer;
  if (const auto Param = BodyView::isCall(I, CallKind::Indirect)
                             ? parameter(Call.Body, Operand(I.a()))
                             : std::nullopt)
    Outer[*Param] = Prog.definitionOf(Prog.body(From).Entity);
  for (const FlowCallback &C : Known ? *Known : Given()) {
    const uint32_t A = C.Param + BodyView::receivers(I);
    if (A >= Args.size())
      continue;
    const EntityId Function = function(Call.Body, Operand(Args[A]), nullptr);
    if (Function != NoId && Function != C.Function)
      return std::nullopt;
    if (const auto Param = parameter(Call.Body, Operand(Args[A])))
      Outer[*Param] = C.Function;
  }
  Given Found;
  for (const auto &[Param, Function] : Outer)
    Found.push_back({Param, Function});
  return kept(std::move(Found));
}

const EntityId *FlowCallbacks::target(InstRef Call, const Given *Known) const {
  const Inst &I = Prog.inst(Call);
  if (!Known || !BodyView::isCall(I, CallKind::Indirect))
    return nullptr;
  const auto Param = parameter(Call.Body, Operand(I.a()));
  for (const FlowCallback &C : *Known)
    if (Param == C.Param)
      return &C.Function;
  return nullptr;
}
