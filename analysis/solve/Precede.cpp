// precede: on every path from every entry point, has a call of the other role succeeded before, on
// the same object, and has nothing changed that object since?
#include "analysis/solve/BackwardWalk.h"
#include "analysis/solve/Judging.h"
#include "analysis/solve/Settling.h"
#include "analysis/solve/WayText.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

namespace {

class PrecedeJudge {
public:
  PrecedeJudge(const PrecedeProperty &P, const Judging &J)
      : P(P), J(J), Bodies(J.Prog), Second(Bodies, J.Roles) {
    findSatisfiers();
  }

  void run() {
    for (const std::string &R : P.At)
      for (const RoleSite &S : J.Roles.sitesOf(R))
        if (J.Asked.here(S.At.Body))
          judgeSite(S);
  }

private:
  void findSatisfiers() {
    std::vector<InstRef> Places;
    for (const std::string &R : P.By)
      for (const RoleSite &S : J.Roles.sitesOf(R)) {
        if (!S.Call || S.Exempt || !meansOnlyThis(S, J))
          continue;
        By[S.At] = {&S, P.Same.empty() ? std::nullopt : boundOperand(S, P.Same, J)};
        Places.push_back(S.At);
      }
    // A test of a field speaks of no object.
    for (const std::string &R : P.By)
      for (const RoleSite &S : J.Roles.testsOf(R))
        if (!S.Exempt && P.Same.empty()) {
          By[S.At] = {&S, std::nullopt};
          Places.push_back(S.At);
        }
    LeadsToBy = J.Reaches.to(Places);
    LeadsAstray = J.Reaches.to(unresolvedCalls());
    Matters.emplace(Bodies, Places, LeadsToBy);
  }

  std::vector<InstRef> unresolvedCalls() const {
    std::vector<InstRef> Found;
    llvm::copy_if(J.Prog.dispatchedCalls(), std::back_inserter(Found),
                  [&](InstRef Call) { return !J.Prog.calleesOf(Call).Complete; });
    return Found;
  }

  void judgeSite(const RoleSite &S) {
    if (!isJudged(S, P.Where, J))
      return;
    std::optional<Operand> Named = P.Same.empty() ? std::nullopt : boundOperand(S, P.Same, J);
    std::optional<ObjectPath> Object;
    if (Named)
      Object = ObjectNames(Bodies, S.At.Body).behind(*Named);
    if (Named && !Object)
      return J.addSite(S.role(), S.At, Verdict::NotApplicable, "nothing is bound here");
    // A proof with the conditions that matter is a proof. A way that is open without the others may
    // be one that is never taken.
    const BackwardWalk::Answer First = walk(Object.has_value(), true).run(S.At, Object);
    if (!First.Open && !First.Doubt)
      return decide(S, Named, First);
    const BackwardWalk::Answer Full = walk(Object.has_value(), false).run(S.At, std::move(Object));
    decide(S, Named, Full.Exhausted && First.Doubt ? First : Full);
  }

  BackwardWalk &walk(bool OfObject, bool OnlyRelevant) {
    auto &Made = Walks[OfObject][OnlyRelevant];
    if (!Made)
      Made.emplace(BackwardWalk::Program{J.Prog, J.Roles, J.Reaches, Bodies, Second,
                                         [this](InstRef Call) { return functionsAt(Call); },
                                         LeadsAstray, OnlyRelevant ? &*Matters : nullptr},
                   By, LeadsToBy, OfObject);
    return *Made;
  }

  std::optional<std::vector<EntityId>> functionsAt(InstRef Call) {
    std::vector<EntityId> Found;
    const Inst &I = J.Prog.inst(Call);
    if (static_cast<CallKind>(I.sub()) != CallKind::Indirect)
      return std::nullopt;
    J.Values.begin(); // what it finds is kept for other sites
    for (const Value &V : J.Values.operand(J.Values.root(Call.Body), Operand(I.a()), Call.Inst)) {
      if (V.K == Value::Kind::Null || (V.K == Value::Kind::Int && V.Int == 0))
        continue;
      if (V.K != Value::Kind::Function)
        return std::nullopt;
      Found.push_back(V.Entity);
    }
    // What lies behind a parameter is what any caller hands in, or anybody keeps in such a field.
    const auto Through = ObjectNames(Bodies, Call.Body).behind(Operand(I.a()));
    const bool Handed =
        Through && (Through->Base == BaseKind::Param || Through->Base == BaseKind::This);
    if (Found.empty() || (Handed && Found.size() > 1))
      return std::nullopt;
    return Found;
  }

