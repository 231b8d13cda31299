// follow: on every path after a site, is the other role called before control leaves the outermost
// caller?
#include "analysis/solve/Forward.h"
#include "analysis/solve/ObjectPath.h"
#include "analysis/solve/Reach.h"
#include "analysis/solve/Settling.h"

using namespace assay;

namespace {

/// Where the wanted role is called, and which functions lead there: the same for all sites.
struct Wanted {
  Wanted(const FollowProperty &P, const Judging &J) : Bodies(J.Prog) {
    std::vector<InstRef> Places;
    for (const std::string &R : P.By)
      for (const RoleSite &S : J.Roles.sitesOf(R)) {
        J.Values.begin();
        if (S.Exempt || !mayMeanThis(S, J))
          continue;
        Calls[S.At] = {&S, meansOnlyThis(S, J)};
        Places.push_back(S.At);
      }
    for (const std::string &R : P.At)
      for (const RoleSite &S : J.Roles.sitesOf(R))
        Places.push_back(S.At);
    Reach Reaches(J.Prog);
    Leads = Reaches.to(Places);
    LeadsAstray = Reaches.to(unresolved(J.Prog));
  }

  static std::vector<InstRef> unresolved(const Program &Prog) {
    std::vector<InstRef> Places;
    for (BodyId Body = 0; Body != Prog.bodyCount(); ++Body) {
      const BodyView B(Prog, Body);
      for (uint32_t I = 0; I != B.Insts.size(); ++I)
        if (B.Insts[I].op() == Op::Call && BodyView::isDispatched(B.Insts[I]) &&
            !Prog.calleesOf({Body, I}).Complete)
          Places.push_back({Body, I});
    }
    return Places;
  }

  std::map<InstRef, std::pair<const RoleSite *, bool>> Calls; ///< and: surely in this meaning
  llvm::BitVector Leads, LeadsAstray;
  BodyTable Bodies;
};

/// One site.
class FollowWalk : public WalkClient {
public:
  FollowWalk(const FollowProperty &P, const Judging &J, const RoleSite &At, Wanted &By)
      : P(P), J(J), At(At), By(By), Walk(J, *this) {}

  void run() {
    ResultClasses Outcome;
    if (At.Call && At.Call->Success)
      Outcome = classesOf(*At.Call, J.Prog.unitOf(At.At.Body).string(J.Prog.inst(At.At).type()));
    if (P.After != CallOutcome::Both && hasOutcome()) {
      (P.After == CallOutcome::Success ? Outcome.Failure : Outcome.Success) = 0;
      if (!Outcome.all())
        return noOutcome();
    }
    Walk.run(At.At, Outcome);
    if (Failed)
      return;
    J.addSite(At.role(), At.At, Unproven.empty() ? Verdict::Pass : Verdict::Unproven,
              !Unproven.empty() ? Unproven
              : Met             ? "it is followed on every way, among others by " + Example
                                : "no way leads on from here");
    for (const InstRef &Call : MetAt)
      J.site().Rests.push_back(J.restsOn(Call, J.Words.callee(Call) + " follows here; it is " +
                                                   saidBy(*By.Calls.at(Call).first->Call)));
  }

  void noOutcome() const {
    J.addSite(At.role(), At.At, Verdict::Unproven,
              "no model says which result of " + J.Words.callee(At.At) + " means success");
    const Settling Cure = Settler(J).outcome(At.Subject, *At.Call);
    J.site().Settle = Cure.Text;
    J.site().Row = Cure.Row;
  }

  /// An assignment, and a call without a result, simply happen.
  bool hasOutcome() const {
    const Inst &I = J.Prog.inst(At.At);
    const llvm::StringRef Type = J.Prog.unitOf(At.At.Body).string(I.type());
    return At.Call && !Type.empty() && Type != "void";
  }

  bool onCall(WalkState &S, InstRef Call) override {
    if (auto It = By.Calls.find(Call); It != By.Calls.end() && meets(S, Call, It->second)) {
      if (!Met)
        Example = J.Words.callee(Call);
      if (It->second.first->Call)
        MetAt.insert(Call);
      Met = true;
      return false;
    }
    if (S.Lifted > 0 && isNextEvent(S, Call))
      return false;
    for (EntityId T : J.Prog.calleesOf(Call).Targets)
      if (By.LeadsAstray.test(T) && !By.Leads.test(T))
        ForwardWalk::doubt(S, "what " + J.Words.name(T) + "() calls is not known");
    return true;
  }
  bool wantsInto(EntityId Callee) override { return By.Leads.test(Callee); }
  bool doubtsUnresolved() const override { return true; }
  bool keepsConstants() const override { return true; }
  bool tellsWay() const override { return true; }
  bool onBlock(WalkState &) override { return true; }
  void onSplit(WalkState &, InstRef, LaneSet) override {}

