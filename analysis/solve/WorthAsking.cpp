#include "analysis/solve/WorthAsking.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/BranchWords.h"
#include "analysis/solve/FlowTables.h"

#include <algorithm>

using namespace assay;

static constexpr uint64_t AnyParameter = ~0ULL;

static uint64_t bitOf(uint32_t Parameter) {
  return 1ULL << std::min<uint32_t>(Parameter, 63);
}

/// The parameters that an operand may be, or point to: what lies in a field is not handed on.
static uint64_t parametersBehind(const BodyView &B, Operand O, unsigned Left = 6) {
  const Place *At = nullptr;
  O = B.unconverted(O);
  if (O.is(OperandKind::AddressOf))
    At = &B.Places[O.index()];
  else if (!O.is(OperandKind::Temp))
    return 0;
  if (!Left)
    return AnyParameter;
  if (!At) {
    const Inst &In = B.Insts[O.index()];
    uint64_t All = 0;
    if (In.op() == Op::Load)
      At = &B.Places[In.a()];
    else if (In.op() == Op::Call) // it may give what it is given
      for (uint32_t Arg : B.argsOf(In))
        All |= parametersBehind(B, Operand(Arg), Left - 1);
    else
      B.forEachOperand(In, [&](Operand Of) { All |= parametersBehind(B, Of, Left - 1); });
    if (!At)
      return All;
  }
  const auto Path = B.pathOf(*At);
  if (llvm::any_of(Path, [](const Step &S) { return S.kind() == StepKind::Field; }))
    return 0;
  if (At->kind() == BaseKind::Param)
    return bitOf(At->base());
  if (At->kind() == BaseKind::Temp)
    return parametersBehind(B, Operand(OperandKind::Temp, At->base()), Left - 1);
  if (At->kind() != BaseKind::Local)
    return 0;
  if (O.is(OperandKind::AddressOf)) // a buffer, filled by whomever
    return AnyParameter;
  uint64_t All = 0;
  for (const Inst &In : B.Insts)
    if (In.op() == Op::Store && B.Places[In.a()].kind() == BaseKind::Local &&
        B.Places[In.a()].base() == At->base() && !B.Places[In.a()].path_len())
      All |= parametersBehind(B, Operand(In.b()), Left - 1);
  return All;
}

/// Those that may be or hold a text: no structures.
static uint64_t textParameters(EntityId Function, const Program &Prog) {
  const EntityInfo &Info = Prog.entity(Function);
  const auto *Params = Info.Row->params();
  uint64_t All = 0;
  for (uint32_t A = 0; Params && A != Params->size(); ++A) {
    const llvm::StringRef Type = Prog.unit(Info.Unit).string(Params->Get(A)->type());
    const bool IsPointer = Type.contains('*') || Type.contains('&') || Type.contains('[');
    if (!Type.starts_with("struct ") && !Type.starts_with("const struct ") &&
        (IsPointer || Type.contains("basic_string")))
      All |= bitOf(A);
  }
  return All;
}

bool WorthAsking::isNamed(llvm::ArrayRef<std::string> Names,
                          llvm::ArrayRef<std::string> Classes) const {
  return llvm::any_of(Names, [&](const std::string &N) { return J.Lex.isNamed(N, Classes); });
}

const std::vector<std::string> &WorthAsking::wordsBehind(InstRef Decision) {
  auto [It, New] = Behind.try_emplace(Decision);
  if (New)
    It->second = assay::wordsBehind(Decision, J.Flows.Bodies);
  return It->second;
}

bool WorthAsking::asks(BodyId Id) {
  auto [It, New] = Asking.try_emplace(Id, false);
  if (New)
    It->second = asksFor(Id, llvm::ArrayRef(P.Named).take_front(), J.Lex, J.Prog);
  return It->second;
}

bool WorthAsking::isGranting(InstRef Decision) {
  return J.Lex.isNamed(ownName(J.Words.function(Decision.Body)), P.Grants) || asks(Decision.Body) ||
         isNamed(wordsBehind(Decision), P.Grants);
}

bool WorthAsking::isGrantingOutside(InstRef Decision) {
  auto [It, New] = Outside.try_emplace(Decision, false);
  if (!New || !isReturned(Decision, J.Flows.Bodies))
    return It->second;
  const auto Callers = J.Prog.callersOf(J.Prog.body(Decision.Body).Entity);
  return It->second = llvm::any_of(Callers.take_front(MostCallers), [&](InstRef C) {
           return isGranting(C) || isGrantingOutside(C);
         });
}

