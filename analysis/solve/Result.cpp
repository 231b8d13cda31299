// result: is the result of a call tested, on every way, against the model's own success condition?
//
// The result is walked forwards as a few numbers at once, one for success and one for each class
// of failure. A failure that no way tells from success before the last trace of it is gone is
// taken for success.
#include "analysis/solve/HandedOn.h"
#include "analysis/solve/IdleDetours.h"
#include "analysis/solve/NumberSet.h"
#include "analysis/solve/Refusals.h"
#include "analysis/solve/Settling.h"
#include "analysis/solve/SuccessNumber.h"

#include "llvm/ADT/SetOperations.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace assay;
using llvm::formatv;

namespace {

class ResultJudge : public WalkClient {
public:
  ResultJudge(const ResultProperty &P, const Judging &J, IdleDetours &Detours, const RoleSite &Of,
              ResultClasses Classes, const Refusals *Known = nullptr, bool Surveys = false)
      : P(P), J(J), Detours(Detours), Of(Of), Classes(Classes), Known(Known), Surveys(Surveys),
        Walk(J, *this) {}

  void run() {
    if (isDropped(Of.At))
      return;
    WalkMemory Asked = narrowSuccess(J, Walk, Of, Classes);
    Walk.run(Of.At, Classes, std::move(Asked));
    if (!Surveys && !failed())
      for (InstRef Call : callsHandedOn(J, Of.At, Classes))
        isDropped(Call);
  }

  bool failed() const { return !Findings.empty(); }

  /// Of a survey.
  Refusals refusals() const {
    Refusals Out;
    if (OutOfEffort)
      return Out;
    Out.Blocks = llvm::set_difference(FailAt, GoodAt);
    Out.Returns = Returns;
    return Out;
  }

  void tell() {
    for (Finding &F : Findings) {
      J.addSite(Of.role(), Of.At, Verdict::Fail, F.Message);
      J.Out.Findings.push_back(std::move(F));
    }
    if (failed())
      return;
    const unsigned Bits =
        bitsOfNumber(J.Prog.tablesOf(Of.At.Body).string(J.Prog.inst(Of.At).type()));
    if (Unproven.empty() && !Of.Call->Failure && Walk.fewestBits() < Bits)
      notProven(
          formatv("the result is cut to {0} bits, and no model says which numbers mean failure",
                  Walk.fewestBits()));
    if (!Unproven.empty())
      return tellDoubt();
    J.addSite(Of.role(), Of.At, Verdict::Pass,
              HandedOut.empty() ? "its failures are told from success on every way" : HandedOut);
    J.site().Rests.push_back(J.restsOn(Of.At, J.Words.callee(Of.At) + " succeeds only with " +
                                                  textOf(*Of.Call->Success) + "; it is " +
                                                  saidBy(*Of.Call)));
    for (const InstRef &Test : Tests)
      J.site().Rests.push_back(J.restsOn(Test, "success and failure go different ways here"));
  }

  void tellDoubt() {
    J.addSite(Of.role(), Of.At, Verdict::Unproven, Unproven);
    if (auto Place = Walk.placeOfDoubt(Unproven))
      Settler(J).settle(J.site(), *Place, Settler(J).following(*Place, {}, ""));
    else
      J.site().Settle = Cure;
  }

  bool onCall(WalkState &S, InstRef Call) override {
    // Round a loop: the same call gives its next result.
    return !(Call == Of.At && S.Callers.empty()) || settle(S, /*Value=*/nullptr);
  }
  bool wantsInto(EntityId) override { return false; }
  bool doubtsUnresolved() const override { return false; }
  bool keepsConstants() const override { return Surveys || Known; }

