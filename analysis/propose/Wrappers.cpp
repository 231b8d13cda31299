#include "analysis/propose/Wrappers.h"

using namespace assay;

namespace {

/// Gathers what a function returns in each lane of one call's result.
class Returns : public WalkClient {
public:
  Returns(const Judging &J, ResultClasses Classes) : Classes(Classes), Walk(J, *this) {}

  void run(InstRef Call, WalkMemory Known) { Walk.run(Call, Classes, std::move(Known)); }

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
  Gathered.run(S.At, knownBefore(S));
  W.Success = Gathered.condition();
  W.PassesOutcome = W.Success.has_value();
  return W;
}

/// The one number that every way to here has left in the local, if it is one.
std::optional<int64_t> Wrappers::setBefore(InstRef At, uint32_t Local) {
  const BodyView B(J.Prog, At.Body);
  const BodyFacts &Facts = Bodies[At.Body];
  std::optional<int64_t> Only;
  std::set<uint32_t> Seen;
  std::vector<std::pair<uint32_t, uint32_t>> Work = {{Facts.blockOf(At.Inst), At.Inst}};
  auto IsSet = [&](uint32_t I) -> std::optional<Operand> {
    if (B.Insts[I].op() != Op::Store)
      return std::nullopt;
    const Place &To = B.Places[B.Insts[I].a()];
    const bool Same = To.kind() == BaseKind::Local && To.base() == Local;
    return Same ? std::optional(Operand(B.Insts[I].b())) : std::nullopt;
  };
  while (!Work.empty()) {
    auto [Block, Next] = Work.back();
    Work.pop_back();
    std::optional<Operand> Found;
    for (const uint32_t First = B.Data.blocks()->Get(Block)->first_inst(); Next > First && !Found;)
      Found = IsSet(--Next);
    if (Found) {
      while (Found->is(OperandKind::Temp) && B.Insts[Found->index()].op() == Op::Copy)
        Found = Operand(B.Insts[Found->index()].a());
      if (!Found->is(OperandKind::Const) || B.Constants[Found->index()].kind() != ConstantKind::Int)
        return std::nullopt;
      const int64_t Number = B.Constants[Found->index()].value();
      if (Only && *Only != Number)
        return std::nullopt;
      Only = Number;
      continue;
    }
    if (Block == 0)
      return std::nullopt;
    for (uint32_t Before : Facts.predecessors(Block))
      if (Seen.insert(Before).second) {
        const assay::Block &Data = *B.Data.blocks()->Get(Before);
        Work.push_back({Before, Data.first_inst() + Data.num_insts()});
      }
  }
  return Only;
}

/// `st = ERROR; ... if (verify() != 1) goto fail; st = OK; fail: return st;` begins before the
/// call.
WalkMemory Wrappers::knownBefore(const RoleSite &S) {
  const BodyView B(J.Prog, S.At.Body);
  WalkMemory Known;
  for (uint32_t Local = 0; Local != rowCount(B.Data.locals()); ++Local)
    if (const auto Number = setBefore(S.At, Local))
      Known[{BaseKind::Local, Local, {}}] = Lanes::all(*Number);
  return Known;
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
