#include "analysis/solve/HandedOn.h"

#include "analysis/solve/ReturnedNumbers.h"

using namespace assay;

namespace {

constexpr size_t MostWrappers = 64;

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
      // A pointer that is null after a failure is no status.
      if (llvm::all_of(Of.Successes, [&](const Outcome &O) { return In(O).has_value(); }) &&
          tells(In))
        Left.push_back(Place);
    }
  }

  /// As a result that has classes of its own; nothing: no number means failure only, or there are
  /// too many.
  std::optional<HandedStatus> status() {
    auto Status = statusOf();
    if (!Status && IsReturned && !Left.empty()) {
      // What memory says as well is left out, so only who drops the number can be blamed.
      Left.clear();
      Status = statusOf();
      if (Status)
        Status->IsNoticed = true;
    }
    return Status;
  }

private:
  std::optional<HandedStatus> statusOf() const {
    std::set<Key> Bad, Good;
    for (const Outcome &O : Of.Failures)
      Bad.insert(keyOf(O));
    for (const Outcome &O : Of.Successes)
      if (Key K = keyOf(O); !Bad.count(K)) // else it is the failure of something that follows
        Good.insert(std::move(K));
    const bool Tells = IsReturned || !Left.empty();
    if (!Tells || Good.empty() || Good.size() + Bad.size() > MostLanes)
      return std::nullopt;
    HandedStatus Out;
    Out.IsReturned = IsReturned;
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
  bool IsReturned = false;
  std::vector<WalkPlace> Left;
};

/// Of the function that the call stands in.
std::optional<HandedStatus> statusAfter(const Judging &J, IdleDetours &Telling,
                                        const HandedStatus &Call) {
  const ReturnedNumbers All = returnedAfter(J, Call.Call, Call.Classes, Call.Left);
  auto Status = All.Complete ? Outcomes(All).status() : std::nullopt;
  if (Status)
    Status->IsNoticed |= Call.IsNoticed || !llvm::all_of(All.ByFailure, [&](InstRef At) {
                           return Telling.isIdle(At);
                         });
  return Status;
}

} // namespace

bool assay::isJudgedByCall(const Judging &J, EntityId Function) {
  return llvm::any_of(J.Roles.rowsOf(Function),
                      [](const FunctionModel *Row) { return Row->Success.has_value(); });
}

std::vector<HandedStatus> assay::callsHandedOn(const Judging &J, IdleDetours &Telling, InstRef Call,
                                               const ResultClasses &Result) {
  std::vector<HandedStatus> Work = {{Call, Result, {}}}, Out;
  std::set<InstRef> Met;
  while (!Work.empty()) {
    const HandedStatus At = std::move(Work.back());
    Work.pop_back();
    const EntityId Function = J.Prog.body(At.Call.Body).Entity;
    if (isJudgedByCall(J, Function) || !Met.insert(At.Call).second || Met.size() > MostWrappers)
      continue;
    const auto Status = statusAfter(J, Telling, At);
    if (!Status)
      continue;
    for (InstRef Caller : J.Prog.callersOf(Function)) {
      const Callees To = J.Prog.calleesOf(Caller);
      if (!To.Complete || To.Targets.size() != 1 || J.Roles.isOutOfScope(Caller.Body) ||
          !J.Asked.callable(Caller.Body))
        continue;
      Out.push_back(*Status);
      Out.back().Call = Caller;
      Work.push_back(Out.back());
    }
  }
  return Out;
}
