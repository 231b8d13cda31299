// follow: what its judges share.
#include "analysis/solve/BoundValues.h"
#include "analysis/solve/Follow.h"
#include "analysis/solve/Settling.h"

using namespace assay;

void FollowSites::find(const std::vector<std::string> &Roles, const Judging &J, Calls &Into) {
  for (const std::string &R : Roles)
    for (const RoleSite &S : J.Roles.sitesOf(R)) {
      J.Values.begin();
      if (!S.Exempt && mayMeanThis(S, J))
        Into[S.At] = {&S, meansOnlyThis(S, J)};
    }
}

/// `when` may speak of the calls of `never`.
void FollowSites::keepAsked(const FollowProperty &P, const Judging &J) {
  if (P.When.empty() || P.Never.empty())
    return;
  for (auto It = Wanted.begin(); It != Wanted.end();) {
    const Applies Kind = isOfKind(P, *It->second.Site, J);
    It->second.Surely &= Kind == Applies::Yes;
    It = Kind == Applies::No ? Wanted.erase(It) : std::next(It);
  }
}

FollowSites::FollowSites(const FollowProperty &P, const Judging &J)
    : Deletes(J.Reaches.toDeletes()), Throws(J.Reaches.toThrows()),
      LeadsAstray(J.Reaches.toUnresolved()) {
  find(P.By, J, Wanted);
  find(P.Never, J, Wanted);
  keepAsked(P, J);
  find(P.Frees, J, Frees);
  find(P.Weak, J, Weak);
  find(P.Through, J, Uses);
  for (const auto &Property : J.Page.Properties)
    if (const auto *F = std::get_if<FollowProperty>(&*Property); F && F->By == P.By)
      for (const std::string &R : F->At)
        for (const RoleSite &S : J.Roles.sitesOf(R))
          Events.insert(S.At);
  std::vector<InstRef> Ends, Places;
  for (const Calls *Kind : {&Wanted, &Weak})
    for (const auto &[Call, Of] : *Kind)
      Ends.push_back(Call);
  Places = Ends;
  for (const Calls *Kind : {&Frees, &Uses})
    for (const auto &[Call, Of] : *Kind)
      Places.push_back(Call);
  Places.insert(Places.end(), Events.begin(), Events.end());
  Leads = J.Reaches.to(Places);
  LeadsToTries = J.Reaches.to(Ends);
}

Applies assay::isOfKind(const FollowProperty &P, const RoleSite &S, const Judging &J) {
  const Role *R = J.Roles.role(S.role());
  Conditions Of;
  for (const auto &[Bind, Asked] : P.When)
    if (R && R->Binds.count(Bind))
      Of[Bind] = Asked;
  if (Of.empty())
    return Applies::Yes;
  J.Values.begin();
  if (llvm::any_of(Of, [&](const auto &Asked) { return isLeftUnset(S, Asked.first, J); }))
    return Applies::No;
  std::set<InstRef> Only;
  const Applies Kind = whetherApplies(Of, S, J, Only);
  // One caller hands in what is asked for, another something else: the ways do not tell them apart.
  const auto IsOfAnother = [&](const Value &V) {
    return V.Outer.Body != NoId && !Only.count(V.Outer);
  };
  for (const auto &[Bind, Asked] : Of)
    if (const auto Values = boundValues(S, Bind, J); Values && llvm::any_of(*Values, IsOfAnother))
      return std::min(Kind, Applies::Maybe);
  return Kind;
}

std::optional<ResultClasses> FollowJudge::outcome() const {
  ResultClasses Numbers;
  const llvm::StringRef Type = J.Prog.tablesOf(At.At.Body).string(J.Prog.inst(At.At).type());
  if (At.Call && At.Call->Success)
    Numbers = classesOf(*At.Call, Type);
  // An assignment, and a call without a result, simply happen.
  const bool HasResult = At.Call && !Type.empty() && Type != "void";
  if (P.After == CallOutcome::Both || !HasResult)
    return Numbers;
  (P.After == CallOutcome::Success ? Numbers.Failure : Numbers.Success) = 0;
  return Numbers.all() ? std::optional(Numbers) : std::nullopt;
}

std::optional<ObjectPath> FollowJudge::objectAt(const RoleSite &S, const std::string &Bind) {
  const std::optional<Operand> Named = boundOperand(S, Bind, J);
  return Named ? Walk.behind(S.At.Body, *Named) : std::nullopt;
}

bool FollowJudge::isNamed(const WalkState &S, const ObjectPath &O) const {
  return llvm::any_of(S.Object,
                      [&](const ObjectPath &Name) { return O.stepsTo(Name).has_value(); });
}

