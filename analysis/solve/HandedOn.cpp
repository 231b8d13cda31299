#include "analysis/solve/HandedOn.h"

#include "analysis/solve/ReturnedNumbers.h"

using namespace assay;

namespace {

constexpr size_t MostWrappers = 64, MostCallers = ForwardWalk::MostCallers;

/// What of a function's outcomes tells its failures from its successes.
class Outcomes {
public:
  explicit Outcomes(const ReturnedNumbers &Of) : Of(Of) {
    IsReturned = tells([](const Outcome &O) { return O.Number; });
    std::set<WalkPlace> Places;
    for (const Outcome &O : Of.Failures)
      for (const auto &[Place, Number] : O.Left)
        Places.insert(Place);
    for (const WalkPlace &Place : Places) {
      const auto In = [&](const Outcome &O) { return numberIn(O, Place); };
      if (!tells(In))
        continue;
      // A pointer that is null after a failure is no status.
      if (llvm::all_of(Of.Successes, [&](const Outcome &O) { return In(O).has_value(); }))
        Left.push_back(Place);
      else if (llvm::none_of(Of.Successes, [&](const Outcome &O) { return In(O).has_value(); }))
        IsMarked |= llvm::none_of(Of.Failures, [&](const Outcome &O) { return In(O) == 0; });
    }
  }

  /// As a result that has classes of its own; nothing: no number means failure only, or `TooMany`.
  std::optional<HandedStatus> status() {
    auto Status = statusOf();
    if (!Status && IsReturned && !Left.empty()) {
      // What memory says as well is left out, so only who drops the number can be blamed.
      Left.clear();
      Status = statusOf();
      if (Status)
        Status->IsNoticed = true;
    }
    TooMany &= !Status;
    return Status;
  }

  bool TooMany = false; ///< there are more numbers than can be followed

private:
  std::optional<HandedStatus> statusOf() {
    std::set<Key> Bad, Good;
    for (const Outcome &O : Of.Failures)
      Bad.insert(keyOf(O));
    for (const Outcome &O : Of.Successes)
      if (Key K = keyOf(O); !Bad.count(K)) // else it is the failure of something that follows
        Good.insert(std::move(K));
    const bool Tells = IsReturned || !Left.empty();
    if (!Tells || Good.empty())
      return std::nullopt;
    TooMany |= Good.size() + Bad.size() > MostLanes;
    if (Good.size() + Bad.size() > MostLanes)
      return std::nullopt;
    HandedStatus Out;
    Out.IsReturned = IsReturned;
    Out.IsMarked = IsMarked;
    unsigned Lane = 0;
    for (const auto &[Keys, Set] :
         {std::pair(&Good, &Out.Classes.Success), {&Bad, &Out.Classes.Failure}})
      for (const Key &K : *Keys) {
        *Set |= static_cast<LaneSet>(1u << Lane);
        Out.Classes.Values.Of[Lane] = K.front();
        for (size_t P = 0; P != Left.size(); ++P)
          Out.Left[Left[P]].Of[Lane] = K[P + 1];
        ++Lane;
      }
    return Out;
  }

  /// What is returned, and what lies in each place.
  using Key = std::vector<LaneValue>;

  static LaneValue numberIn(const Outcome &O, const WalkPlace &Place) {
    auto It = O.Left.find(Place);
    return It == O.Left.end() ? std::nullopt : It->second;
  }

  /// A number after each failure, and another one, which need not be known, after some success.
  bool tells(llvm::function_ref<LaneValue(const Outcome &)> In) const {
    std::set<LaneValue> Bad;
    for (const Outcome &O : Of.Failures)
      Bad.insert(In(O));
    return !Bad.empty() && !Bad.count(std::nullopt) &&
           llvm::any_of(Of.Successes, [&](const Outcome &O) { return !Bad.count(In(O)); });
  }

  Key keyOf(const Outcome &O) const {
    Key Out = {O.Number};
    for (const WalkPlace &Place : Left)
      Out.push_back(numberIn(O, Place));
    return Out;
  }