  void decide(const RoleSite &S, std::optional<Operand> Named, const BackwardWalk::Answer &A) {
    const WayText Text(J.Prog, J.Words);
    if (A.Open)
      return report(S, Named, Text.steps(*A.Open, [&](InstRef Call) { return mayBeBy(Call); }),
                    Text.ending(*A.Open));
    if (A.Doubt) {
      J.addSite(S.role(), S.At, Verdict::Unproven, Text.doubt(A.Doubt));
      return settle(J.site(), A.Doubt);
    }
    if (A.Rests.empty())
      return J.addSite(S.role(), S.At, Verdict::NotApplicable,
                       "no way from an entry point leads here");
    J.addSite(S.role(), S.At, Verdict::Pass, Text.rests(A.Rests));
    for (const InstRef &At : A.Rests)
      J.site().Rests.push_back(J.restsOn(At, Text.satisfier(At) + succeeded(*By.at(At).Site)));
  }

  static std::string succeeded(const RoleSite &S) {
    if (!S.Call)
      return " has come out so; it is " + S.role();
    return (S.Call->Success ? " has succeeded; it is " : " has been called; it is ") +
           saidBy(*S.Call);
  }

  void settle(Site &Unproven, const Reservation &Doubt) const {
    if (Doubt.At.Body == NoId)
      return;
    const bool AtCall = Doubt.At.Inst != NoId;
    if (AtCall)
      Unproven.Rests.push_back(J.restsOn(Doubt.At, Doubt.Why));
    const Settling Cure =
        AtCall ? Settler(J).call(Doubt.At, P.By, P.Same) : Settler(J).outsideCaller(Doubt.At.Body);
    Unproven.Settle = Cure.Text;
    Unproven.Row = Cure.Row;
  }

  bool mayBeBy(InstRef Call) const {
    return By.count(Call) || llvm::any_of(J.Prog.calleesOf(Call).Targets, [&](EntityId T) {
             return LeadsToBy.test(J.Prog.definitionOf(T));
           });
  }

  void report(const RoleSite &S, std::optional<Operand> Named, std::vector<PathStep> Way,
              const std::string &Ending) {
    Finding F = J.findingAt(S.At);
    const std::string Callee = J.Words.callee(S.At);
    F.Message =
        fillIn(P.Message, {{"callee", Callee},
                           {"object", Named ? WayText(J.Prog, J.Words).object(S.At.Body, *Named)
                                            : std::string("it")}});
    if (!Ending.empty())
      F.Message += ": " + Ending;
    F.Path = std::move(Way);
    F.Path.push_back({F.At, F.Function, Callee + " is reached without " + llvm::join(P.By, " or "),
                      PathStepKind::Site});
    F.SiteKey = S.role() + "|" + Callee + "|" + F.Function + "|unpreceded";
    J.addFault(S.role(), S.At, std::move(F));
  }

  const PrecedeProperty &P;
  const Judging &J;
  std::map<InstRef, Satisfier> By;
  llvm::BitVector LeadsToBy, LeadsAstray;
  BodyTable Bodies;
  SecondNames Second;
  std::optional<Relevance> Matters;
  std::optional<BackwardWalk> Walks[2][2]; ///< of an object or none; with all conditions or few
};

} // namespace

void assay::judge(const PrecedeProperty &P, const Judging &J) {
  if (!isNeeded(P.Needs, J))
    return;
  const bool Any = llvm::any_of(P.At, [&](const std::string &R) {
    return llvm::any_of(J.Roles.sitesOf(R),
                        [&](const RoleSite &S) { return J.Asked.here(S.At.Body); });
  });
  if (Any) // else the search for what satisfies a site would be for nothing
    PrecedeJudge(P, J).run();
}
