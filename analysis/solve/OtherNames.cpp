#include "analysis/solve/OtherNames.h"

using namespace assay;

/// Callers of functions that return the address, and theirs.
static constexpr size_t MostBodies = 64;
static constexpr size_t MostParameters = 256;
/// Instructions that are looked at for one name, or one parameter; what is looked at again counts
/// again. Not a question's steps: what is found is kept, and must not follow from who asked first.
static constexpr size_t MostSteps = 2'000'000;

/// What one body knows of the address that is followed.
struct OtherNames::Track {
  IsStart Starts;
  Uses &Out;
  std::set<BodyId> Giving = {};   ///< bodies that return it
  llvm::BitVector Temps = {};     ///< of the body that is followed now: may be the address
  std::set<uint32_t> Locals = {}; ///< variables that may hold it
  std::set<uint32_t> Params = {}; ///< parameters that may
  std::map<Parameter, InstRef> Handed = {}; ///< parameters that are given it
  std::vector<Parameter> *Asked = nullptr;  ///< of these it is not settled yet what they return
  size_t Steps = 0;
  bool HasGrown = false;
  std::optional<uint32_t> ReturnedAt = std::nullopt;

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
  return Type.starts_with("const ") && Type.count('*') + Type.count('&') == 1;
}

/// Of a function's type, as Clang prints it, or of a pointer to one.
static llvm::StringRef resultType(llvm::StringRef Function) {
  if (const size_t Arrow = Function.rfind("-> "); Arrow != llvm::StringRef::npos)
    return Function.drop_front(Arrow + 3);
  return Function.take_until([](char C) { return C == '('; }).rtrim();
}

/// What it returns may be written through.
static bool returnsPointer(llvm::StringRef Function) {
  const llvm::StringRef Result = resultType(Function);
  return (Result.ends_with("*") || Result.ends_with("&")) && !isPointerToConst(Result);
}

/// What is stored there is only read through.
bool OtherNames::isToConst(const BodyView &B, uint32_t PlaceRow) const {
  const Place &P = B.Places[PlaceRow];
  if (const EntityId Field = B.lastField(P); Field != NoId)
    return isPointerToConst(typeOf(Field));
  if (P.kind() == BaseKind::Local && !P.path_len())
    return isPointerToConst(B.Of.string(B.Data.locals()->Get(P.base())->type()));
  return false;
}

void OtherNames::stored(const BodyView &B, uint32_t At, Track &T) {
  const Inst &I = B.Insts[At];
  const Place &To = B.Places[I.a()];
  if (To.path_len() && B.pathOf(To).front().kind() == StepKind::Deref && T.holds(To))
    T.Out.Writes.push_back({B.Id, At});
  if (!T.holds(Operand(I.b())) || isToConst(B, I.a()))
    return;
  const bool IsVariable = !To.path_len();
  if (IsVariable && To.kind() == BaseKind::Local)
    T.HasGrown |= T.Locals.insert(To.base()).second;
  else if (IsVariable && To.kind() == BaseKind::Param)
    T.HasGrown |= T.Params.insert(To.base()).second;
  else
    T.keep({B.Id, At});
}

/// A library that is given a function beside it may hand it to that one.
static bool isBesideFunction(const BodyView &B, const Inst &Call) {
  return llvm::any_of(B.argsOf(Call),
                      [](uint32_t A) { return Operand(A).is(OperandKind::Function); });
}