  const ReturnedNumbers &Of;
  bool IsReturned = false, IsMarked = false;
  std::vector<WalkPlace> Left;
};

/// Of the function that the call stands in. `Complete` becomes false where that is not known.
std::optional<HandedStatus> statusAfter(const Judging &J, IdleDetours &Telling,
                                        const HandedStatus &Call, bool &Complete) {
  const ReturnedNumbers All = returnedAfter(J, Call.Call, Call.Classes, Call.Left);
  Outcomes Of(All);
  auto Status = All.Complete ? Of.status() : std::nullopt;
  Complete &= All.Complete && !Of.TooMany;
  if (Status) {
    Status->IsMarked |= Call.IsMarked;
    Status->IsNoticed |= Call.IsNoticed || !llvm::all_of(All.ByFailure, [&](InstRef At) {
                           return Telling.isIdle(At);
                         });
  }
  return Status;
}

/// The calls that go to this function and to no other.
std::vector<InstRef> callersToAsk(const Judging &J, EntityId Function) {
  std::vector<InstRef> Out;
  if (isJudgedByCall(J, Function))
    return Out;
  for (InstRef Caller : J.Prog.callersOf(Function)) {
    const Callees To = J.Prog.calleesOf(Caller);
    if (To.Complete && To.Targets.size() == 1 && !J.Roles.isOutOfScope(Caller.Body) &&
        J.Asked.callable(Caller.Body))
      Out.push_back(Caller);
  }
  return Out;
}

/// `if (fill(a)) return -1; if (fill(b)) return -2;`: to who calls this, -2 is no success of the
/// first either.
void takeOutOthersFailures(std::vector<HandedStatus> &Of) {
  const auto In = [](const HandedStatus &S, LaneSet Set, unsigned Lane) {
    return S.Left.empty() && (Set >> Lane & 1);
  };
  std::map<InstRef, std::set<LaneValue>> Bad;
  for (const HandedStatus &S : Of)
    for (unsigned L = 0; L != MostLanes; ++L)
      if (In(S, S.Classes.Failure, L))
        Bad[S.Call].insert(S.Classes.Values.Of[L]);
  for (HandedStatus &S : Of) {
    LaneSet Good = 0;
    for (unsigned L = 0; L != MostLanes; ++L)
      if (In(S, S.Classes.Success, L) && !Bad[S.Call].count(S.Classes.Values.Of[L]))
        Good |= static_cast<LaneSet>(1u << L);
    if (Good)
      S.Classes.Success = Good;
  }
}

} // namespace

bool assay::isJudgedByCall(const Judging &J, EntityId Function) {
  return llvm::any_of(J.Roles.rowsOf(Function),
                      [](const FunctionModel *Row) { return Row->Success.has_value(); });
}

HandedOn assay::callsHandedOn(const Judging &J, IdleDetours &Telling, InstRef Call,
                              const ResultClasses &Result) {
  std::vector<HandedStatus> Work = {{Call, Result, {}}};
  std::set<HandedStatus> Met;
  HandedOn Out;
  for (size_t Wrappers = 0; !Work.empty();) {
    const HandedStatus At = std::move(Work.back());
    Work.pop_back();
    std::vector<InstRef> Callers = callersToAsk(J, J.Prog.body(At.Call.Body).Entity);
    if (Callers.empty())
      continue;
    if (Wrappers++ == MostWrappers) {
      Out.Complete = false;
      break;
    }
    auto Status = statusAfter(J, Telling, At, Out.Complete);
    if (!Status)
      continue;
    if (Callers.size() > MostCallers) {
      Out.Complete = false;
      Callers.resize(MostCallers);
    }
    for (InstRef Caller : Callers) {
      Status->Call = Caller;
      if (!Met.insert(*Status).second)
        continue;
      Out.Calls.push_back(*Status);
      Work.push_back(*Status);
    }
  }
  takeOutOthersFailures(Out.Calls);
  return Out;
}
