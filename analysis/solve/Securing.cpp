#include "analysis/solve/Securing.h"

#include "analysis/link/BodyView.h"

using namespace assay;

static constexpr unsigned MostDepth = 6;

bool Securing::makesIt(const FunctionModel &Row) const {
  const auto Ref = Row.Binds.find(P.SecuredBind);
  return Ref != Row.Binds.end() && Ref->second.Where == ArgRef::Kind::Return;
}

Securing::Securing(const FlowProperty &P, const Judging &J, BodyTable &Bodies)
    : P(P), J(J), Bodies(Bodies) {
  for (const Model &M : J.Rules.Models)
    for (const FunctionModel &F : M.Functions)
      ByOpening |= llvm::is_contained(P.SecuredBy, F.Role) && makesIt(F);
  for (const std::string &R : P.SecuredBy)
    for (const RoleSite &S : J.Roles.sitesOf(R)) {
      J.Values.begin();
      if (!S.Call || !mayMeanThis(S, J))
        continue;
      const bool Surely = meansOnlyThis(S, J);
      By[S.At] = {S.Call, Surely};
      OpensSafely |= Surely && makesIt(*S.Call);
    }
}

static std::optional<ObjectPath> argument(BodyTable &Bodies, InstRef Call, uint32_t Index) {
  const Program &Prog = Bodies.program();
  const Inst &I = Prog.inst(Call);
  if (Index >= I.c())
    return std::nullopt;
  return ObjectNames(Bodies, Call.Body)
      .behind(Operand(Prog.body(Call.Body).Data->args()->Get(I.b() + Index)));
}

static std::optional<ObjectPath> bound(BodyTable &Bodies, InstRef Call, const FunctionModel &Row,
                                       const std::string &Bind) {
  const auto Ref = Row.Binds.find(Bind);
  if (Ref == Row.Binds.end() || Ref->second.Where == ArgRef::Kind::Return)
    return std::nullopt;
  const auto Bound = operandOf(Ref->second, Call, Bodies.program());
  return Bound ? ObjectNames(Bodies, Call.Body).behind(*Bound) : std::nullopt;
}

Securing::Answer Securing::along(const RoleSite &S, llvm::ArrayRef<InstRef> Out) {
  if (P.SecuredBy.empty() || !S.Call || !S.Call->Binds.count(P.SecuredBind))
    return Answer::No;
  const auto Number = boundOperand(S, P.SecuredBind, J);
  if (ByOpening && Number && isNumber(S.At.Body, *Number))
    return opened(S.At, *Number);
  auto Object = bound(Bodies, S.At, *S.Call, P.SecuredBind);
  const Answer Found = Object ? upwards(S.At.Body, std::move(*Object), Out, 0) : Answer::Unknown;
  // Units that are not here may have secured it before, or in a function that it is handed to.
  return Found == Answer::No && J.Prog.isAlone() ? Answer::Unknown : Found;
}

/// A socket: what it is, is said where it is opened.
bool Securing::isNumber(BodyId Body, Operand O) const {
  if (!O.is(OperandKind::Temp))
    return O.is(OperandKind::Const);
  const Inst &In = J.Prog.inst({Body, O.index()});
  const llvm::StringRef Type = J.Prog.tablesOf(Body).string(In.type());
  return In.op() == Op::Copy ? isNumber(Body, Operand(In.a())) : Type == "int";
}

/// A socket of a family that is not known is taken for one of the network; one of which nobody
/// knows where it was opened may be safe, if the program has such.
Securing::Answer Securing::opened(InstRef At, Operand O) const {
  bool Safe = false, Other = false, NotKnown = false;
  for (const Value &V : J.Values.operand(J.Values.root(At.Body), O, At.Inst)) {
    const bool OfCall = V.K == Value::Kind::Result || V.K == Value::Kind::Fresh;
    const auto Opener = OfCall ? By.find(V.At) : By.end();
    // A number in the source (-1, or 0 before it is opened) is no connection.
    if (V.K == Value::Kind::Int || V.K == Value::Kind::Zero)
      continue;
    if (V.isUnknown())
      NotKnown = true;
    else
      (Opener != By.end() && Opener->second.Surely && makesIt(*Opener->second.Row) ? Safe : Other) =
          true;
  }
  if (Safe && !Other && !NotKnown)
    return Answer::Yes;
  return Safe || (NotKnown && !Other && OpensSafely) ? Answer::Unknown : Answer::No;
}