  bool onBlock(WalkState &S) override {
    const Refusals::At Place{S.Body, S.Block,
                             S.Via != NoId && J.Flows.Bodies[S.Body].inLoop(S.Via)};
    const bool Told = std::exchange(JustSplit, false), Asked = S.Alive != Classes.all();
    // In a callee, and where the function is called again, a block may be about something else.
    const bool IsOwn = S.Callers.empty() && (S.Lifted == 0 || S.Body != Of.At.Body);
    if (!(S.Alive & Classes.Success)) {
      if (Told && IsOwn)
        addPlace(FailAt, J.Flows.Bodies, Place);
    } else if (Asked) {
      GoodAt.insert(Place);
    }
    if (isApart(S))
      return Surveys && S.Lifted == 0;
    if (Known && IsOwn && Known->Blocks.count(Place) && !Asked)
      return false;
    // Where the way ends is seen when it does.
    return (Known && S.Lifted == 0) || settle(S, nullptr);
  }

  void onSplit(WalkState &S, InstRef Branch, LaneSet) override {
    JustSplit = true;
    if (isApart(S)) {
      Tests.insert(Branch);
      return;
    }
    S.Mark = S.Anchor;
    Walk.note(S, Branch,
              "here " + numbers(S.Alive & Classes.Failure) + " goes the way of " +
                  numbers(S.Alive & Classes.Success),
              PathStepKind::Branch);
  }

  std::optional<uint32_t> onDetour(WalkState &S, InstRef Branch) override {
    if (isApart(S))
      return std::nullopt;
    const auto Meeting = Detours.after(S.Body, S.Block);
    if (!Meeting)
      return std::nullopt;
    if (Meeting->Talks) {
      OnlyTold.insert(Branch);
      Walk.note(S, Branch, "a failure is told here, and nothing else comes of it",
                PathStepKind::Branch);
    }
    return Meeting->Block;
  }

  bool onReturn(WalkState &S, const Lanes *Value) override {
    if (isApart(S)) {
      (S.Alive & Classes.Success ? Returns.Good : Returns.Bad).insert(numberIn(S, Value));
      return false;
    }
    if (Surveys && Value)
      noteReturned(S, *Value);
    if (S.Body == Of.At.Body && S.Lifted == 0 && isRefusal(S, Value))
      return false;
    forgetOwn(S);
    if (!settle(S, Value))
      return false;
    return !isJudgedByCall(J, J.Prog.body(S.Body).Entity);
  }

  void onEnd(WalkState &S, WayEnd How) override {
    if (How == WayEnd::NoReturn || How == WayEnd::Thrown || isApart(S))
      return;
    OutOfEffort |= How == WayEnd::OutOfEffort;
    if (How == WayEnd::OutOfEffort)
      return notProven("there are too many ways to follow the result over all of them");
    if (!S.Doubt.empty())
      return notProven(S.Doubt);
    for (const auto &[Place, Held] : S.Memory)
      if (Place.outlivesBody() && Held.variesOver(S.Alive))
        return notProven("the result is kept in '" + Walk.nameOf(S.Body, Place) +
                             "', and who reads that is not followed",
                         "it settles when " + J.Words.function(S.Body) +
                             "() tests the result before it keeps it");
    if (How == WayEnd::Circles)
      return report(S, "is not told from success before the program goes round for ever");
    std::string Function = J.Words.function(S.Body) + "()";
    if (IsRaw)
      return notProven(Function + " returns the result to callers that are not seen",
                       Settler(J).outsideCaller(S.Body).Text);
    HandedOut = Function + " tells failure from success and hands it to callers that are not seen";
  }

private:
  bool isDropped(InstRef Call) {
    const auto Has = [&](CallFlag F) {
      return J.Prog.inst(Call).flags() & static_cast<uint16_t>(F);
    };
    if (!Has(CallFlag::ResultUnused) && !Has(CallFlag::ResultVoidCast))
      return false;
    WalkState S;
    S.Body = Call.Body;
    S.Anchor = Call;
    report(S,
           Has(CallFlag::ResultVoidCast) ? "is thrown away by a cast to void" : "is not looked at");
    return true;
  }

