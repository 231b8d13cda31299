#include "analysis/propose/Wrappers.h"

using namespace assay;

namespace {

/// Gathers what a function returns in each lane of one call's result.
class Returns : public WalkClient {
public:
  Returns(const Judging &J, ResultClasses Classes) : Classes(Classes), Walk(J, *this) {}

  void run(InstRef Call) { Walk.run(Call, Classes); }

  bool onCall(WalkState &, InstRef) override { return true; }
  bool wantsInto(EntityId) override { return false; }
  bool doubtsUnresolved() const override { return false; }
  bool keepsConstants() const override { return true; }
  bool onBlock(WalkState &) override { return true; }
  void onSplit(WalkState &, InstRef, LaneSet) override {}
  void onEnd(WalkState &, WayEnd How) override { Unknown |= How == WayEnd::OutOfEffort; }

  bool onReturn(WalkState &S, const Lanes *Value) override {
    for (unsigned L = 0; L != MostLanes; ++L) {
      const auto Lane = static_cast<LaneSet>(1u << L);
      if (!(S.Alive & Lane))
        continue;
      if (!Value || !Value->Of[L])
        Unknown = true;
      else
        (Classes.Success & Lane ? AfterSuccess : AfterFailure).insert(*Value->Of[L]);
    }
    return false; // callers have results of their own
  }

  /// What this function returns after success only.
  std::optional<IntCondition> condition() const {
    if (Unknown || AfterFailure.empty())
      return std::nullopt;
    std::set<int64_t> Good;
    for (int64_t X : AfterSuccess)
      if (!AfterFailure.count(X))
        Good.insert(X);
    using Op = IntCondition::Op;
    if (Good.size() == 1)
      return IntCondition{Op::EQ, *Good.begin()};
    if (Good.empty() || Good.size() != AfterSuccess.size())
      return std::nullopt; // its success is a failure elsewhere
    if (*AfterFailure.rbegin() < *Good.begin())
      return IntCondition{Op::GE, *Good.begin()};
    return std::nullopt;
  }

private:
  ResultClasses Classes;
  ForwardWalk Walk;
  std::set<int64_t> AfterSuccess, AfterFailure;
  bool Unknown = false;
};

} // namespace

std::string assay::textOf(const IntCondition &C) {
  static constexpr const char *Signs[] = {"== ", "!= ", "< ", "<= ", "> ", ">= ", "& "};
  return Signs[static_cast<unsigned>(C.Operator)] + std::to_string(C.Value);
}

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
  Returns Gathered(J, Classes);
  Gathered.run(S.At);
  W.Success = Gathered.condition();
  W.PassesOutcome = W.Success.has_value();
  return W;
}

std::map<EntityId, Wrap> Wrappers::of(const std::string &Role) {
  std::map<EntityId, Wrap> Out;
  for (const RoleSite &S : J.Roles.sitesOf(Role)) {
    if (!S.Call || S.Exempt || J.Prog.body(S.At.Body).Data->kind() != BodyKind::Function)
      continue;
    const EntityId In = J.Prog.body(S.At.Body).Entity;
    auto It = Out.find(In);
    if (It != Out.end() && It->second.PassesOutcome)
      continue;
    Wrap W = wrapAt(S);
    if (It == Out.end())
      Out.emplace(In, std::move(W));
    else if (W.PassesOutcome)
      It->second = std::move(W);
  }
  return Out;
}