void OtherNames::handedOver(const BodyView &B, uint32_t At, Track &T) {
  const InstRef Call{B.Id, At};
  const Inst &I = B.Insts[At];
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

llvm::StringRef OtherNames::typeOf(EntityId Id) const {
  const EntityInfo &E = Prog.entity(Id);
  return Prog.unit(E.Unit).string(E.Row->type());
}

/// By its model, or, where there is none, because the parameter's type would let it.
bool OtherNames::mayReturn(EntityId Library, unsigned Param) const {
  const auto Rows = Roles.rowsOf(Library);
  for (const FunctionModel *Row : Rows) {
    if (llvm::is_contained(Row->ReturnsArguments, Param))
      return true;
    const Role *R = Roles.role(Row->Role);
    if (!R)
      continue;
    for (const auto &[Result, Into] : R->PointsInto)
      if (const auto Ref = Row->Binds.find(Into); Ref != Row->Binds.end() &&
                                                  Ref->second.Where == ArgRef::Kind::Argument &&
                                                  Ref->second.Index == Param)
        return true;
  }
  const EntityInfo &Info = Prog.entity(Library);
  const auto *Params = Info.Row->params();
  if (!Rows.empty() || !Params || Param >= Params->size())
    return false;
  const assay::Param &P = *Params->Get(Param);
  if (P.flags() & static_cast<uint16_t>(ParamFlag::PointeeConst))
    return false;
  // A handle that is made of a structure or a name is neither.
  const llvm::StringRef Type = Prog.unit(Info.Unit).string(P.type()),
                        Result = resultType(typeOf(Library));
  return Type == Result || Type == "void *" ||
         (Result == "void *" && !Type.starts_with("struct ") && !Type.starts_with("class "));
}

/// What the call returns may be the address, as one that it is given is, or as a body gives it.
bool OtherNames::isGivenBack(const BodyView &B, uint32_t At, Track &T) {
  const Inst &I = B.Insts[At];
  const auto Args = B.argsOf(I);
  const unsigned Receivers = BodyView::receivers(I);
  const Callees To = Prog.calleesOf({B.Id, At});
  bool Holds = false;
  for (EntityId Callee : To.Targets)
    for (BodyId Inner : Prog.bodiesOf(Callee))
      Holds |= T.Giving.count(Inner) != 0;
  for (uint32_t A = 0; A != Args.size() && !Holds; ++A) {
    if (!T.holds(Operand(Args[A])))
      continue;
    const uint32_t Param = A < Receivers ? NoId : A - Receivers;
    Holds = To.Targets.empty() && returnsPointer(B.Of.string(I.type()));
    for (EntityId Callee : To.Targets) {
      if (!returnsPointer(typeOf(Callee)))
        continue;
      if (Prog.bodiesOf(Callee).empty() && Param != NoId)
        Holds |= mayReturn(Callee, Param);
      for (BodyId Inner : Prog.bodiesOf(Callee))
        Holds |= returns({Inner, Param}, T);
    }
  }
  return Holds;
}

void OtherNames::followInst(const BodyView &B, uint32_t At, Track &T) {
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
    Holds = (How == DeriveOp::PointerAdd || How == DeriveOp::Add || How == DeriveOp::Sub ||
             How == DeriveOp::And) &&
            (T.holds(Operand(I.a())) || T.holds(Operand(I.b())));
    break;
  }
  case Op::Select:
    Holds = T.holds(Operand(I.b())) || T.holds(Operand(I.c()));
    break;
  case Op::Store:
    stored(B, At, T);
    break;
  case Op::Return:
    if (T.holds(Operand(I.a())) && !isPointerToConst(resultType(typeOf(Prog.body(B.Id).Entity))))
      T.ReturnedAt = At;
    break;
  case Op::Call:
    handedOver(B, At, T);
    Holds = isGivenBack(B, At, T);
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
  const BodyView B(Prog, In);
  const auto Count = static_cast<uint32_t>(B.Insts.size());
  T.Temps.clear();
  T.Temps.resize(Count);
  T.Locals.clear();
  T.ReturnedAt.reset();
  const size_t Before = T.Out.Writes.size();
  do {
    T.HasGrown = false;
    T.Out.Writes.resize(Before);
    for (uint32_t I = 0; I != Count; ++I)
      followInst(B, I, T);
    T.Steps += Count;
  } while (T.HasGrown && T.Steps < MostSteps);
  T.Out.IsCut |= T.HasGrown;
  T.Params.clear();
}

/// With what is settled, or found so far, of the functions that it hands the address to.
OtherNames::Given OtherNames::look(const Parameter &P, std::vector<Parameter> &Asked) {
  const auto [In, Index] = P;
  const BodyView B(Prog, In);
  const auto IsObject = [&, Of = Index](Operand O) {
    const Place *Named = Of == NoId ? B.addressedPlace(O) : nullptr;
    return Named && Named->kind() == BaseKind::This;
  };
  Uses Mine;
  Track T{IsObject, Mine};
  T.Asked = &Asked;
  if (Index != NoId)
    T.Params.insert(Index);
  follow(In, T);
  Given Out;
  Out.IsKept = Mine.isKept() || Mine.IsCut;
  Out.IsReturned = T.ReturnedAt.has_value() || Mine.IsCut;
  for (const auto &[Inner, Call] : T.Handed)
    Out.Handed.push_back(Inner);
  return Out;
}

