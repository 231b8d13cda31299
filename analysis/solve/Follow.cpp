// follow, in time: on every path after a site, is the other role called before control leaves the
// outermost caller? Or, with `never`: is it called on none?
#include "analysis/solve/Follow.h"

using namespace assay;

namespace {

/// `by`.
class OrderJudge : public FollowJudge {
public:
  using FollowJudge::FollowJudge;

  bool onCall(WalkState &S, InstRef Call) override {
    if (auto It = Sites.Wanted.find(Call); It != Sites.Wanted.end() && meets(S, It->second)) {
      meet(Call);
      return false;
    }
    if (S.Lifted > 0 && isNextEvent(S, Call))
      return false;
    for (EntityId T : J.Prog.calleesOf(Call).Targets)
      if (Sites.LeadsAstray.test(T) && !Sites.Leads.test(T))
        Walk.doubt(S, "what " + J.Words.name(T) + "() calls is not known", strayCall(T, Call));
    return true;
  }
  bool wantsInto(EntityId Callee) override {
    return Sites.Leads.test(Callee) || Sites.Throws.test(Callee);
  }
  bool doubtsUnresolved() const override { return true; }

  bool onReturn(WalkState &S, const Lanes *Value) override {
    FollowJudge::onReturn(S, Value);
    if (P.Until != FollowUntil::Function) {
      if (Value && Value->OfResult && isTask(J.Prog.body(S.Body).Entity))
        Walk.doubt(S, "what " + J.Words.function(S.Body) +
                          "() returns is for who waits for it, and may do it");
      return true;
    }
    onEnd(S, WayEnd::Returned);
    return false;
  }

  void onEnd(WalkState &S, WayEnd How) override {
    if (How == WayEnd::NoReturn)
      return;
    if (How == WayEnd::OutOfEffort)
      return notProven("there are too many ways to follow them all");
    if (!S.Doubt.empty())
      return notProven(S.Doubt);
    const EntityId Outermost = J.Prog.body(S.Body).Entity;
    if (How == WayEnd::Thrown)
      Walk.note(S, S.Anchor, "an exception leaves " + J.Words.name(Outermost) + "()",
                PathStepKind::Return);
    if (How == WayEnd::Circles)
      Walk.note(S, firstOf(S), "from here the program goes round for ever", PathStepKind::Note);
    if (mayDoItItself())
      return notProven(J.Words.callee(At.At) + " may do it itself, before it returns");
    report(S, At.At, outcomeOf(S), P.Same.empty() ? "" : nameOf(At.At.Body, Object));
  }

private:
  std::string outcomeOf(const WalkState &S) const {
    if (S.Alive && (S.Alive & ~Classes.Success) == 0)
      return "after a success of";
    return S.Alive && (S.Alive & ~Classes.Failure) == 0 ? "after a failure of" : "after";
  }

  /// Started by a call of a role of `tasks`.
  bool isTask(EntityId Function) const {
    return llvm::any_of(J.Prog.entryPointsOf(Function), [&](const EntryPoint &E) {
      return E.Kind == EntryKind::HandedOut && E.Through != NoId &&
             llvm::any_of(J.Roles.rowsOf(E.Through), [&](const FunctionModel *Row) {
               return llvm::is_contained(P.Tasks, Row->Role);
             });
    });
  }

  /// The function of the event has a row and a body: what lies in there comes before its end.
  bool mayDoItItself() const { return P.Same.empty() && At.Call && mayMeet(At.At); }

  InstRef firstOf(const WalkState &S) {
    return {S.Body, Walk.view(S.Body).Data.blocks()->Get(S.Block)->first_inst()};
  }

  /// Where the function, or what it calls, goes nobody knows where; else `Otherwise`.
  InstRef strayCall(EntityId From, InstRef Otherwise) const {
    std::vector<EntityId> Work = {From};
    std::set<EntityId> Seen = {From};
    for (size_t K = 0; K != Work.size(); ++K)
      for (BodyId In : J.Prog.bodiesOf(Work[K])) {
        const BodyView B(J.Prog, In);
        for (uint32_t I = 0; I != B.Insts.size(); ++I) {
          if (B.Insts[I].op() != Op::Call)
            continue;
          const Callees To = J.Prog.calleesOf({In, I});
          if (BodyView::isDispatched(B.Insts[I]) && !To.Complete)
            return {In, I};
          for (EntityId T : To.Targets)
            if (Sites.LeadsAstray.test(T) && Seen.insert(T).second)
              Work.push_back(T);
        }
      }
    return Otherwise;
  }

  /// The function that made the event has returned, and the same event comes again before what
  /// should have followed: a loop that serves requests is not left.
  bool isNextEvent(WalkState &S, InstRef Call) {
    if (Call == At.At) {
      if (!S.Doubt.empty())
        notProven(S.Doubt);
      else
        report(S, At.At, outcomeOf(S), P.Same.empty() ? "" : nameOf(At.At.Body, Object));
      return true;
    }
    // What follows then may be about both; with nothing at all, it does not matter.
    if (P.Same.empty() && S.Mark.Body == NoId && Sites.Events.count(Call))
      S.Mark = Call;
    return false;
  }

