// Forward walk: the names of the object that a state carries.
//
// A name is what one body calls the object (ObjectPath.h). Names are added where a pointer to it is
// copied, dropped where a variable on the way to it is set to something else, and translated where
// the walk goes into a call and comes back from one.
#include "analysis/solve/Forward.h"

using namespace assay;

namespace {

constexpr size_t MostAliases = 6;

bool goesThroughPointer(llvm::ArrayRef<PlaceStep> Steps) {
  return llvm::any_of(Steps, [](const PlaceStep &S) { return S.Kind == StepKind::Deref; });
}

/// What a callee calls the memory behind its argument of that number.
ObjectPath parameterOf(const Inst &Call, unsigned Arg) {
  ObjectPath P;
  const bool IsThis = BodyView::receivers(Call) && Arg == 0;
  P.Base = IsThis ? BaseKind::This : BaseKind::Param;
  P.Index = IsThis ? 0 : Arg - BodyView::receivers(Call);
  return P.pointee();
}

/// Has the same name in every body.
bool isUniversal(const ObjectPath &Name) {
  return Name.Base == BaseKind::Global || Name.Base == BaseKind::Literal ||
         Name.Base == BaseKind::Fixed;
}

} // namespace

void ForwardWalk::addAlias(ObjectAliases &To, ObjectPath Name) {
  auto It = std::lower_bound(To.begin(), To.end(), Name);
  if (To.size() < MostAliases && (It == To.end() || *It != Name))
    To.insert(It, std::move(Name));
}

bool ForwardWalk::mayBeCopies(BodyId Body, const ObjectPath &A, const ObjectPath &B) {
  return Second.mayMeet(Body, A, B);
}

/// False: the way ends.
bool ForwardWalk::endScope(WalkState &S, uint32_t I, const Place &P) {
  auto LiesIn = [&](const ObjectPath &Name) {
    return Name.Base == P.kind() && Name.Index == P.base();
  };
  const bool Dies = llvm::any_of(S.Object, [&](const ObjectPath &Name) {
    return LiesIn(Name) && !goesThroughPointer(Name.Path);
  });
  if (Dies && !Client.onScopeEnd(S, {S.Body, I})) {
    stop();
    return false;
  }
  std::erase_if(S.Object, [&](const ObjectPath &Name) {
    return LiesIn(Name) && !isReturnedNext(S.Body, I, Name);
  });
  return true;
}

/// The scope of a variable ends before what was read from it is returned: return ctx.
bool ForwardWalk::isReturnedNext(BodyId Body, uint32_t ScopeEnd, const ObjectPath &Name) {
  const BodyView &B = view(Body);
  uint32_t I = ScopeEnd;
  while (I != B.Insts.size() && B.Insts[I].op() == Op::ScopeEnd)
    ++I;
  const bool IsHere =
      I != B.Insts.size() && Bodies[Body].blockOf(I) == Bodies[Body].blockOf(ScopeEnd);
  if (!IsHere || B.Insts[I].op() != Op::Return)
    return false;
  const auto &Returned = behind(Body, Operand(B.Insts[I].a()));
  return Returned && goesThroughPointer(Name.Path) && Returned->stepsTo(Name);
}

void ForwardWalk::renameByStore(WalkState &S, const Inst &In) {
  if (S.Object.empty())
    return;
  S.Object = afterCopy(copied(S.Body, In), S.Object);
}

ForwardWalk::Copied ForwardWalk::copied(BodyId Body, const Inst &Store) {
  const Operand Value(Store.b());
  return {&J.Flows.Pointees.place(Body, Store.a()), &behind(Body, Value), Value};
}