  /// Nothing of the kind "failure and success on one way" is left.
  bool isApart(const WalkState &S) const {
    return !(S.Alive & Classes.Success) || !(S.Alive & Classes.Failure);
  }

  /// The one number in all lanes that are left.
  static LaneValue numberIn(const WalkState &S, const Lanes *Value) {
    return Value && !Value->variesOver(S.Alive)
               ? Value->Of[static_cast<unsigned>(std::countr_zero(S.Alive))]
               : std::nullopt;
  }

  /// `return rc == 1;`: the number itself tells.
  void noteReturned(const WalkState &S, const Lanes &Value) {
    if (S.Body != Of.At.Body || S.Lifted != 0 || !Value.knownOver(S.Alive))
      return;
    for (unsigned L = 0; L != MostLanes; ++L)
      if (S.Alive & (1u << L))
        (Classes.Success & (1u << L) ? Returns.Good : Returns.Bad).insert(Value.Of[L]);
  }

  /// What is returned untested is what a failure gives. Another number that no success comes with
  /// mostly means a failure, too; callers may see that otherwise. What was made of the result is no
  /// refusal: who writes `return ok & 2` means to hand it on.
  bool isRefusal(const WalkState &S, const Lanes *Value) {
    if (!Known || (Value && Value->OfResult))
      return false;
    const auto &[Good, Bad] = Known->Returns;
    // A success returns 0, or what something else answers that is done then.
    const bool Zero = Good.count(0) && Good.size() == 1u + Good.count(std::nullopt);
    const LaneValue Number = numberIn(S, Value);
    const bool NotZero =
        !Value && Zero && returnsNonZero(Walk.view(S.Body), S.Block, S.Via, S.Next - 1);
    if (!NotZero && (!Number || Good.empty() || Good.count(std::nullopt) || Good.count(Number)))
      return false;
    if (!Number || !Bad.count(Number))
      notProven(J.Words.function(S.Body) + "() returns before the result is looked at, with " +
                (Good.count(std::nullopt) ? "what may be the failure of something else"
                                          : "what no success returns"));
    return true;
  }

  /// Failures that nothing on this way can tell from some success any more.
  LaneSet confounded(const WalkState &S, const Lanes *Value) const {
    LaneSet Out = 0;
    for (unsigned F = 0; F != MostLanes; ++F)
      for (unsigned G = 0; G != MostLanes; ++G) {
        const auto Fail = static_cast<LaneSet>(1u << F), Good = static_cast<LaneSet>(1u << G);
        if (!(Fail & S.Alive & Classes.Failure) || !(Good & S.Alive & Classes.Success))
          continue;
        const auto Pair = static_cast<LaneSet>(Fail | Good);
        const bool Told =
            (Value && Value->variesOver(Pair)) || llvm::any_of(S.Memory, [&](const auto &Entry) {
              return Entry.second.variesOver(Pair);
            });
        if (!Told)
          Out |= Fail;
      }
    return Out;
  }

  /// False: this way is decided.
  bool settle(WalkState &S, const Lanes *Value) {
    const LaneSet Mixed = confounded(S, Value);
    IsRaw = Value && Value->Of == Classes.Values.Of;
    if (!Mixed)
      return true;
    if (!S.Doubt.empty()) {
      notProven(S.Doubt);
    } else if ((S.Alive & Classes.Success) != Classes.Success) {
      notProven("some numbers that mean success share a way with " + numbers(Mixed) +
                ", others do not");
    } else {
      report(S, howLost(S, Mixed, Value && Value->variesOver(S.Alive)));
    }
    return false;
  }

  std::string howLost(const WalkState &S, LaneSet Mixed, bool Converted) const {
    for (const WalkStep *W = S.Way; W; W = W->Before)
      if (OnlyTold.count(W->At))
        return "leads to a message and to nothing else";
    if (S.Alive != Classes.all() || S.Mark.Body != NoId)
      return "is tested so that " + first(Mixed) + " counts as success";
    if (Converted)
      return "is turned into a value in which " + first(Mixed) + " is the same as success";
    for (const WalkStep *W = S.Way; W; W = W->Before)
      if (J.Prog.inst(W->At).op() == Op::Store)
        return "is kept and never tested";
    return "is not tested";
  }