/// Together with all whose answer it needs, until none changes: recursion is no special case, and
/// who was asked first makes no difference.
const OtherNames::Given &OtherNames::given(const Parameter &First) {
  const auto Mine = ByParameter.find(First);
  if (Mine != ByParameter.end())
    return Mine->second;
  std::vector<Parameter> All = {First};
  ByParameter[First];
  for (bool HasChanged = true; HasChanged;) {
    HasChanged = false;
    const size_t Before = All.size();
    const auto Look = [&](const Parameter P) {
      std::vector<Parameter> Asked;
      Given New = look(P, Asked);
      for (const Parameter &A : Asked)
        if (ByParameter.try_emplace(A).second)
          All.push_back(A);
      Given &Known = ByParameter[P];
      HasChanged |= New.IsReturned != Known.IsReturned;
      Known = std::move(New);
    };
    // What is found on the way is asked after it, so that answers come up in one round.
    for (size_t N = Before; N; --N)
      Look(All[N - 1]);
    for (size_t N = Before; N != All.size(); ++N)
      Look(All[N]);
    HasChanged |= All.size() != Before;
  }
  return ByParameter[First];
}

bool OtherNames::returns(const Parameter &P, Track &T) {
  if (!T.Asked)
    return given(P).IsReturned;
  const auto It = ByParameter.find(P);
  if (It == ByParameter.end())
    T.Asked->push_back(P);
  return It != ByParameter.end() && It->second.IsReturned;
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

bool OtherNames::names(const BodyView &B, Operand O, EntityId Id) const {
  const Place *P = B.addressedPlace(O);
  const auto IsField = [&](const Step &S) {
    return S.kind() == StepKind::Field && B.entity(S.value()) == Id;
  };
  return P && ((B.global(*P) != NoId && Prog.definitionOf(B.global(*P)) == Id) ||
               llvm::any_of(B.pathInObject(*P), IsField));
}

/// The bodies to look at, each again when it has turned out to call one more that gives the
/// address.
class OtherNames::Work {
public:
  void add(BodyId In) {
    Met.insert(In);
    if (Waiting.insert(In).second)
      Bodies.push_back(In);
  }
  bool has(BodyId In) const { return Met.count(In) != 0; }
  size_t size() const { return Met.size(); }
  std::optional<BodyId> take() {
    if (Next == Bodies.size())
      return std::nullopt;
    Waiting.erase(Bodies[Next]);
    return Bodies[Next++];
  }

private:
  std::vector<BodyId> Bodies;
  std::set<BodyId> Met, Waiting;
  size_t Next = 0;
};

/// Its callers have the address, too; somebody whom nobody sees may.
void OtherNames::returned(InstRef At, Uses &Out, Work &Todo) const {
  const EntityId Function = Prog.body(At.Body).Entity;
  const auto Callers = Prog.callersOf(Function);
  if (!Out.isKept() && Prog.mayHaveUnknownCallers(Function))
    Out.KeptAt = At;
  for (const InstRef &Call : Callers)
    if (Todo.size() < MostBodies || Todo.has(Call.Body))
      Todo.add(Call.Body);
    else
      Out.IsCut = true;
}

const OtherNames::Uses &OtherNames::of(EntityId Name) {
  const EntityId Id = Prog.definitionOf(Name);
  const auto [It, New] = Known.try_emplace(Id);
  Uses &Out = It->second;
  if (!New)
    return Out;
  Work Todo;
  for (const auto &List : {Prog.addressNamedAt(Id), Prog.addressPassedTo(Id)})
    for (const InstRef &At : List)
      Todo.add(At.Body);
  std::set<BodyId> Giving;
  size_t Steps = 0;
  while (const auto In = Todo.take()) {
    const BodyView B(Prog, *In);
    const auto IsIt = [&](Operand O) { return names(B, O, Id); };
    Track T{IsIt, Out, Giving};
    T.Steps = Steps;
    follow(*In, T);
    Steps = T.Steps;
    for (const auto &[P, Call] : T.Handed)
      if (!Out.isKept() && keeps(P))
        Out.KeptAt = Call;
    if (T.ReturnedAt && Giving.insert(*In).second)
      returned({*In, *T.ReturnedAt}, Out, Todo);
    if (Steps >= MostSteps) {
      Out.IsCut |= Todo.take().has_value();
      break;
    }
  }
  llvm::sort(Out.Writes);
  Out.Writes.erase(std::unique(Out.Writes.begin(), Out.Writes.end()), Out.Writes.end());
  return Out;
}
