#include "analysis/solve/WayFacts.h"

#include "analysis/model/Rows.h"

#include "llvm/ADT/STLExtras.h"

using namespace assay;
using llvm::ArrayRef;

static constexpr size_t MostFacts = 8;

bool WayFacts::add(const Test &New) {
  Test T = New;
  if (T.In.hasNone())
    return false;
  for (const Test &Old : Temps)
    if (Old.Of == T.Of) {
      if (!Old.In.meets(T.In))
        return false;
      if (Old.In.within(T.In))
        return true;
      T.In = T.In.both(Old.In).value_or(T.In);
    }
  llvm::erase_if(Temps, [&](const Test &Old) { return Old.Of == T.Of && T.In.within(Old.In); });
  if (Temps.size() == MostFacts)
    Temps.erase(Temps.begin());
  Temps.push_back(T);
  return true;
}

bool WayFacts::add(const std::optional<llvm::SmallVector<Test, 2>> &Tests) {
  return Tests && llvm::all_of(*Tests, [&](const Test &T) { return add(T); });
}

std::vector<NumberSet> WayFacts::take(uint32_t Temp) {
  std::vector<NumberSet> Out;
  llvm::erase_if(Temps, [&](const Test &T) {
    if (T.Of == Temp)
      Out.push_back(T.In);
    return T.Of == Temp;
  });
  return Out;
}

bool WayFacts::addPlace(PlaceFact New) {
  if (New.Of.Path.size() > LongestPath || New.Of.Base == BaseKind::Unknown)
    return true;
  for (const PlaceFact &Old : Places)
    if (Old.Of == New.Of) {
      if (!Old.In.meets(New.In))
        return false;
      if (Old.In.within(New.In))
        return true;
      New.In = New.In.both(Old.In).value_or(New.In);
    }
  llvm::erase_if(Places,
                 [&](const PlaceFact &Old) { return Old.Of == New.Of && New.In.within(Old.In); });
  if (Places.size() == MostFacts)
    Places.erase(Places.begin());
  Places.push_back(std::move(New));
  return true;
}

Meeting assay::meet(const ObjectPath &Written, const ObjectPath &Object,
                    ArrayRef<PlaceStep> &Rest) {
  if (Object.stepsTo(Written))
    return Written.Path.size() == Object.Path.size() ? Meeting::Whole : Meeting::Inside;
  auto Below = Written.stepsTo(Object);
  if (!Below)
    return Meeting::Apart;
  Rest = *Below;
  if (Rest.front().Kind != StepKind::Deref)
    return Meeting::Whole;
  Rest = Rest.drop_front();
  return Meeting::Pointer;
}

std::optional<ObjectPath> assay::wholeOf(const ObjectNames &Names, const Body &B, Operand O,
                                         uint32_t Before) {
  if (!O.is(OperandKind::Temp))
    return std::nullopt;
  const Inst &From = *B.insts()->Get(O.index());
  if (From.op() == Op::Call) {
    ObjectPath Result;
    Result.Base = BaseKind::Temp;
    Result.Index = O.index();
    return Result;
  }
  if (From.op() != Op::Load)
    return std::nullopt;
  for (uint32_t K = O.index() + 1; K < Before; ++K)
    if (const Op Between = B.insts()->Get(K)->op(); Between == Op::Store || Between == Op::Call)
      return std::nullopt;
  return Names.place(From.a());
}

namespace {

class StoreStep {
public:
  StoreStep(WayFacts &F, uint32_t At, const Body &B, const ObjectNames &Names)
      : F(F), At(At), B(B), Names(Names), To(Names.place(B.insts()->Get(At)->a())),
        What(B.insts()->Get(At)->b()) {}

  StoreEffect run() {
    // Facts first: a way that is never taken changes nothing.
    if (!onFacts())
      return StoreEffect::Impossible;
    return onObject();
  }

private:
  bool onFacts() {
    std::vector<PlaceFact> Old = std::move(F.Places);
    F.Places.clear();
    for (PlaceFact &P : Old)
      if (!onFact(std::move(P)))
        return false;
    return true;
  }

  bool onFact(PlaceFact P) {
    ArrayRef<PlaceStep> Rest;
    switch (meet(To, P.Of, Rest)) {
    case Meeting::Apart:
      return mayBeSameField(P.Of) || F.addPlace(std::move(P));
    case Meeting::Inside:
      return true;
    case Meeting::Whole:
      if (To.Path.size() == P.Of.Path.size())
        return F.add(testsOf(B, What, P.In));
      if (auto From = wholeOf(Names, B, What, At))
        return F.addPlace({From->plus(Rest), std::move(P.In)});
      return true;
    case Meeting::Pointer: {
      auto Now = Names.behind(What);
      return !Now || F.addPlace({Now->plus(Rest), P.In});
    }
    }
    return true;
  }

  /// The same field through another pointer may be the same memory: the fact is not sure any more.
  bool mayBeSameField(const ObjectPath &P) const {
    auto Behind = [](const ObjectPath &O) {
      return !O.Path.empty() && O.Path.back().Kind == StepKind::Field &&
             llvm::any_of(O.Path, [](const PlaceStep &S) { return S.Kind == StepKind::Deref; });
    };
    return Behind(P) && Behind(To) && P.Path.back() == To.Path.back();
  }

