#include "analysis/solve/HandedOn.h"

#include <set>

using namespace assay;

namespace {

class AnswerWalk : public WalkClient {
public:
  AnswerWalk(const Judging &J, InstRef Call, const ResultClasses &Result)
      : Call(Call), Result(Result), Walk(J, *this) {}

  std::optional<ResultClasses> run() {
    Walk.run(Call, Result, writtenBefore());
    if (!Known || Succeeded.empty() || Failed.empty() ||
        Succeeded.size() + Failed.size() > MostLanes)
      return std::nullopt;
    ResultClasses Out;
    unsigned Lane = 0;
    for (const auto &[Numbers, Set] :
         {std::pair(&Succeeded, &Out.Success), {&Failed, &Out.Failure}})
      for (int64_t X : *Numbers) {
        if (Set == &Out.Failure && Succeeded.count(X))
          return std::nullopt;
        Out.Values.Of[Lane] = X;
        *Set |= static_cast<LaneSet>(1u << Lane++);
      }
    return Out;
  }

  bool onCall(WalkState &S, InstRef At) override { return At != Call || !S.Callers.empty(); }
  bool wantsInto(EntityId) override { return false; }
  bool doubtsUnresolved() const override { return false; }
  bool keepsConstants() const override { return true; }
  bool asksWhoTests() const override { return false; }
  bool onBlock(WalkState &) override { return true; }
  void onSplit(WalkState &, InstRef, LaneSet) override {}

  bool onReturn(WalkState &S, const Lanes *Value) override {
    for (unsigned L = 0; L != MostLanes; ++L) {
      const auto Lane = static_cast<LaneSet>(1u << L);
      if (!(S.Alive & Lane))
        continue;
      if (!Value || !Value->Of[L])
        Known = false;
      else
        (Result.Success & Lane ? Succeeded : Failed).insert(*Value->Of[L]);
    }
    return false;
  }
  void onEnd(WalkState &, WayEnd How) override { Known &= How != WayEnd::OutOfEffort; }

private:
  /// `int rc = -1;` on the only way to the call.
  WalkMemory writtenBefore() {
    const BodyView &B = Walk.view(Call.Body);
    const BodyFacts Facts(B.Data);
    WalkMemory Written;
    std::set<WalkPlace> Met;
    uint32_t Block = Facts.blockOf(Call.Inst), End = Call.Inst;
    for (unsigned Left = 64; Left; --Left) {
      for (uint32_t I = End, First = B.Data.blocks()->Get(Block)->first_inst(); I-- > First;)
        if (B.Insts[I].op() == Op::Store)
          note(B, B.Insts[I], Met, Written);
      if (Facts.predecessors(Block).size() != 1)
        break;
      Block = Facts.predecessors(Block).front();
      const auto &Before = *B.Data.blocks()->Get(Block);
      End = Before.first_inst() + Before.num_insts();
    }
    return Written;
  }

  void note(const BodyView &B, const Inst &Store, std::set<WalkPlace> &Met, WalkMemory &Written) {
    const Place &To = B.Places[Store.a()];
    if (To.kind() != BaseKind::Local || To.path_len())
      return;
    const WalkPlace Name = Walk.placeOf(Call.Body, To);
    const Operand Value(Store.b());
    if (Met.insert(Name).second && Value.is(OperandKind::Const) &&
        B.Constants[Value.index()].kind() == ConstantKind::Int)
      Written[Name] = Lanes::all(B.Constants[Value.index()].value());
  }

  InstRef Call;
  const ResultClasses &Result;
  ForwardWalk Walk;
  std::set<int64_t> Succeeded, Failed;
  bool Known = true;
};

std::optional<ResultClasses> answersOf(const Judging &J, InstRef Call,
                                       const ResultClasses &Result) {
  return AnswerWalk(J, Call, Result).run();
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