  /// Is this the call that was waited for?
  bool meets(WalkState &S, const FollowSites::Meaning &Found) {
    const RoleSite &Its = *Found.Site;
    if (!Found.Surely) {
      ForwardWalk::doubt(S, "whether " + J.Words.callee(Its.At) +
                                " is the call that is asked for " +
                                "depends on a value that is not known");
      return false;
    }
    if (!P.Kind.empty() && isAboutOthers(Its))
      return false;
    if (!P.Same.empty())
      return isAboutObject(S, Its);
    if (S.Mark.Body != NoId) {
      notProven(
          "another event, " + J.Words.callee(S.Mark) + " in " + J.Words.function(S.Mark.Body) +
              "(), comes first; what follows it may be about both",
          "it settles when each of the two has a record of its own, or when the record says in "
          "its arguments which event it is about");
      return true;
    }
    if (S.Lifted == 0 || isTied(S, Its.At))
      return true;
    notProven("nothing ties " + J.Words.callee(Its.At) + " in " + J.Words.function(Its.At.Body) +
                  "() to what " + J.Words.callee(At.At) +
                  " did: neither what it is given nor the way to it "
                  "depends on that",
              "it settles when " + J.Words.callee(Its.At) + " is called in " +
                  J.Words.function(At.At.Body) +
                  "(), or is given something that the event was given or returned");
    return true;
  }

  /// The call says itself of which events it tells, and this is none of them.
  bool isAboutOthers(const RoleSite &Its) {
    auto Ref = Its.Call->Binds.find(P.Kind);
    if (Ref == Its.Call->Binds.end() || Ref->second.Where != ArgRef::Kind::Argument)
      return false;
    J.Values.begin();
    const ValueSet Kinds = J.Values.operand(
        J.Values.root(Its.At.Body), J.Values.argument(Its.At, Ref->second.Index), Its.At.Inst);
    return !Kinds.empty() && llvm::all_of(Kinds, [&](const Value &V) {
      const Facts Known = J.Values.factsOf(V, Ref->second.Domain);
      auto Event = Known.find("event");
      const auto *Text = Event == Known.end() ? nullptr : std::get_if<std::string>(&Event->second);
      llvm::SmallVector<llvm::StringRef, 4> Roles;
      if (Text)
        llvm::StringRef(*Text).split(Roles, ' ', -1, /*KeepEmpty=*/false);
      return Text && !llvm::is_contained(Roles, llvm::StringRef(At.role()));
    });
  }

  bool isAboutObject(WalkState &S, const RoleSite &Its) {
    const auto Name = objectAt(Its, bindOfOthers());
    if (Name && isNamed(S, *Name))
      return true;
    const std::string Callee = J.Words.callee(Its.At);
    if (!Name)
      ForwardWalk::doubt(S, "what " + Callee + " is about is not known");
    else if (mayBeObject(S, *Name, Its.At.Body, true))
      ForwardWalk::doubt(S, "whether " + Callee + " is about the same " + P.Same + " is not known");
    return false;
  }

  /// In a caller of the function that made the event: the call depends on its result, or is given
  /// something that the event was given, too.
  bool isTied(const WalkState &S, InstRef Call) {
    if (S.Tested)
      return true;
    const InstRef Outer = S.Callers.empty() ? Call : S.Callers.front().Call;
    for (const auto &[Memory, There] : {std::pair(&S.Memory, Call), {memoryOf(S), Outer}}) {
      const BodyView &B = Walk.view(There.Body);
      for (uint32_t Raw : B.argsOf(B.Insts[There.Inst])) {
        const Operand O(Raw);
        auto It = Memory->find({BaseKind::Temp, O.index(), {}});
        if (O.is(OperandKind::Temp) && It != Memory->end() && It->second.OfResult)
          return true;
      }
    }
    return sharesArgument(S.Anchor, Outer);
  }

  static const WalkMemory *memoryOf(const WalkState &S) {
    return S.Callers.empty() ? &S.Memory : &S.Callers.front().Memory;
  }

  bool sharesArgument(InstRef Event, InstRef Record) {
    const BodyView &B = Walk.view(Event.Body);
    for (uint32_t Mine : B.argsOf(B.Insts[Event.Inst]))
      for (uint32_t Its : B.argsOf(B.Insts[Record.Inst])) {
        const auto &A = Walk.behind(Event.Body, Operand(Mine));
        const auto &C = Walk.behind(Event.Body, Operand(Its));
        if (A && C && A->Base != BaseKind::Literal && (A->stepsTo(*C) || C->stepsTo(*A)))
          return true;
      }
    return false;
  }
};

/// `never`.
class NeverJudge : public FollowJudge {
public:
  using FollowJudge::FollowJudge;