  StoreEffect onObject() {
    if (!F.Object)
      return StoreEffect::Kept;
    ArrayRef<PlaceStep> Rest;
    switch (meet(To, *F.Object, Rest)) {
    case Meeting::Apart:
      return StoreEffect::Kept;
    case Meeting::Inside:
      return StoreEffect::Changed;
    case Meeting::Whole:
      return wholeCopy(Rest);
    case Meeting::Pointer: {
      auto Now = Names.behind(What);
      if (!Now)
        return What.is(OperandKind::Const) ? StoreEffect::Impossible : StoreEffect::Changed;
      ObjectPath Next = Now->plus(Rest);
      if (Next.Path.size() > LongestPath)
        return StoreEffect::Changed;
      F.Object = std::move(Next);
      return StoreEffect::Kept;
    }
    }
    return StoreEffect::Kept;
  }

  /// A struct assigned from another: the object is the part of that one.
  StoreEffect wholeCopy(ArrayRef<PlaceStep> Rest) {
    const auto From = wholeOf(Names, B, What, At);
    if (!From)
      return StoreEffect::Changed;
    F.Object = From->plus(Rest);
    return StoreEffect::Kept;
  }

  WayFacts &F;
  uint32_t At;
  const Body &B;
  const ObjectNames &Names;
  ObjectPath To;
  Operand What;
};

/// The operand that is handed to a parameter, `this` as BaseKind::This.
Operand argumentOf(const CallSides &S, BaseKind Base, uint32_t Index) {
  const Inst &Call = S.Bodies.program().inst(S.Call);
  const bool Receiver = Call.flags() & static_cast<uint16_t>(CallFlag::Receiver);
  if (Base == BaseKind::This && !Receiver)
    return {};
  const unsigned At = Base == BaseKind::This ? 0 : Index + Receiver;
  if (At >= Call.c())
    return {};
  return Operand(S.Bodies.program().body(S.Call.Body).Data->args()->Get(Call.b() + At));
}

bool isParameter(const ObjectPath &O) {
  return O.Base == BaseKind::Param || O.Base == BaseKind::This;
}

/// A structure that is handed over by value is the same in there to the end.
bool staysAsGiven(const Body &Callee, uint32_t Param) {
  const auto IsOf = [&](uint32_t Row) {
    const Place &P = *Callee.places()->Get(Row);
    return P.kind() == BaseKind::Param && P.base() == Param;
  };
  for (const Inst &I : rows(Callee.insts())) {
    if (I.op() == Op::Store && (IsOf(I.a()) || (Operand(I.b()).is(OperandKind::AddressOf) &&
                                                IsOf(Operand(I.b()).index()))))
      return false;
    for (uint32_t A = 0; I.op() == Op::Call && A != I.c(); ++A)
      if (const Operand Arg(Callee.args()->Get(I.b() + A));
          Arg.is(OperandKind::AddressOf) && IsOf(Arg.index()))
        return false;
  }
  return true;
}

/// What a structure leads to that is handed over by value.
std::optional<ObjectPath> downByValue(const ObjectPath &O, const CallSides &S) {
  if (S.Callee == NoId)
    return std::nullopt;
  const Inst &Call = S.Bodies.program().inst(S.Call);
  const Body &B = *S.Bodies.program().body(S.Call.Body).Data;
  const bool Receiver = Call.flags() & static_cast<uint16_t>(CallFlag::Receiver);
  const ObjectNames Names(S.Bodies, S.Call.Body);
  for (unsigned A = Receiver; A != Call.c(); ++A) {
    const auto From = wholeOf(Names, B, Operand(B.args()->Get(Call.b() + A)), S.Call.Inst);
    if (!From || !staysAsGiven(*S.Bodies.program().body(S.Callee).Data, A - Receiver))
      continue;
    const auto Held = From->stepsTo(O) ? std::optional(O) : Names.heldBy(*From, O);
    const auto Below = Held ? From->stepsTo(*Held) : std::nullopt;
    if (!Below || Below->empty() || Below->front().Kind == StepKind::Deref)
      continue;
    ObjectPath P;
    P.Base = BaseKind::Param;
    P.Index = A - Receiver;
    return P.plus(*Below);
  }
  return std::nullopt;
}

/// The callee's name of an object of the caller: through the argument that leads there in fewest
/// steps.
std::optional<ObjectPath> down(const ObjectPath &O, const CallSides &S) {
  const Inst &Call = S.Bodies.program().inst(S.Call);
  const Body &B = *S.Bodies.program().body(S.Call.Body).Data;
  const bool Receiver = Call.flags() & static_cast<uint16_t>(CallFlag::Receiver);
  const ObjectNames Names(S.Bodies, S.Call.Body);
  auto Parameter = [&](unsigned A) {
    ObjectPath P;
    P.Base = Receiver && A == 0 ? BaseKind::This : BaseKind::Param;
    P.Index = P.Base == BaseKind::This ? 0 : A - Receiver;
    return P;
  };
  std::optional<ObjectPath> Best;
  for (unsigned A = 0; A != Call.c(); ++A) {
    auto Behind = Names.behind(Operand(B.args()->Get(Call.b() + A)));
    auto Below = Behind ? Behind->stepsTo(O) : std::nullopt;
    if (!Below || (Best && Best->Path.size() <= Below->size() + 1))
      continue;
    Best = Parameter(A).pointee().plus(*Below);
  }
  if (!Best && (O.Base == BaseKind::Global || O.Base == BaseKind::Literal))
    return O;
  for (unsigned A = 0; A != Call.c() && !Best; ++A)
    if (auto Holder = Names.behind(Operand(B.args()->Get(Call.b() + A))))
      if (auto Held = Names.heldBy(*Holder, O))
        Best = Parameter(A).pointee().plus(Held->Path);
  return Best ? Best : downByValue(O, S);
}

/// The callee is handed a part of the object: that part, as it names it.
std::optional<ObjectPath> partHanded(const ObjectPath &O, const CallSides &S) {
  const Inst &Call = S.Bodies.program().inst(S.Call);
  const Body &B = *S.Bodies.program().body(S.Call.Body).Data;
  const bool Receiver = Call.flags() & static_cast<uint16_t>(CallFlag::Receiver);
  const ObjectNames Names(S.Bodies, S.Call.Body);
  for (unsigned A = 0; A != Call.c(); ++A) {
    auto Behind = Names.behind(Operand(B.args()->Get(Call.b() + A)));
    if (!Behind || !O.stepsTo(*Behind))
      continue;
    ObjectPath P;
    P.Base = Receiver && A == 0 ? BaseKind::This : BaseKind::Param;
    P.Index = P.Base == BaseKind::This ? 0 : A - Receiver;
    return P.pointee();
  }
  return std::nullopt;
}

} // namespace