bool FollowJudge::isHandedTo(const WalkState &S, InstRef Call) {
  const BodyView &B = Walk.view(Call.Body);
  return !S.Object.empty() && llvm::any_of(B.argsOf(B.Insts[Call.Inst]), [&](uint32_t Raw) {
    const auto &Given = Walk.behind(Call.Body, Operand(Raw));
    return Given && isNamed(S, *Given);
  });
}

bool FollowJudge::mayBeNamed(const WalkState &S, BodyId Body, const ObjectPath &O) {
  return llvm::any_of(S.Object,
                      [&](const ObjectPath &Name) { return Walk.mayBeCopies(Body, Name, O); });
}

bool FollowJudge::mayBeObject(const WalkState &S, ObjectPath Name, BodyId Body, bool Otherwise) {
  if (!S.Object.empty())
    return mayBeNamed(S, Body, Name);
  for (size_t Depth = S.Callers.size(); Depth-- != 0;) {
    const Waiting &Caller = S.Callers[Depth];
    auto Outside = Walk.outward(Name, Caller.Call);
    if (!Outside)
      return Otherwise;
    Name = std::move(*Outside);
    if (!Caller.Object.empty())
      return llvm::any_of(Caller.Object, [&](const ObjectPath &O) {
        return Walk.mayBeCopies(Caller.Call.Body, O, Name);
      });
  }
  return Otherwise;
}

void FollowJudge::run() {
  if (!P.Same.empty()) {
    auto Name = objectAt(At, P.Same);
    if (!Name)
      return J.addSite(At.role(), At.At, Verdict::NotApplicable, "nothing is bound here");
    Object.push_back(std::move(*Name));
    llvm::sort(Object);
  }
  const std::optional<ResultClasses> Numbers = outcome();
  if (!Numbers)
    return noOutcome();
  Classes = *Numbers;
  Walk.run(At.At, *Numbers, knownOfObject(), Object);
  conclude();
  if (Failed)
    return;
  if (Unproven.empty())
    return pass();
  J.addSite(At.role(), At.At, Verdict::Unproven, Unproven);
  if (auto Place = Walk.placeOfDoubt(Unproven))
    return Settler(J).settle(
        J.site(), *Place,
        Settler(J).following(*Place, P.By.empty() ? P.Never : P.By, bindOfOthers()));
  J.site().Settle = Cure;
}

bool FollowJudge::mayComeToAsked() {
  ObjectAliases Names = Object;
  if (auto Name = objectAt(At, P.Same))
    Names.push_back(std::move(*Name));
  return Walk.mayComeOutTo(
      At.At.Body, Names, endsWithGlobals(), [&](BodyId B) { return J.Asked.callable(B); },
      [&](BodyId B) { return J.Asked.here(B); });
}

/// What points to a secret is no null pointer, for it has been used.
WalkMemory FollowJudge::knownOfObject() const {
  WalkMemory Known;
  if (P.Until != FollowUntil::Scope)
    return Known;
  for (const ObjectPath &O : Object)
    if ((O.Base == BaseKind::Local || O.Base == BaseKind::Param) && !O.Path.empty() &&
        O.Path.front().Kind == StepKind::Deref)
      Known[{O.Base, O.Index, {}}] = Lanes::all(1);
  return Known;
}

void FollowJudge::noOutcome() const {
  J.addSite(At.role(), At.At, Verdict::Unproven,
            "no model says which result of " + J.Words.callee(At.At) + " means success");
  const Settling Cure = Settler(J).outcome(At.Subject, *At.Call);
  J.site().Settle = Cure.Text;
  J.site().Row = Cure.Row;
}

void FollowJudge::pass() const {
  J.addSite(At.role(), At.At, Verdict::Pass, passText());
  for (const InstRef &Call : MetAt)
    if (auto It = Sites.Wanted.find(Call); It != Sites.Wanted.end() && It->second.Site->Call)
      J.site().Rests.push_back(J.restsOn(Call, J.Words.callee(Call) + " follows here; it is " +
                                                   saidBy(*It->second.Site->Call)));
}

bool FollowJudge::onReturn(WalkState &S, const Lanes *) {
  const InstRef Last{S.Body, S.Next == 0 ? 0 : S.Next - 1};
  const BodyView &B = Walk.view(S.Body);
  if (Last.Inst < B.Insts.size() && B.Insts[Last.Inst].op() == Op::Return)
    Walk.note(S, Last, J.Words.function(S.Body) + "() returns here", PathStepKind::Return);
  return true;
}

/// What an exception destroys may do what is waited for.
bool FollowJudge::mayUnwind(WalkState &, BodyId Body) {
  const BodyView &B = Walk.view(Body);
  for (uint32_t I = 0; I != B.Insts.size(); ++I)
    if (BodyView::isCall(B.Insts[I], CallKind::Destructor))
      for (EntityId T : J.Prog.calleesOf({Body, I}).Targets)
        if (Sites.LeadsToTries.test(T))
          return false;
  return true;
}

