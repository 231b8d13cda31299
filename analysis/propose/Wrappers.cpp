#include "analysis/propose/Wrappers.h"

#include "analysis/solve/ReturnedNumbers.h"

using namespace assay;

namespace {

/// What the function returns after success only.
std::optional<IntCondition> conditionOf(const ReturnedNumbers &Status) {
  if (!Status.Known || Status.AfterFailure.empty())
    return std::nullopt;
  std::set<int64_t> Good;
  for (int64_t X : Status.AfterSuccess)
    if (!Status.AfterFailure.count(X))
      Good.insert(X);
  using Op = IntCondition::Op;
  if (Good.size() == 1)
    return IntCondition{Op::EQ, *Good.begin()};
  if (Good.empty() || Good.size() != Status.AfterSuccess.size())
    return std::nullopt; // its success is a failure elsewhere
  if (*Status.AfterFailure.rbegin() < *Good.begin())
    return IntCondition{Op::GE, *Good.begin()};
  return std::nullopt;
}

} // namespace

std::map<std::string, Wrap::Parameter> Wrappers::bindsOf(const RoleSite &S) {
  std::map<std::string, Wrap::Parameter> Out;
  for (const auto &[Bind, Ref] : S.Call->Binds) {
    if (Ref.Where != ArgRef::Kind::Argument)
      continue;
    const Operand O = J.Values.argument(S.At, Ref.Index);
    if (O.isNone())
      continue;
    const auto Behind = ObjectNames(Bodies, S.At.Body).behind(O);
    if (Behind && Behind->Base == BaseKind::Param)
      Out.insert({Bind, {Behind->Index, Behind->Path.size() <= 1}});
  }
  return Out;
}

Wrap Wrappers::wrapAt(const RoleSite &S) {
  Wrap W;
  W.Call = S.At;
  W.Row = S.Call;
  W.Binds = bindsOf(S);
  if (!S.Call->Success)
    return W;
  J.Values.begin();
  const ResultClasses Classes =
      classesOf(*S.Call, BodyView(J.Prog, S.At.Body).Of.string(J.Prog.inst(S.At).type()));
  if (!Classes.Success || !Classes.Failure)
    return W;
  W.Success = conditionOf(returnedAfter(J, S.At, Classes));
  W.PassesOutcome = W.Success.has_value();
  return W;
}

void Wrappers::gather(llvm::ArrayRef<RoleSite> Sites, unsigned Depth,
                      std::map<EntityId, Wrap> &Into) {
  for (const RoleSite &S : Sites) {
    if (!S.Call || S.Exempt || J.Prog.body(S.At.Body).Data->kind() != BodyKind::Function)
      continue;
    auto [It, New] = Into.try_emplace(J.Prog.body(S.At.Body).Entity);
    if (!New && It->second.PassesOutcome)
      continue;
    Wrap W = wrapAt(S);
    W.Depth = Depth;
    if (New || W.PassesOutcome)
      It->second = std::move(W);
  }
}

std::vector<RoleSite> Wrappers::callsOf(const std::map<EntityId, Wrap> &Found, unsigned Depth) {
  std::vector<RoleSite> Sites;
  for (const auto &[Function, W] : Found) {
    if (W.Depth != Depth || !W.PassesOutcome)
      continue;
    FunctionModel &Row = Made.emplace_back();
    Row.Name = W.Row->Name;
    Row.Role = W.Row->Role;
    Row.Source = W.Row->Source;
    Row.Success = W.Success;
    for (const auto &[Bind, Parameter] : W.Binds)
      Row.Binds[Bind].Index = Parameter.Index;
    for (const InstRef &Call : J.Prog.callersOf(Function))
      Sites.push_back({Call, Function, &Row, nullptr, nullptr});
  }
  return Sites;
}

std::map<EntityId, Wrap> Wrappers::of(const std::string &Role) {
  std::map<EntityId, Wrap> Out;
  gather(J.Roles.sitesOf(Role), 1, Out);
  for (unsigned Depth = 1; Depth != Deepest; ++Depth) {
    const std::vector<RoleSite> Calls = callsOf(Out, Depth);
    gather(Calls, Depth + 1, Out);
  }
  return Out;
}
