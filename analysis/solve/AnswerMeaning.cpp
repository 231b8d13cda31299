#include "analysis/solve/AnswerMeaning.h"

#include <bit>

using namespace assay;

HandedStatus assay::onlySuccess(HandedStatus Of) {
  Of.Classes.Failure = 0;
  return Of;
}

HandedStatus assay::onlyFailure(HandedStatus Of) {
  Of.Classes.Success = 0;
  return Of;
}

static std::optional<PinnedCall> failing(const HandedStatus &Of) {
  const LaneSet Bad = Of.Classes.Failure;
  if (!Bad || !Of.Left.empty())
    return std::nullopt;
  const LaneValue Number = Of.Classes.Values.Of[static_cast<unsigned>(std::countr_zero(Bad))];
  return Number ? std::optional(PinnedCall(Of.Call, *Number)) : std::nullopt;
}

AnswerMeaning::AnswerMeaning(const Judging &J, const HandedStatus &Of, const HandedStatus &Aside,
                             IdleDetours &Telling)
    : J(J), Body(Of.Call.Body), Telling(Telling) {
  const auto Nowhere = [](InstRef) { return false; };
  Good = waysAfter(J, onlySuccess(Of), Nowhere);
  Bad = waysAfter(J, onlyFailure(Of), Nowhere, failing(Aside));
  for (const Outcome &O : Good.Ends)
    if (O.Number)
      GoodNumbers.insert(*O.Number);
    else
      IsGoodKnown = false;
  for (const Outcome &O : Bad.Ends)
    if (O.Number)
      BadNumbers.insert(*O.Number);
    else
      IsBadKnown = false;
}

/// Failures lie on one side: they are negative, none is positive, or all are.
Meaning AnswerMeaning::ofNumber(int64_t N) const {
  const bool IsGood = GoodNumbers.count(N);
  if (!IsBadKnown)
    return Meaning::Nothing;
  if (BadNumbers.count(N))
    return IsGood ? Meaning::Nothing : Meaning::Refused;
  if (BadNumbers.empty())
    return IsGood ? Meaning::Granted : Meaning::Nothing;
  const int64_t Least = *BadNumbers.begin(), Most = *BadNumbers.rbegin();
  const auto Fits = [&](int64_t X) {
    return Most < 0 ? X >= 0 : Least > 0 ? X == 0 : Most == 0 ? X > 0 : IsGood;
  };
  if (!Fits(N))
    return Meaning::Refused;
  if (IsGood)
    return Meaning::Granted;
  const bool IsLike = !IsGoodKnown || llvm::any_of(GoodNumbers, Fits);
  return IsLike ? Meaning::Alike : Meaning::Nothing;
}

/// session->is_admin = 1
bool AnswerMeaning::isLeftBySuccess(const Outcome &O) const {
  return llvm::any_of(O.Left, [&](const auto &Entry) {
    const auto &[Place, Number] = Entry;
    const auto Holds = [&](const Outcome &Other, bool IfUnknown) {
      const auto It = Other.Left.find(Place);
      return It != Other.Left.end() && (It->second ? It->second == Number : IfUnknown);
    };
    return Number && *Number != 0 &&
           llvm::any_of(Good.Ends, [&](const Outcome &G) { return Holds(G, false); }) &&
           llvm::none_of(Bad.Ends, [&](const Outcome &B) { return Holds(B, true); });
  });
}

Meaning AnswerMeaning::ofEnd(const Outcome &O) const {
  const Meaning Says = O.Number ? ofNumber(*O.Number) : Meaning::Nothing;
  return Says == Meaning::Nothing && isLeftBySuccess(O) ? Meaning::Granted : Says;
}

/// Functions that are called for what they do, by whatever place. What a library does for a text or
/// for memory says nothing.
std::set<EntityId> AnswerMeaning::deedsOf(const WaysAfter &Ways) const {
  std::set<EntityId> Out;
  for (uint32_t I : Ways.Met) {
    const Inst &In = J.Prog.inst({Body, I});
    const bool IsPlain = CallKind(In.sub()) <= CallKind::Virtual && !Telling.isIdle({Body, I});
    for (EntityId T : J.Prog.calleesOf({Body, I}).Targets)
      if (IsPlain && J.Roles.rowsOf(T).empty() && !J.Prog.entity(T).has(EntityFlag::SystemHeader))
        Out.insert(T);
  }
  return Out;
}

Meaning AnswerMeaning::of(const WaysAfter &Ways, llvm::function_ref<bool(InstRef)> IsOther) const {
  if (!Good.Complete || !Bad.Complete)
    return Meaning::Nothing;
  Meaning Most = Meaning::Nothing;
  bool IsOpen = Ways.Ends.empty(); // some way is not refused by what it returns
  for (const Outcome &O : Ways.Ends) {
    const Meaning Says = ofEnd(O);
    IsOpen |= Says != Meaning::Refused;
    if (Says != Meaning::Refused)
      Most = std::max(Most, Says);
  }
  if (Most != Meaning::Nothing || !IsOpen)
    return Most;
  WaysAfter Own = Ways;
  for (uint32_t I : Ways.Met)
    if (IsOther({Body, I}))
      Own.Met.erase(I);
  const std::set<EntityId> Mine = deedsOf(Own), Theirs = deedsOf(Good), Failed = deedsOf(Bad);
  return llvm::any_of(Mine, [&](EntityId T) { return Theirs.count(T) && !Failed.count(T); })
             ? Meaning::Alike
             : Meaning::Nothing;
}