ObjectAliases ForwardWalk::afterCopy(const Copied &By, llvm::ArrayRef<ObjectPath> Names) {
  ObjectAliases New;
  for (const ObjectPath &Name : Names) {
    if (*By.Pointee)
      if (auto Rest = (*By.Pointee)->stepsTo(Name))
        addAlias(New, By.To->pointee().plus(*Rest));
    // What a call gives by value is built where it is stored first; what is stored again is a copy.
    if (By.Value.is(OperandKind::Temp) && Name.Base == BaseKind::Temp &&
        Name.Index == By.Value.index() &&
        !goesThroughPointer(llvm::ArrayRef(Name.Path).take_front(1))) {
      addAlias(New, By.To->plus(Name.Path));
      continue;
    }
    auto Below = By.To->stepsTo(Name);
    if (!Below || !goesThroughPointer(*Below))
      addAlias(New, Name);
  }
  return New;
}

ObjectAliases ForwardWalk::aliasesIn(InstRef Call, const ObjectAliases &Outside) {
  ObjectAliases Inside;
  if (Outside.empty())
    return Inside;
  const BodyView &B = view(Call.Body);
  const Inst &In = B.Insts[Call.Inst];
  llvm::ArrayRef<uint32_t> Args = B.argsOf(In);
  for (const ObjectPath &Name : Outside) {
    if (isUniversal(Name))
      addAlias(Inside, Name);
    for (unsigned A = 0; A != Args.size(); ++A)
      if (const auto &Given = behind(Call.Body, Operand(Args[A])))
        if (auto Rest = Given->stepsTo(Name))
          addAlias(Inside, parameterOf(In, A).plus(*Rest));
  }
  return Inside;
}

std::optional<ObjectPath> ForwardWalk::outward(const ObjectPath &Name, InstRef Call) {
  if (isUniversal(Name))
    return Name;
  const BodyView &B = view(Call.Body);
  const Inst &In = B.Insts[Call.Inst];
  llvm::ArrayRef<uint32_t> Args = B.argsOf(In);
  for (unsigned A = 0; A != Args.size(); ++A)
    if (auto Rest = parameterOf(In, A).stepsTo(Name))
      if (const auto &Given = behind(Call.Body, Operand(Args[A])))
        return Given->plus(*Rest);
  return std::nullopt;
}

ObjectAliases ForwardWalk::aliasesOut(const WalkState &S, InstRef Call, Operand Result) {
  ObjectAliases Outside;
  const BodyView &B = view(Call.Body);
  const Inst &In = B.Insts[Call.Inst];
  llvm::ArrayRef<uint32_t> Args = B.argsOf(In);
  const auto &Returned = behind(S.Body, Result);
  ObjectPath Whole;
  Whole.Base = BaseKind::Temp;
  Whole.Index = Call.Inst;
  for (const ObjectPath &Name : S.Object) {
    if (isUniversal(Name))
      addAlias(Outside, Name);
    for (unsigned A = 0; A != Args.size(); ++A) {
      const ObjectPath Parameter = parameterOf(In, A);
      auto Rest = Parameter.stepsTo(Name);
      const bool Reset =
          Name.Base == BaseKind::Param && !Bodies[S.Body].storesToParam(Name.Index).empty();
      if (!Rest || Reset)
        continue;
      if (const auto &Given = behind(Call.Body, Operand(Args[A])))
        addAlias(Outside, Given->plus(*Rest));
    }
    if (Returned)
      if (auto Rest = Returned->stepsTo(Name))
        addAlias(Outside, Whole.pointee().plus(*Rest));
    if (auto Rest = returnedWhole(S.Body, Result, Name))
      addAlias(Outside, Whole.plus(*Rest));
  }
  return Outside;
}

/// A function that returns a record by value hands out the object that it has loaded.
std::optional<llvm::ArrayRef<PlaceStep>> ForwardWalk::returnedWhole(BodyId Body, Operand Result,
                                                                    const ObjectPath &Name) {
  if (!Result.is(OperandKind::Temp))
    return std::nullopt;
  const Inst &In = view(Body).Insts[Result.index()];
  if (In.op() != Op::Load)
    return std::nullopt;
  return J.Flows.Pointees.place(Body, In.a()).stepsTo(Name);
}