StoreEffect assay::backOverStore(WayFacts &F, uint32_t At, const Body &B,
                                 const ObjectNames &Names) {
  return StoreStep(F, At, B, Names).run();
}

std::optional<ObjectPath> assay::callersName(const ObjectPath &O, const CallSides &S) {
  if (O.Base == BaseKind::Global || O.Base == BaseKind::Literal)
    return O;
  if (!isParameter(O) || O.Path.empty())
    return std::nullopt;
  const ObjectNames Names(S.Bodies, S.Call.Body);
  const Operand Given = argumentOf(S, O.Base, O.Index);
  if (!O.isBehindPointer()) {
    const auto From =
        wholeOf(Names, *S.Bodies.program().body(S.Call.Body).Data, Given, S.Call.Inst);
    return From ? std::optional(Names.firstName(From->plus(O.Path))) : std::nullopt;
  }
  auto Behind = Names.behind(Given);
  if (!Behind)
    return std::nullopt;
  return Names.firstName(Behind->plus(ArrayRef(O.Path).drop_front()));
}

Carried assay::toCaller(const WayFacts &Inside, const WayFacts &Kept, const CallSides &S) {
  Carried Out;
  Out.Facts = Kept;
  const Body &Caller = *S.Bodies.program().body(S.Call.Body).Data;
  for (const PlaceFact &P : Inside.Places) {
    if (isParameter(P.Of) && P.Of.Path.empty()) {
      const Operand Given = argumentOf(S, P.Of.Base, P.Of.Index);
      Out.Impossible |= !Given.isNone() && !Out.Facts.add(testsOf(Caller, Given, P.In));
    } else if (auto Above = callersName(P.Of, S)) {
      Out.Impossible |= !Out.Facts.addPlace({std::move(*Above), P.In});
    }
  }
  if (Inside.Object && !Kept.Object) {
    Out.Facts.Object = callersName(*Inside.Object, S);
    Out.Lost = !Out.Facts.Object;
  }
  return Out;
}

Carried assay::toCallee(const WayFacts &After, const CallSides &S) {
  Carried Out;
  for (const PlaceFact &P : After.Places) {
    if (P.Of.Base == BaseKind::Temp && P.Of.Index == S.Call.Inst) {
      PlaceFact OfResult = P;
      OfResult.Of.Index = ObjectPath::Returned;
      Out.Facts.addPlace(std::move(OfResult));
    } else if (auto Below = down(P.Of, S))
      Out.Facts.addPlace({std::move(*Below), P.In});
    else
      Out.Kept.addPlace(P);
  }
  for (const Test &T : After.Temps)
    if (T.Of == S.Call.Inst)
      Out.Facts.Result = T.In;
    else
      Out.Kept.add(T);
  if (After.Object) {
    if (After.Object->Base == BaseKind::Temp && After.Object->Index == S.Call.Inst) {
      Out.Facts.Object = After.Object;
      Out.Facts.Object->Index = ObjectPath::Returned;
    } else {
      Out.Facts.Object = down(*After.Object, S);
    }
    if (!Out.Facts.Object) {
      Out.Facts.Object = partHanded(*After.Object, S);
      Out.Kept.Object = After.Object;
    }
    Out.Lost = !Out.Facts.Object;
  }
  return Out;
}