  bool onReturn(WalkState &S, const Lanes *) override {
    const InstRef Last{S.Body, S.Next == 0 ? 0 : S.Next - 1};
    const BodyView &B = Walk.view(S.Body);
    if (Last.Inst < B.Insts.size() && B.Insts[Last.Inst].op() == Op::Return)
      Walk.note(S, Last, J.Words.function(S.Body) + "() returns here", PathStepKind::Return);
    return true;
  }

  void onEnd(WalkState &S, WayEnd How) override {
    if (How == WayEnd::NoReturn)
      return;
    if (How == WayEnd::OutOfEffort)
      return notProven("there are too many ways to follow them all");
    if (How == WayEnd::Thrown)
      return notProven("an exception leaves " + J.Words.function(S.Body) +
                       "(), and who catches it is not followed");
    if (!S.Doubt.empty())
      return notProven(S.Doubt);
    report(S);
  }

private:
  /// The function that made the event has returned, and the next event of its kind comes before
  /// what should have followed: a loop that serves requests is not left, and what follows a later
  /// event is not about this one.
  bool isNextEvent(WalkState &S, InstRef Call) {
    if (Call == At.At) {
      if (!S.Doubt.empty())
        notProven(S.Doubt);
      else
        report(S);
      return true;
    }
    const bool Same = llvm::any_of(J.Roles.sitesOf(At.role()),
                                   [&](const RoleSite &Other) { return Other.At == Call; });
    if (Same)
      notProven("another event, " + J.Words.callee(Call) + " in " + J.Words.function(Call.Body) +
                "(), comes first; what follows it may be about both");
    return Same;
  }

  /// Is this the call that was waited for?
  bool meets(WalkState &S, InstRef Call, std::pair<const RoleSite *, bool> Found) {
    if (!Found.second) {
      ForwardWalk::doubt(S, "whether " + J.Words.callee(Call) + " is the call that is asked for " +
                                "depends on a value that is not known");
      return false;
    }
    if (P.Same.empty())
      return true;
    const auto Mine = objectOf(At), Its = objectOf(*Found.first);
    if (At.At.Body == Call.Body && S.Callers.empty() && Mine && Its)
      return *Mine == *Its;
    ForwardWalk::doubt(S, "whether " + J.Words.callee(Call) + " is about the same " + P.Same +
                              " is not known");
    return false;
  }

  std::optional<ObjectPath> objectOf(const RoleSite &S) {
    if (!S.Call)
      return std::nullopt;
    auto Ref = S.Call->Binds.find(P.Same);
    if (Ref == S.Call->Binds.end() || Ref->second.Where != ArgRef::Kind::Argument)
      return std::nullopt;
    return ObjectNames(By.Bodies, S.At.Body).behind(J.Values.argument(S.At, Ref->second.Index));
  }

  bool mayMeet(InstRef Call) const {
    return By.Calls.count(Call) || llvm::any_of(J.Prog.calleesOf(Call).Targets, [&](EntityId T) {
             return By.Leads.test(J.Prog.definitionOf(T));
           });
  }

  void notProven(const std::string &Why) {
    if (Unproven.empty())
      Unproven = Why;
  }

  void report(const WalkState &S) {
    if (std::exchange(Failed, true))
      return; // the first way is the shortest
    const std::string Callee = J.Words.callee(At.At);
    Finding F = J.findingAt(At.At);
    F.Message = fillIn(P.Message, {{"callee", Callee}, {"object", P.Same}});
    const char *Outcome = !At.Call                          ? " is set"
                          : P.After == CallOutcome::Success ? " succeeds"
                          : P.After == CallOutcome::Failure ? " fails"
                                                            : " has been done";
    F.Path.push_back(
        {J.Words.at(At.At), J.Words.function(At.At.Body), Callee + Outcome, PathStepKind::Site});
    llvm::append_range(F.Path, Walk.steps(S, [&](InstRef Call) { return mayMeet(Call); }));
    F.SiteKey = At.role() + "|" + Callee;
    J.addSite(At.role(), At.At, Verdict::Fail, F.Message);
    J.Out.Findings.push_back(std::move(F));
  }

  const FollowProperty &P;
  const Judging &J;
  const RoleSite &At;
  Wanted &By;
  ForwardWalk Walk;
  std::string Unproven, Example;
  std::set<InstRef> MetAt;
  bool Failed = false, Met = false;
};

} // namespace

void assay::judge(const FollowProperty &P, const Judging &J) {
  std::optional<Wanted> By;
  for (const std::string &R : P.At)
    for (const RoleSite &S : J.Roles.sitesOf(R)) {
      if (S.Exempt) {
        J.addSite(S.role(), S.At, Verdict::NotApplicable, S.Exempt);
        continue;
      }
      J.Values.begin();
      if (!mayMeanThis(S, J))
        continue;
      if (!inContext(P.Where, J.Words.function(S.At.Body), J.Words.at(S.At).File, {})) {
        J.addSite(S.role(), S.At, Verdict::NotApplicable,
                  "outside the context that the check is about");
        continue;
      }
      if (!By)
        By.emplace(P, J);
      FollowWalk(P, J, S, *By).run();
    }
}
