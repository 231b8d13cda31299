#include "analysis/solve/OtherNames.h"

#include "analysis/link/BodyView.h"

using namespace assay;

/// Callers of functions that return the address, and theirs.
static constexpr size_t MostBodies = 64;
static constexpr size_t MostParameters = 256;

/// What one body knows of the address that is followed.
struct OtherNames::Track {
  IsStart Starts;
  Uses &Out;
  std::set<BodyId> Giving = {};   ///< bodies that return it
  llvm::BitVector Temps = {};     ///< of the body that is followed now: may be the address
  std::set<uint32_t> Locals = {}; ///< variables that may hold it
  std::set<uint32_t> Params = {}; ///< parameters that may
  std::map<Parameter, InstRef> Handed = {}; ///< parameters that are given it
  bool HasGrown = false, Returns = false;

  bool holds(Operand O) const {
    return O.is(OperandKind::Temp) ? Temps.test(O.index()) : Starts(O);
  }
  bool holds(const Place &P) const {
    return (P.kind() == BaseKind::Local && Locals.count(P.base())) ||
           (P.kind() == BaseKind::Param && Params.count(P.base())) ||
           (P.kind() == BaseKind::Temp && Temps.test(P.base()));
  }
  void keep(InstRef At) {
    if (!Out.isKept())
      Out.KeptAt = At;
  }
};

static bool isPointerToConst(llvm::StringRef Type) {
  return Type.starts_with("const ") && Type.count('*') == 1;
}

/// What is stored there is only read through.
bool OtherNames::isToConst(BodyId In, uint32_t PlaceRow) const {
  const BodyView B(Prog, In);
  const Place &P = B.Places[PlaceRow];
  if (const EntityId Field = B.lastField(P); Field != NoId)
    return isPointerToConst(
        Prog.unit(Prog.entity(Field).Unit).string(Prog.entity(Field).Row->type()));
  if (P.kind() == BaseKind::Local && !P.path_len())
    return isPointerToConst(B.Of.string(B.Data.locals()->Get(P.base())->type()));
  return false;
}

void OtherNames::stored(BodyId In, uint32_t At, Track &T) {
  const BodyView B(Prog, In);
  const Inst &I = B.Insts[At];
  const Place &To = B.Places[I.a()];
  if (To.path_len() && B.pathOf(To).front().kind() == StepKind::Deref && T.holds(To))
    T.Out.Writes.push_back({In, At});
  if (!T.holds(Operand(I.b())) || isToConst(In, I.a()))
    return;
  const bool IsVariable = !To.path_len();
  if (IsVariable && To.kind() == BaseKind::Local)
    T.HasGrown |= T.Locals.insert(To.base()).second;
  else if (IsVariable && To.kind() == BaseKind::Param)
    T.HasGrown |= T.Params.insert(To.base()).second;
  else
    T.keep({In, At});
}

/// A library that is given a function beside it may hand it to that one.
static bool isBesideFunction(const BodyView &B, const Inst &Call) {
  return llvm::any_of(B.argsOf(Call),
                      [](uint32_t A) { return Operand(A).is(OperandKind::Function); });
}

void OtherNames::handedOver(InstRef Call, Track &T) {
  const BodyView B(Prog, Call.Body);
  const Inst &I = B.Insts[Call.Inst];
  const auto Args = B.argsOf(I);
  const unsigned Receivers = BodyView::receivers(I);
  for (uint32_t A = 0; A != Args.size(); ++A) {
    const Operand O(Args[A]);
    if (O.is(OperandKind::AddressOf) && B.Places[O.index()].kind() == BaseKind::Local &&
        !B.Places[O.index()].path_len() && T.holds(B.Places[O.index()]))
      T.keep(Call); // the pointer itself may be copied, and set
    if (!T.holds(O))
      continue;
    if (T.Out.Writes.empty() || T.Out.Writes.back() != Call)
      T.Out.Writes.push_back(Call);
    for (EntityId Callee : Prog.calleesOf(Call).Targets) {
      if (Prog.bodiesOf(Callee).empty() && isBesideFunction(B, I))
        T.keep(Call);
      for (BodyId Inner : Prog.bodiesOf(Callee))
        T.Handed.emplace(Parameter(Inner, A < Receivers ? NoId : A - Receivers), Call);
    }
  }
}

