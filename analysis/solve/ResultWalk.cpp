#include "analysis/solve/ResultWalk.h"

#include "analysis/solve/NumberSet.h"
#include "analysis/solve/Settling.h"
#include "analysis/solve/SuccessNumber.h"

#include "llvm/ADT/SetOperations.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace assay;
using llvm::formatv;

static LaneSet bit(unsigned Lane) {
  return static_cast<LaneSet>(1u << Lane);
}

/// The one number in all lanes that are left.
static LaneValue numberIn(const WalkState &S, const Lanes *Value) {
  return Value && !Value->variesOver(S.Alive)
             ? Value->Of[static_cast<unsigned>(std::countr_zero(S.Alive))]
             : std::nullopt;
}

void ResultWalk::run() {
  if (isDropped() || Asked.IsNoticed)
    return;
  WalkMemory Memory;
  if (isSite())
    Memory = narrowSuccess(J, Walk, Of, Classes);
  // What lies in memory that this caller has no name for may tell.
  else if (!Walk.addLeft(Asked.Call, Asked.Left, Classes.all(), Memory))
    return notProven("the status of " + J.Words.callee(Asked.Call) + " is kept in memory");
  Walk.run(Asked.Call, Classes, std::move(Memory));
  cutShort();
}

/// False where something that is left in memory may say it as well.
bool ResultWalk::isDropped() {
  const auto Has = [&](CallFlag F) {
    return J.Prog.inst(Asked.Call).flags() & static_cast<uint16_t>(F);
  };
  if (!Has(CallFlag::ResultUnused) && !Has(CallFlag::ResultVoidCast))
    return false;
  if (!isSite() && (!Asked.IsReturned || !Asked.Left.empty()))
    return false;
  if (Asked.IsMarked) {
    notProven("a failure leaves a mark in memory, and who reads that is not followed");
    return true;
  }
  WalkState S;
  S.Body = Asked.Call.Body;
  S.Anchor = Asked.Call;
  report(S,
         Has(CallFlag::ResultVoidCast) ? "is thrown away by a cast to void" : "is not looked at");
  return true;
}

void ResultWalk::cutShort() {
  const unsigned Bits =
      bitsOfNumber(J.Prog.tablesOf(Asked.Call.Body).string(J.Prog.inst(Asked.Call).type()));
  if (isSite() && Unproven.empty() && !Of.Call->Failure && Walk.fewestBits() < Bits)
    notProven(formatv("the result is cut to {0} bits, and no model says which numbers mean failure",
                      Walk.fewestBits()));
}

Refusals ResultWalk::refusals() const {
  Refusals Out;
  if (OutOfEffort)
    return Out;
  Out.Blocks = llvm::set_difference(FailAt, GoodAt);
  Out.Returns = Returns;
  return Out;
}

bool ResultWalk::onCall(WalkState &S, InstRef Call) {
  // Round a loop: the same call gives its next result.
  return !(Call == Asked.Call && S.Callers.empty()) || settle(S, /*Value=*/nullptr);
}

bool ResultWalk::onBlock(WalkState &S) {
  const Refusals::At Place{S.Body, S.Block, S.Via != NoId && J.Flows.Bodies[S.Body].inLoop(S.Via)};
  const bool Told = std::exchange(JustSplit, false), IsAsked = S.Alive != Classes.all();
  // In a callee, and where the function is called again, a block may be about something else.
  const bool IsOwn = S.Callers.empty() && (S.Lifted == 0 || S.Body != Asked.Call.Body);
  if (!(S.Alive & Classes.Success)) {
    if (Told && IsOwn)
      addPlace(FailAt, J.Flows.Bodies, Place);
  } else if (IsAsked) {
    GoodAt.insert(Place);
  }
  if (isApart(S))
    return surveys() && S.Lifted == 0;
  if (Known && IsOwn && Known->Blocks.count(Place) && !IsAsked)
    return false;
  // Where the way ends is seen when it does.
  return (Known && S.Lifted == 0) || settle(S, nullptr);
}