/// What a small function compares for its callers, they may name.
bool WorthAsking::isSpokenOf(InstRef Comparison, Operand L, Operand R,
                             llvm::ArrayRef<std::string> Near) {
  if (isNamed(Near, P.Named))
    return true;
  if (!P.withLiteral())
    return false;
  if (isGranting(Comparison))
    return true;
  const BodyView B(J.Prog, Comparison.Body);
  if (B.Insts.size() > SmallBody)
    return false;
  if (hasNamedConstant(Comparison.Body))
    return true;
  // With a text in place it is no comparison for others, who may ask what it answers.
  if (B.isTextInPlace(L) || B.isTextInPlace(R))
    return isGrantingOutside(Comparison);
  return areCallersSpeaking(Comparison.Body, parametersBehind(B, L) | parametersBehind(B, R));
}

/// A text of the body has the name of a secret, whatever variable holds it.
bool WorthAsking::hasNamedConstant(BodyId Id) {
  const BodyView B(J.Prog, Id);
  return llvm::any_of(B.Constants, [&](const Constant &C) {
    return (C.kind() == ConstantKind::String || C.kind() == ConstantKind::Bytes) &&
           (J.Lex.isNamed(B.Of.string(C.inner_macro()), P.Named) ||
            J.Lex.isNamed(B.Of.string(C.loc().macro()), P.Named));
  });
}

/// Does a call that supplies one of these parameters with something of its own speak of a secret?
bool WorthAsking::areCallersSpeaking(BodyId Of, Parameters Asked) {
  auto [It, New] = Callers.try_emplace({Of, Asked}, false);
  if (!New)
    return It->second;
  std::vector<std::pair<BodyId, Parameters>> Reached{{Of, Asked}};
  for (size_t N = 0; N != Reached.size(); ++N) {
    const auto [Id, All] = Reached[N];
    const EntityId Function = J.Prog.body(Id).Entity;
    const Parameters Wanted = All & textParameters(Function, J.Prog);
    for (InstRef C : J.Prog.callersOf(Function).take_front(Wanted ? MostCallers : 0)) {
      const BodyView B(J.Prog, C.Body);
      const Inst &Call = J.Prog.inst(C);
      if (J.Roles.isOutOfScope(C.Body) || Call.op() != Op::Call)
        continue;
      const auto Args = B.argsOf(Call).drop_front(BodyView::receivers(Call));
      Parameters HandedOn = 0;
      bool Supplies = false;
      for (uint32_t A = 0; A != Args.size(); ++A)
        if (Wanted & bitOf(A)) {
          const Parameters Mine = parametersBehind(B, Operand(Args[A]));
          HandedOn |= Mine;
          Supplies |= !Mine || Mine == AnyParameter;
        }
      if (Supplies && isCallSpeaking(C))
        return It->second = true;
      if (HandedOn && !llvm::is_contained(Reached, std::pair(C.Body, HandedOn)))
        Reached.emplace_back(C.Body, HandedOn);
    }
  }
  return false;
}

/// By its arguments' names, or by what depends on its answer.
bool WorthAsking::isCallSpeaking(InstRef Call) {
  auto [It, New] = Calls.try_emplace(Call, false);
  if (!New || !inContext(P.Where, J, J.Words.function(Call.Body), J.Words.at(Call).File, {}))
    return It->second;
  const BodyView B(J.Prog, Call.Body);
  std::vector<std::string> Names;
  Called.namesOfArguments(Call, Names);
  for (uint32_t Arg : B.argsOf(J.Prog.inst(Call)))
    if (const Place *At = B.addressedPlace(Operand(Arg))) {
      if (At->kind() == BaseKind::Global)
        Names.push_back(ownName(J.Prog.entity(B.entity(At->base())).Qualified.str()));
      if (At->kind() != BaseKind::Literal)
        continue;
      const Constant &C = B.Constants[At->base()];
      Names.push_back(B.Of.string(C.inner_macro()).str());
      Names.push_back(B.Of.string(C.loc().macro()).str());
    }
  return It->second = isNamed(Names, P.Named) || (isAnswer(Call, J.Prog) && isGranting(Call));
}