void OtherNames::followInst(BodyId In, uint32_t At, Track &T) {
  const BodyView B(Prog, In);
  const Inst &I = B.Insts[At];
  bool Holds = false;
  switch (I.op()) {
  case Op::Load:
    Holds = !B.Places[I.a()].path_len() && B.Places[I.a()].kind() != BaseKind::Temp &&
            T.holds(B.Places[I.a()]);
    break;
  case Op::Copy:
    Holds = T.holds(Operand(I.a()));
    break;
  case Op::Derive: {
    const auto How = static_cast<DeriveOp>(I.sub());
    Holds = (How == DeriveOp::PointerAdd || How == DeriveOp::Add || How == DeriveOp::Sub) &&
            T.holds(Operand(I.a()));
    break;
  }
  case Op::Select:
    Holds = T.holds(Operand(I.b())) || T.holds(Operand(I.c()));
    break;
  case Op::Store:
    stored(In, At, T);
    break;
  case Op::Return:
    T.Returns |= T.holds(Operand(I.a()));
    break;
  case Op::Call:
    handedOver({In, At}, T);
    for (EntityId Callee : Prog.calleesOf({In, At}).Targets)
      for (BodyId Inner : Prog.bodiesOf(Callee))
        Holds |= T.Giving.count(Inner) != 0;
    break;
  default:
    break;
  }
  if (Holds && !T.Temps.test(At)) {
    T.Temps.set(At);
    T.HasGrown = true;
  }
}

/// Until nothing new holds it: variables are told apart, points are not.
void OtherNames::follow(BodyId In, Track &T) {
  const auto Count = static_cast<uint32_t>(rowCount(Prog.body(In).Data->insts()));
  T.Temps.clear();
  T.Temps.resize(Count);
  T.Locals.clear();
  T.Returns = false;
  const size_t Before = T.Out.Writes.size();
  do {
    T.HasGrown = false;
    T.Out.Writes.resize(Before);
    for (uint32_t I = 0; I != Count; ++I)
      followInst(In, I, T);
  } while (T.HasGrown);
  T.Params.clear();
}

const OtherNames::Given &OtherNames::given(const Parameter &P) {
  const auto [It, New] = ByParameter.try_emplace(P);
  if (!New)
    return It->second;
  const auto [In, Index] = P;
  const BodyView B(Prog, In);
  const auto IsObject = [&](Operand O) {
    const Place *Named = Index == NoId ? B.addressedPlace(O) : nullptr;
    return Named && Named->kind() == BaseKind::This;
  };
  Uses Mine;
  Track T{IsObject, Mine};
  if (Index != NoId)
    T.Params.insert(Index);
  follow(In, T);
  Given &Out = It->second;
  Out.IsKept = Mine.isKept();
  for (const auto &[Inner, Call] : T.Handed)
    Out.Handed.push_back(Inner);
  return Out;
}

/// By the function itself, or one that it hands it to.
bool OtherNames::keeps(const Parameter &First) {
  std::vector<Parameter> All = {First};
  for (size_t N = 0; N != All.size() && N != MostParameters; ++N) {
    const Given &Mine = given(All[N]);
    if (Mine.IsKept)
      return true;
    for (const Parameter &P : Mine.Handed)
      if (!llvm::is_contained(All, P))
        All.push_back(P);
  }
  return All.size() > MostParameters;
}

const OtherNames::Uses &OtherNames::of(EntityId Name) {
  const EntityId Id = Prog.definitionOf(Name);
  const auto [It, New] = Known.try_emplace(Id);
  Uses &Out = It->second;
  if (!New)
    return Out;
  std::vector<BodyId> Bodies;
  std::set<BodyId> Met;
  const auto Add = [&](BodyId In) {
    if (Met.insert(In).second)
      Bodies.push_back(In);
  };
  for (const auto &List : {Prog.addressNamedAt(Id), Prog.addressPassedTo(Id)})
    for (const InstRef &At : List)
      Add(At.Body);
  std::set<BodyId> Giving;
  for (size_t N = 0; N != Bodies.size(); ++N) {
    const BodyView B(Prog, Bodies[N]);
    const auto IsIt = [&](Operand O) {
      const Place *P = B.addressedPlace(O);
      const auto IsField = [&](const Step &S) {
        return S.kind() == StepKind::Field && B.entity(S.value()) == Id;
      };
      return P && ((B.global(*P) != NoId && Prog.definitionOf(B.global(*P)) == Id) ||
                   llvm::any_of(B.pathInObject(*P), IsField));
    };
    Track T{IsIt, Out, Giving};
    follow(Bodies[N], T);
    for (const auto &[P, Call] : T.Handed)
      if (!Out.isKept() && keeps(P))
        Out.KeptAt = Call;
    if (!T.Returns || !Giving.insert(Bodies[N]).second)
      continue;
    const EntityId Function = Prog.body(Bodies[N]).Entity;
    for (const InstRef &Call : Prog.callersOf(Function))
      if (Met.size() < MostBodies || Met.count(Call.Body)) {
        Met.insert(Call.Body);
        Bodies.push_back(Call.Body); // again, if it was looked at before
      } else
        T.keep(Call);
  }
  llvm::sort(Out.Writes);
  Out.Writes.erase(std::unique(Out.Writes.begin(), Out.Writes.end()), Out.Writes.end());
  return Out;
}