void ResultWalk::onSplit(WalkState &S, InstRef Branch, LaneSet) {
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

std::optional<uint32_t> ResultWalk::onDetour(WalkState &S, InstRef Branch) {
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

bool ResultWalk::onReturn(WalkState &S, const Lanes *Value) {
  if (isApart(S)) {
    (S.Alive & Classes.Success ? Returns.Good : Returns.Bad).insert(numberIn(S, Value));
    return false;
  }
  const bool IsOwn = S.Body == Asked.Call.Body && S.Lifted == 0;
  if (surveys() && Value && IsOwn)
    noteReturned(S, *Value);
  if (IsOwn && isRefusal(S, Value))
    return false;
  // What dies with the function.
  std::erase_if(S.Memory, [](const auto &Entry) { return !Entry.first.outlivesBody(); });
  if (!settle(S, Value))
    return false;
  return !isJudgedByCall(J, J.Prog.body(S.Body).Entity);
}

void ResultWalk::onEnd(WalkState &S, WayEnd How) {
  if (How == WayEnd::NoReturn || How == WayEnd::Thrown || isApart(S))
    return;
  OutOfEffort |= How == WayEnd::OutOfEffort;
  if (How == WayEnd::OutOfEffort)
    return notProven("there are too many ways to follow the result over all of them");
  if (!S.Doubt.empty())
    return notProven(S.Doubt);
  // A wrapper may say it twice: who gets its number need not read its memory.
  const bool IsHanded = !isSite() && How == WayEnd::Returned && IsReturned;
  for (const auto &[Place, Held] : S.Memory)
    if (!IsHanded && Place.outlivesBody() && Held.variesOver(S.Alive))
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

/// Nothing of the kind "failure and success on one way" is left.
bool ResultWalk::isApart(const WalkState &S) const {
  return !(S.Alive & Classes.Success) || !(S.Alive & Classes.Failure);
}

/// `return rc == 1;`: the number itself tells.
void ResultWalk::noteReturned(const WalkState &S, const Lanes &Value) {
  for (unsigned L = 0; L != MostLanes && Value.knownOver(S.Alive); ++L)
    if (S.Alive & bit(L))
      (Classes.Success & bit(L) ? Returns.Good : Returns.Bad).insert(Value.Of[L]);
}

/// What is returned untested is what a failure gives. Another number that no success comes with
/// mostly means a failure, too; callers may see that otherwise. What was made of the result is no
/// refusal: who writes `return ok & 2` means to hand it on.
bool ResultWalk::isRefusal(const WalkState &S, const Lanes *Value) {
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

/// Failures that nothing on this way can tell from some success any more. Of a wrapper's numbers
/// some may be the failures of others: there it must be each of them.
LaneSet ResultWalk::confounded(const WalkState &S, const Lanes *Value) const {
  const auto IsTold = [&](LaneSet Pair) {
    return (Value && Value->variesOver(Pair)) ||
           llvm::any_of(S.Memory, [&](const auto &Entry) { return Entry.second.variesOver(Pair); });
  };
  LaneSet Out = 0;
  for (unsigned F = 0; F != MostLanes; ++F) {
    if (!(bit(F) & S.Alive & Classes.Failure))
      continue;
    LaneSet Same = 0;
    for (unsigned G = 0; G != MostLanes; ++G)
      if (bit(G) & S.Alive & Classes.Success && !IsTold(static_cast<LaneSet>(bit(F) | bit(G))))
        Same |= bit(G);
    if (isSite() ? Same != 0 : Same == Classes.Success)
      Out |= bit(F);
  }
  return Out;
}

/// False: this way is decided.
bool ResultWalk::settle(WalkState &S, const Lanes *Value) {
  const LaneSet Mixed = confounded(S, Value);
  IsReturned = Value && Value->variesOver(S.Alive);
  IsRaw = isSite() && Value && Value->Of == Classes.Values.Of;
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

std::string ResultWalk::howLost(const WalkState &S, LaneSet Mixed, bool Converted) const {
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

std::string ResultWalk::numbers(LaneSet Set) const {
  if (Set & ~Classes.Cut) // the others say it better
    Set &= static_cast<LaneSet>(~Classes.Cut);
  std::vector<std::string> Texts;
  for (unsigned L = 0; L != MostLanes; ++L)
    if (Set & bit(L) && Classes.Values.Of[L])
      Texts.push_back(std::to_string(*Classes.Values.Of[L]));
  if (Texts.empty()) // it is left in memory
    return Set & Classes.Failure ? "a failure" : "success";
  return llvm::join(Texts, " or ");
}

void ResultWalk::notProven(const std::string &Why, std::string How) {
  if (!Unproven.empty())
    return;
  Unproven = Why;
  Cure = std::move(How);
}

void ResultWalk::report(const WalkState &S, const std::string &How) {
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
  F.Across = !isSite();
  if (F.Across)
    F.Path.push_back({J.Words.at(Asked.Call), J.Words.function(Asked.Call.Body),
                      J.Words.callee(Asked.Call) + " hands it on as " + numbers(Classes.Failure),
                      PathStepKind::Return});
  llvm::append_range(F.Path, Walk.steps(S, [](InstRef) { return false; }));
  F.SiteKey = Of.role() + "|" + Callee + "|" + J.Words.callee(There);
  Findings.push_back(std::move(F));
}