  bool onCall(WalkState &S, InstRef Call) override {
    auto It = Sites.Wanted.find(Call);
    if (It == Sites.Wanted.end())
      return true;
    if (P.Same.empty())
      return found(S, Call), true;
    const auto Name = objectAt(*It->second.Site, bindOfOthers());
    if (Name && isNamed(S, *Name) && It->second.Surely && S.Doubt.empty())
      return found(S, Call), true;
    if (Name && (isNamed(S, *Name) || mayBeObject(S, *Name, Call.Body, false)))
      notProven("whether " + J.Words.callee(Call) + " in " + J.Words.function(Call.Body) +
                "() takes the same " + P.Same + " is not known");
    return true;
  }
  bool wantsInto(EntityId Callee) override { return Sites.Leads.test(Callee); }
  bool doubtsUnresolved() const override { return false; }
  bool isDone() const override { return false; }
  void onEnd(WalkState &, WayEnd How) override {
    if (How == WayEnd::OutOfEffort)
      notProven("there are too many ways to follow them all");
  }

protected:
  std::string passText() const override { return "it is followed by no such call"; }

private:
  /// Each place is a fault of its own; the way goes on to the next.
  void found(const WalkState &S, InstRef Call) {
    Failed = false;
    const InstRef Where = S.Callers.empty() ? Call : S.Callers.front().Call;
    report(S, Where, "", P.Same.empty() ? "" : nameOf(Where.Body, callerNames(S)),
           {J.Words.at(Call), J.Words.function(Call.Body), J.Words.callee(Call) + " comes here"});
  }
  static const ObjectAliases &callerNames(const WalkState &S) {
    return S.Callers.empty() ? S.Object : S.Callers.front().Object;
  }
};

/// A call that does for all sites, wherever it stands; null: there is none.
const RoleSite *doneElsewhere(const FollowProperty &P, const Judging &J) {
  for (const std::string &R : P.Elsewhere)
    for (const RoleSite &S : J.Roles.sitesOf(R))
      if (!S.Exempt && meansOnlyThis(S, J))
        return &S;
  return nullptr;
}

void judgeSite(const FollowProperty &P, const Judging &J, const RoleSite &S, FollowSites &Sites,
               bool ByCallers) {
  if (const RoleSite *Does = doneElsewhere(P, J))
    return J.addSite(S.role(), S.At, Verdict::Pass,
                     J.Words.callee(Does->At) + " in " + J.Words.function(Does->At.Body) +
                         "() does it for all");
  const Applies Kind = isOfKind(P, S, J);
  if (Kind == Applies::No)
    return J.addSite(S.role(), S.At, Verdict::NotApplicable,
                     "the check is not about what it is given here");
  const bool MayBeAnother = Kind == Applies::Maybe;
  if (!P.Through.empty())
    return judgeCompletion(P, J, S, Sites, MayBeAnother);
  if (P.Until == FollowUntil::Scope)
    return judgeScope(P, J, S, Sites, ByCallers);
  if (P.Never.empty()) {
    OrderJudge Judge(P, J, S, Sites);
    Judge.doubtKind(MayBeAnother);
    return Judge.run();
  }
  NeverJudge Judge(P, J, S, Sites);
  Judge.doubtKind(MayBeAnother);
  if (ByCallers)
    Judge.stayNear();
  if (!ByCallers || P.Same.empty() || Judge.mayComeToAsked())
    Judge.run();
}

} // namespace

/// Of such a role something stands where findings are asked for.
static bool isHere(const std::vector<std::string> &Roles, const Judging &J) {
  return llvm::any_of(Roles, [&](const std::string &R) {
    return llvm::any_of(J.Roles.sitesOf(R),
                        [&](const RoleSite &S) { return J.Asked.here(S.At.Body); });
  });
}

/// May a finding about the site stand where findings are asked for? That an object was not wiped
/// stands where a caller has it, or at the call that wiped it in vain; what must not be called,
/// where a caller calls it; what was not ended, where it was used last. Limit: a memset() here that
/// overwrites a part of somebody else's object.
static bool isAsked(const RoleSite &S, const FollowProperty &P, bool WipesHere, const Judging &J) {
  if (P.Until != FollowUntil::Scope && P.Never.empty() && P.Through.empty())
    return J.Asked.here(S.At.Body);
  return WipesHere || J.Asked.callable(S.At.Body);
}

/// The object has a name, which the judge of its life asks for; until then only the place counts.
static Context placeOf(const FollowProperty &P) {
  Context Place = P.Where;
  if (P.Until == FollowUntil::Scope)
    Place.Into = Place.NotInto = "";
  return Place;
}

void assay::judge(const FollowProperty &P, const Judging &J) {
  if (!isNeeded(P.Needs, J))
    return;
  std::optional<FollowSites> Sites;
  const bool WipesHere = P.Until == FollowUntil::Scope && isHere(P.By, J);
  for (const std::string &R : P.At)
    for (const RoleSite &S : J.Roles.sitesOf(R)) {
      if (!isAsked(S, P, WipesHere, J) || !isJudged(S, placeOf(P), J))
        continue;
      if (!Sites)
        Sites.emplace(P, J);
      judgeSite(P, J, S, *Sites, !WipesHere && !J.Asked.here(S.At.Body));
    }
}
