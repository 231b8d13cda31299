#include "analysis/solve/HandedOn.h"

#include "analysis/solve/ReturnedNumbers.h"

using namespace assay;

namespace {

/// As a result that has classes of its own; nothing: some number means both.
std::optional<ResultClasses> answersOf(const Judging &J, InstRef Call,
                                       const ResultClasses &Result) {
  const ReturnedNumbers Status = returnedAfter(J, Call, Result);
  if (!Status.Known || Status.AfterSuccess.empty() || Status.AfterFailure.empty() ||
      Status.AfterSuccess.size() + Status.AfterFailure.size() > MostLanes)
    return std::nullopt;
  ResultClasses Out;
  unsigned Lane = 0;
  for (const auto &[Numbers, Set] :
       {std::pair(&Status.AfterSuccess, &Out.Success), {&Status.AfterFailure, &Out.Failure}})
    for (int64_t X : *Numbers) {
      if (Set == &Out.Failure && Status.AfterSuccess.count(X))
        return std::nullopt;
      Out.Values.Of[Lane] = X;
      *Set |= static_cast<LaneSet>(1u << Lane++);
    }
  return Out;
}

constexpr size_t MostWrappers = 64;

} // namespace

bool assay::isJudgedByCall(const Judging &J, EntityId Function) {
  return llvm::any_of(J.Roles.rowsOf(Function),
                      [](const FunctionModel *Row) { return Row->Success.has_value(); });
}

std::vector<InstRef> assay::callsHandedOn(const Judging &J, InstRef Call,
                                          const ResultClasses &Result) {
  std::vector<std::pair<InstRef, ResultClasses>> Work = {{Call, Result}};
  std::set<EntityId> Met;
  std::vector<InstRef> Out;
  while (!Work.empty()) {
    const auto [At, Classes] = Work.back();
    Work.pop_back();
    const EntityId Function = J.Prog.body(At.Body).Entity;
    if (isJudgedByCall(J, Function) || !Met.insert(Function).second || Met.size() > MostWrappers)
      continue;
    const auto Status = answersOf(J, At, Classes);
    if (!Status)
      continue;
    for (InstRef Caller : J.Prog.callersOf(Function)) {
      const Callees To = J.Prog.calleesOf(Caller);
      if (!To.Complete || To.Targets.size() != 1 || J.Roles.isOutOfScope(Caller.Body) ||
          !J.Asked.callable(Caller.Body))
        continue;
      Out.push_back(Caller);
      Work.push_back({Caller, *Status});
    }
  }
  return Out;
}