bool FollowJudge::isAskedName(BodyId Body, const ObjectAliases &Names, const Context &C) {
  std::vector<std::string> Known;
  for (const ObjectPath &O : Names)
    if (std::string Name = Walk.nameOf(Body, {O.Base, O.Index, O.Path}); !Name.empty())
      Known.push_back(std::move(Name));
  return !asksForNames(C) ||
         inContext(C, J, J.Words.function(At.At.Body), J.Words.at(At.At).File, Known);
}

bool FollowJudge::isDeleted(const WalkState &S, InstRef Call) {
  const Inst &In = J.Prog.inst(Call);
  if (CallKind(In.sub()) != CallKind::Delete || In.c() == 0)
    return false;
  const auto &Name = Walk.behind(S.Body, Operand(Walk.view(S.Body).argsOf(In).front()));
  return Name && isNamed(S, *Name);
}

bool FollowJudge::isSameValue(BodyId Body, Operand O, uint32_t Temp) {
  const BodyView &B = Walk.view(Body);
  while (O.is(OperandKind::Temp) && O.index() != Temp && B.Insts[O.index()].op() == Op::Copy)
    O = Operand(B.Insts[O.index()].a());
  if (!O.is(OperandKind::Temp))
    return false;
  const Inst &Mine = B.Insts[O.index()], &Its = B.Insts[Temp];
  return O.index() == Temp || (Mine.op() == Op::Load && Its.op() == Op::Load &&
                               Walk.placeBehind(Body, Mine.a()) == Walk.placeBehind(Body, Its.a()));
}

bool FollowJudge::isMoved(InstRef Call, unsigned Parameter) const {
  return llvm::any_of(J.Prog.calleesOf(Call).Targets, [&](EntityId T) {
    const EntityInfo &E = J.Prog.entity(T);
    const auto *Params = E.Row->params();
    return Params && Parameter < Params->size() &&
           J.Prog.unit(E.Unit).string(Params->Get(Parameter)->type()).ends_with("&&");
  });
}

void FollowJudge::meet(InstRef Call) {
  if (Example.empty())
    Example = J.Words.callee(Call);
  MetAt.insert(Call);
}

bool FollowJudge::mayMeet(InstRef Call) const {
  return Sites.Wanted.count(Call) || llvm::any_of(J.Prog.calleesOf(Call).Targets, [&](EntityId T) {
           return Sites.Leads.test(J.Prog.definitionOf(T));
         });
}

std::string FollowJudge::passText() const {
  return Example.empty() ? "no way leads on from here"
                         : "it is followed on every way, among others by " + Example;
}

std::string FollowJudge::nameOf(BodyId Body, const ObjectAliases &Names) {
  for (const ObjectPath &O : Names) {
    std::string Name = Walk.nameOf(Body, {O.Base, O.Index, O.Path});
    if (!Name.empty())
      return "'" + Name + "'";
  }
  return "a temporary";
}

void FollowJudge::report(const WalkState &S, InstRef Where, const std::string &How,
                         const std::string &Name, PathStep Last) {
  if (IsKindInDoubt)
    return notProven("whether " + J.Words.callee(At.At) +
                     " is given what the check is about is not known");
  if (std::exchange(Failed, true))
    return; // the first way is the shortest
  Finding F = J.findingAt(Where);
  if (!J.Asked.isAll() && !(J.Asked.shows(F.At.File) && isFault()))
    return;
  const std::string Callee = J.Words.callee(At.At);
  F.Message = fillIn(P.Message, {{"callee", Callee}, {"object", Name}, {"how", How}});
  if (!std::exchange(SaidFail, true))
    J.addSite(At.role(), At.At, Verdict::Fail, F.Message);
  // One object that several sites fill is one finding.
  if (!Name.empty() && !Sites.Reported.insert({Where, Name}).second)
    return;
  const char *Outcome = !At.Call                          ? " is set"
                        : P.After == CallOutcome::Success ? " succeeds"
                        : P.After == CallOutcome::Failure ? " fails"
                                                          : " has been done";
  F.Path.push_back(
      {J.Words.at(At.At), J.Words.function(At.At.Body), Callee + Outcome, PathStepKind::Site});
  llvm::append_range(F.Path, Walk.steps(S, [&](InstRef Call) { return mayMeet(Call); }));
  if (!Last.Text.empty())
    F.Path.push_back(std::move(Last));
  F.SiteKey = At.role() + "|" + Callee;
  if (Where != At.At)
    F.SiteKey += "|" + J.Words.callee(Where);
  J.Out.Findings.push_back(std::move(F));
}
