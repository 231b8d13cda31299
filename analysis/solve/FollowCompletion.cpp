// follow, through: what is begun at the site and used by another call, is it ever ended?
//
// Here one way that ends it does for the site: the ways around the end are the program's error
// ways, on which what came out is thrown away, and nothing tells them from others.
#include "analysis/solve/Follow.h"

using namespace assay;

namespace {

class CompletionJudge : public FollowJudge {
public:
  using FollowJudge::FollowJudge;

  bool onCall(WalkState &S, InstRef Call) override {
    if (auto It = Sites.Wanted.find(Call); It != Sites.Wanted.end())
      return !ends(S, *It->second.Site, It->second.Surely);
    if (auto It = Sites.Frees.find(Call); It != Sites.Frees.end() && takes(S, *It->second.Site))
      return leaveOpen(S, /*IsGone=*/true), false;
    // Begun anew: what was used before stays as it is.
    if (Sites.Events.count(Call) && S.Mark.Body != NoId && isBegunBy(S, Call))
      return leaveOpen(S, true), false;
    if (auto It = Sites.Uses.find(Call);
        It != Sites.Uses.end() && takes(S, *It->second.Site) && S.Mark.Body == NoId) {
      S.Mark = Call;
      Walk.note(S, Call, J.Words.callee(Call) + " uses it", PathStepKind::Call);
    }
    if (mayEndUnseen(S, Call))
      Walk.doubt(S, "what " + J.Words.callee(Call) + " does with it is not known", Call);
    return true;
  }
  bool wantsInto(EntityId Callee) override { return Sites.Leads.test(Callee); }
  bool doubtsUnresolved() const override { return false; }
  bool isDone() const override { return IsEnded || FollowJudge::isDone(); }

  bool onScopeEnd(WalkState &S, InstRef) override {
    leaveOpen(S, true);
    return false;
  }
  void onEnd(WalkState &S, WayEnd How) override {
    if (How == WayEnd::OutOfEffort)
      return notProven("there are too many ways to follow them all");
    if (How != WayEnd::NoReturn)
      leaveOpen(S, isGone(S));
  }

protected:
  void conclude() override {
    if (IsEnded) {
      Unproven.clear();
      return;
    }
    if (!Open || !Unproven.empty())
      return;
    report(*Open, Open->Mark, "", nameOf(Open->Mark.Body, NamesAtUse));
  }
  std::string passText() const override {
    return IsEnded ? "it is ended by " + Example : "no part of it is used on the ways from here";
  }

private:
  bool takes(const WalkState &S, const RoleSite &Its) {
    const auto Name = objectAt(Its, bindOfOthers());
    return Name && isNamed(S, *Name);
  }

  bool isBegunBy(const WalkState &S, InstRef Call) {
    for (const std::string &R : P.At)
      for (const RoleSite &Its : J.Roles.sitesOf(R))
        if (Its.At == Call) {
          const auto Name = objectAt(Its, P.Same);
          return Name && isNamed(S, *Name);
        }
    return false;
  }

  bool ends(WalkState &S, const RoleSite &Its, bool Surely) {
    if (takes(S, Its) && Surely) {
      IsEnded = true;
      meet(Its.At);
      return true;
    }
    const auto Name = objectAt(Its, bindOfOthers());
    if (!Name || mayBeObject(S, *Name, Its.At.Body, true))
      notProven("whether " + J.Words.callee(Its.At) + " in " + J.Words.function(Its.At.Body) +
                "() ends it is not known");
    return false;
  }

  /// A call that goes nobody knows where, or to a function of the project's that is not here, and
  /// is handed the object.
  bool mayEndUnseen(const WalkState &S, InstRef Call) {
    if (!isHandedTo(S, Call))
      return false;
    const Callees To = J.Prog.calleesOf(Call);
    return !To.Complete || llvm::any_of(To.Targets, [&](EntityId T) {
      return J.Prog.bodiesOf(T).empty() && J.Roles.rowsOf(T).empty() &&
             !J.Prog.entity(T).has(EntityFlag::SystemHeader);
    });
  }

  /// The way is over, and nothing ended it.
  void leaveOpen(WalkState &S, bool IsGone) {
    if (S.Mark.Body == NoId) {
      if (!IsGone && !Sites.Uses.empty())
        notProven("what is begun here may be used, and ended, by who keeps it");
      return;
    }
    if (!S.Doubt.empty())
      return notProven(S.Doubt);
    if (!IsGone)
      return notProven("who keeps it after " + J.Words.function(S.Body) + "() may end it");
    if (!Open) {
      Open = S;
      NamesAtUse = namesAt(S.Mark);
    }
  }

  ObjectAliases namesAt(InstRef Use) {
    ObjectAliases Names;
    if (auto Name = objectAt(*Sites.Uses.at(Use).Site, bindOfOthers()))
      Names.push_back(std::move(*Name));
    return Names;
  }

  /// Nobody can name the object after this end of the program's outermost function.
  bool isGone(const WalkState &S) const {
    const EntityId Outermost = J.Prog.body(S.Body).Entity;
    if (llvm::any_of(J.Prog.entryPointsOf(Outermost),
                     [](const EntryPoint &E) { return E.Kind == EntryKind::Main; }))
      return true;
    // A pointer variable that has gone out of scope: who else may have it, may end it.
    return Sites.Wanted.empty() && llvm::all_of(S.Object, [](const ObjectPath &Name) {
             return Name.Base == BaseKind::Local || Name.Base == BaseKind::Temp;
           });
  }

  bool IsEnded = false;
  std::optional<WalkState> Open; ///< the first way on which it was used and not ended
  ObjectAliases NamesAtUse;
};

} // namespace

void assay::judgeCompletion(const FollowProperty &P, const Judging &J, const RoleSite &At,
                            FollowSites &Sites, bool MayBeAnother) {
  CompletionJudge Judge(P, J, At, Sites);
  Judge.doubtKind(MayBeAnother);
  Judge.run();
}