  std::string numbers(LaneSet Set) const {
    if (Set & ~Classes.Cut) // the others say it better
      Set &= static_cast<LaneSet>(~Classes.Cut);
    std::vector<std::string> Texts;
    for (unsigned L = 0; L != MostLanes; ++L)
      if (Set & (1u << L))
        Texts.push_back(std::to_string(*Classes.Values.Of[L]));
    return llvm::join(Texts, " or ");
  }

  std::string first(LaneSet Set) const { return numbers(static_cast<LaneSet>(Set & -Set)); }

  /// What dies with the function.
  static void forgetOwn(WalkState &S) {
    std::erase_if(S.Memory, [](const auto &Entry) { return !Entry.first.outlivesBody(); });
  }

  void notProven(const std::string &Why, std::string How = "") {
    if (!Unproven.empty())
      return;
    Unproven = Why;
    Cure = std::move(How);
  }

  void report(const WalkState &S, const std::string &How) {
    // Where it was misread, if it was; else where it was lost.
    const InstRef There = S.Mark.Body != NoId ? S.Mark : S.Anchor;
    if (!Reported.insert(There).second)
      return;
    const std::string Callee = J.Words.callee(Of.At);
    Finding F = J.findingAt(There);
    F.Message = fillIn(P.Message, {{"callee", Callee}, {"how", How}});
    if (There != Of.At)
      F.Message += "; it comes through " + J.Words.callee(There);
    F.Path.push_back({J.Words.at(Of.At), J.Words.function(Of.At.Body),
                      Callee + " succeeds only with " + textOf(*Of.Call->Success),
                      PathStepKind::Value});
    llvm::append_range(F.Path, Walk.steps(S, [](InstRef) { return false; }));
    F.SiteKey = Of.role() + "|" + Callee + "|" + J.Words.callee(There);
    Findings.push_back(std::move(F));
  }

  const ResultProperty &P;
  const Judging &J;
  IdleDetours &Detours;
  const RoleSite &Of;
  ResultClasses Classes;
  const Refusals *Known; ///< of a survey; null: none was made
  bool Surveys;          ///< ways of successes are walked on, to see what they return
  ForwardWalk Walk;
  Refusals::Places FailAt, GoodAt; ///< where a way goes on that only failures, successes take
  Refusals::Returned Returns;
  std::vector<Finding> Findings;
  std::set<InstRef> Reported;
  std::set<InstRef> Tests;               ///< branches that tell success from failure
  std::set<InstRef> OnlyTold;            ///< ... after which both do the same, but for a message
  std::string Unproven, Cure, HandedOut; ///< Cure: what would settle it
  bool IsRaw = false, OutOfEffort = false, JustSplit = false;
};

void judgeSite(const RoleSite &S, const ResultProperty &P, const Judging &J, IdleDetours &Detours) {
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
  ResultJudge Judge(P, J, Detours, S, Classes);
  Judge.run();
  if (!Judge.failed())
    return Judge.tell();
  // `if (n == 0 || rc != 0) goto out;`: nobody asked on one of the ways, and it is refused.
  ResultJudge Survey(P, J, Detours, S, Classes, nullptr, /*Surveys=*/true);
  Survey.run();
  const Refusals Known = Survey.refusals();
  ResultJudge Again(P, J, Detours, S, Classes, &Known);
  Again.run();
  Again.tell();
}

} // namespace

void assay::judge(const ResultProperty &P, const Judging &J) {
  IdleDetours Detours(J, P.Talks);
  for (const std::string &R : P.Of)
    for (const RoleSite &S : J.Roles.sitesOf(R))
      judgeSite(S, P, J, Detours);
}
