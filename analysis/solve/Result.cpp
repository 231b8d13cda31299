// result: is the result of a call tested, on every way, against the model's own success condition?
//
// A failure that no way tells from success before the last trace of it is gone is taken for
// success; so is one that a wrapper tells its callers, if one of them loses it.
#include "analysis/solve/NumberSet.h"
#include "analysis/solve/ResultWalk.h"
#include "analysis/solve/Settling.h"

using namespace assay;

namespace {

class ResultJudge {
public:
  ResultJudge(const ResultProperty &P, const Judging &J) : P(P), J(J), Detours(J, P.Talks) {}

  void judgeSite(const RoleSite &S) {
    if (!S.Call || !S.Call->Success)
      return;
    if (S.Exempt)
      return J.addSite(S.role(), S.At, Verdict::NotApplicable, S.Exempt);
    if (!inContext(P.Where, J, J.Words.function(S.At.Body), J.Words.at(S.At).File, {}))
      return J.addSite(S.role(), S.At, Verdict::NotApplicable,
                       "outside the context that the check is about");
    J.Values.begin();
    if (!mayMeanThis(S, J))
      return;
    const llvm::StringRef Type = J.Prog.tablesOf(S.At.Body).string(J.Prog.inst(S.At).type());
    ResultClasses Classes = classesOf(*S.Call, Type);
    Classes.addCompared(*S.Call, BodyView(J.Prog, S.At.Body));
    Classes.addCutFailures(*S.Call, Type);
    if (!Classes.Success || !Classes.Failure)
      return J.addSite(S.role(), S.At, Verdict::Unproven,
                       "what its result is in case of failure is not known");
    if (J.Asked.isAll() || mayFailInAsked(S, Classes))
      askAll(S, Classes);
  }

private:
  using Answer = std::unique_ptr<ResultWalk>;

  /// Whether a walk that stays near the files that are asked about comes to a finding in them.
  bool mayFailInAsked(const RoleSite &S, const ResultClasses &Classes) {
    const auto Shows = [&](const HandedStatus &Status, ResultClasses *Narrowed) {
      ResultWalk Near(P, J, Detours, S, Status, ResultWalk::Round::Near);
      Near.run();
      if (Narrowed)
        *Narrowed = Near.classes();
      return llvm::any_of(Near.Findings,
                          [&](const Finding &F) { return J.Asked.shows(F.At.File); });
    };
    ResultClasses Narrowed = Classes;
    return Shows({S.At, Classes, {}, true}, &Narrowed) ||
           llvm::any_of(callsHandedOn(J, Detours, S.At, Narrowed).Calls,
                        [&](const HandedStatus &Status) {
                          return J.Asked.callable(Status.Call.Body) && Shows(Status, nullptr);
                        });
  }

  /// The call itself, and where it is well, each that hands its failures on.
  void askAll(const RoleSite &S, const ResultClasses &Classes) {
    const Answer Own = ask(S, {S.At, Classes, {}, true});
    std::vector<Finding> Lost = std::move(Own->Findings);
    std::optional<Doubt> First;
    if (Lost.empty()) {
      const HandedOn On = callsHandedOn(J, Detours, S.At, Own->classes());
      for (const HandedStatus &Status : On.Calls)
        askCaller(S, Status, Lost, First);
      if (!On.Complete && !First)
        First = {
            "its failures are handed on to more callers, or as more numbers, than are followed",
            nullptr};
    }
    if (Lost.empty() && Own->Unproven.empty() && First)
      return tellDoubt(S, First->Why, First->Of.get());
    if (Lost.empty())
      return tell(S, *Own);
    std::set<std::pair<Location, std::string>> Told;
    for (Finding &F : Lost) {
      if (!Told.insert({F.At, F.SiteKey}).second)
        continue;
      J.addSite(S.role(), S.At, Verdict::Fail, F.Message);
      J.Out.Findings.push_back(std::move(F));
    }
  }

  /// What is not known of a caller; `Of`: the walk that ended there, if one did.
  struct Doubt {
    std::string Why;
    Answer Of;
  };

  void askCaller(const RoleSite &S, const HandedStatus &Status, std::vector<Finding> &Lost,
                 std::optional<Doubt> &First) {
    Answer Its = ask(S, Status);
    // Who tests it on some ways knows of it, and may know better on the others.
    const bool Knows = !Its->Findings.empty() && !Its->Tests.empty();
    if (!Knows)
      llvm::append_range(Lost, Its->Findings);
    if (First || (!Knows && Its->Unproven.empty()))
      return;
    const std::string Which = "the status of " + J.Words.callee(Status.Call) + ", called in " +
                              J.Words.function(Status.Call.Body) + "()";
    if (Knows)
      First = {Which + ", is tested on some ways only", nullptr};
    else
      First = {Which + ": " + Its->Unproven, std::move(Its)};
  }

  /// `if (n == 0 || rc != 0) goto out;`: nobody asked on one of the ways, and it is refused. That
  /// is seen in a second walk, by a survey of the ways.
  Answer ask(const RoleSite &S, const HandedStatus &Status) {
    auto First = std::make_unique<ResultWalk>(P, J, Detours, S, Status);
    First->run();
    if (First->Findings.empty())
      return First;
    ResultWalk Survey(P, J, Detours, S, Status, ResultWalk::Round::Survey);
    Survey.run();
    auto Again = std::make_unique<ResultWalk>(P, J, Detours, S, Status, ResultWalk::Round::Whole,
                                              Survey.refusals());
    Again->run();
    return Again;
  }

  void tell(const RoleSite &S, const ResultWalk &Of) const {
    if (!Of.Unproven.empty())
      return tellDoubt(S, Of.Unproven, &Of);
    J.addSite(S.role(), S.At, Verdict::Pass,
              Of.HandedOut.empty() ? "its failures are told from success on every way"
                                   : Of.HandedOut);
    J.site().Rests.push_back(J.restsOn(S.At, J.Words.callee(S.At) + " succeeds only with " +
                                                 textOf(*S.Call->Success) + "; it is " +
                                                 saidBy(*S.Call)));
    for (const InstRef &Test : Of.Tests)
      J.site().Rests.push_back(J.restsOn(Test, "success and failure go different ways here"));
  }

  void tellDoubt(const RoleSite &S, const std::string &Why, const ResultWalk *Of) const {
    J.addSite(S.role(), S.At, Verdict::Unproven, Why);
    if (!Of)
      return;
    if (auto Place = Of->placeOfDoubt())
      Settler(J).settle(J.site(), *Place, Settler(J).following(*Place, {}, ""));
    else
      J.site().Settle = Of->Cure;
  }

  const ResultProperty &P;
  const Judging &J;
  IdleDetours Detours;
};

} // namespace

void assay::judge(const ResultProperty &P, const Judging &J) {
  ResultJudge Judge(P, J);
  for (const std::string &R : P.Of)
    for (const RoleSite &S : J.Roles.sitesOf(R))
      if (J.Asked.callable(S.At.Body))
        Judge.judgeSite(S);
}