/// The object as the caller names it; nothing when it is none of the callee's parameters.
std::optional<ObjectPath> Securing::given(InstRef Call, const ObjectPath &Object) const {
  const bool IsThis = Object.Base == BaseKind::This;
  if ((Object.Base != BaseKind::Param && !IsThis) || Object.Path.empty() ||
      Object.Path.front().Kind != StepKind::Deref)
    return std::nullopt;
  auto Outer =
      argument(Bodies, Call, IsThis ? 0 : Object.Index + BodyView::receivers(J.Prog.inst(Call)));
  return Outer ? std::optional(Outer->plus(llvm::ArrayRef(Object.Path).drop_front()))
               : std::nullopt;
}

Securing::Answer Securing::upwards(BodyId In, ObjectPath Object, llvm::ArrayRef<InstRef> Out,
                                   unsigned Depth) {
  if (const Answer Here = securedIn(In, Object, 0); Here != Answer::No)
    return Here;
  const bool ComesIn = Object.Base == BaseKind::Param || Object.Base == BaseKind::This;
  if (!ComesIn) // kept somewhere: anybody may have secured it; a local nobody has
    return Object.Base == BaseKind::Local || By.empty() ? Answer::No : Answer::Unknown;
  const EntityId Function = J.Prog.body(In).Entity;
  if (Depth > MostDepth)
    return Answer::Unknown;
  // The value's own way first, then any.
  llvm::ArrayRef<InstRef> Callers = J.Prog.callersOf(Function);
  if (!Out.empty() && llvm::is_contained(Callers, Out.back()))
    Callers = Out.back();
  Answer All = Callers.empty() ? (By.empty() ? Answer::No : Answer::Unknown) : Answer::Yes;
  for (InstRef Call : Callers) {
    auto Named = given(Call, Object);
    const Answer One = Named ? upwards(Call.Body, std::move(*Named),
                                       Out.empty() ? Out : Out.drop_back(), Depth + 1)
                             : Answer::Unknown;
    if (One == Answer::No)
      return One;
    if (One == Answer::Unknown)
      All = One;
  }
  return All;
}

/// Some call of the body, or of what it hands the object to, secures it.
Securing::Answer Securing::securedIn(BodyId In, const ObjectPath &Object, unsigned Depth) {
  Answer Best = Answer::No;
  const auto *Insts = J.Prog.body(In).Data->insts();
  for (uint32_t I = 0; I != Insts->size() && Best != Answer::Yes; ++I) {
    const InstRef Call{In, I};
    if (Insts->Get(I)->op() != Op::Call)
      continue;
    const auto Own = By.find(Call);
    const Answer Here =
        Own != By.end() ? securedBy(Call, Own->second, Object) : securedInside(Call, Object, Depth);
    if (Here != Answer::No)
      Best = Here;
  }
  return Best;
}

Securing::Answer Securing::securedBy(InstRef Call, const Securer &S, const ObjectPath &Object) {
  const auto Named = bound(Bodies, Call, *S.Row, P.SecuredBind);
  if (!Named || !(*Named == Object))
    return Answer::No;
  return S.Surely ? Answer::Yes : Answer::Unknown;
}

Securing::Answer Securing::securedInside(InstRef Call, const ObjectPath &Object, unsigned Depth) {
  Answer Best = Answer::No;
  const Inst &I = J.Prog.inst(Call);
  const uint32_t Receiver = BodyView::receivers(I);
  for (uint32_t A = 0; Depth < MostDepth && A != I.c(); ++A) {
    const auto Named = argument(Bodies, Call, A);
    const auto Rest = Named ? Named->stepsTo(Object) : std::nullopt;
    if (!Rest)
      continue;
    ObjectPath Inner;
    Inner.Base = Receiver && A == 0 ? BaseKind::This : BaseKind::Param;
    Inner.Index = Receiver && A == 0 ? 0 : A - Receiver;
    Inner = Inner.pointee().plus(*Rest);
    for (EntityId Callee : J.Prog.calleesOf(Call).Targets)
      for (BodyId B : J.Prog.bodiesOf(Callee)) {
        const Answer There = securedIn(B, Inner, Depth + 1);
        if (There == Answer::Yes)
          return There;
        if (There != Answer::No)
          Best = There;
      }
  }
  return Best;
}
