#include "analysis/solve/ReturnedNumbers.h"

using namespace assay;

namespace {

class ReturnWalk : public WalkClient {
public:
  ReturnWalk(const Judging &J, InstRef Call, const ResultClasses &Result)
      : Call(Call), Result(Result), View(J.Prog, Call.Body), Facts(View.Data), Walk(J, *this) {}

  ReturnedNumbers run() {
    Walk.run(Call, Result, knownBefore());
    return std::move(Found);
  }

  /// Round a loop the same call gives its next result, and is walked from there.
  bool onCall(WalkState &S, InstRef At) override { return At != Call || !S.Callers.empty(); }
  bool wantsInto(EntityId) override { return false; }
  bool doubtsUnresolved() const override { return false; }
  bool keepsConstants() const override { return true; }
  bool asksWhoTests() const override { return false; }
  bool onBlock(WalkState &) override { return true; }
  void onSplit(WalkState &, InstRef, LaneSet) override {}
  void onEnd(WalkState &, WayEnd How) override { Found.Known &= How != WayEnd::OutOfEffort; }

  bool onReturn(WalkState &S, const Lanes *Value) override {
    for (unsigned L = 0; L != MostLanes; ++L) {
      const auto Lane = static_cast<LaneSet>(1u << L);
      if (!(S.Alive & Lane))
        continue;
      if (!Value || !Value->Of[L])
        Found.Known = false;
      else
        (Result.Success & Lane ? Found.AfterSuccess : Found.AfterFailure).insert(*Value->Of[L]);
    }
    return false; // callers have results of their own
  }

private:
  /// `st = ERROR; ... if (verify() != 1) goto fail; st = OK; fail: return st;` begins before the
  /// call.
  WalkMemory knownBefore() {
    WalkMemory Known;
    for (uint32_t Local = 0; Local != rowCount(View.Data.locals()); ++Local)
      if (const auto Number = setBefore(Local))
        Known[{BaseKind::Local, Local, {}}] = Lanes::all(*Number);
    return Known;
  }

  /// The one number that every way to the call has left in the local, if it is one.
  std::optional<int64_t> setBefore(uint32_t Local) const {
    std::optional<int64_t> Only;
    std::set<uint32_t> Seen;
    std::vector<std::pair<uint32_t, uint32_t>> Work = {{Facts.blockOf(Call.Inst), Call.Inst}};
    while (!Work.empty()) {
      const auto [Block, End] = Work.back();
      Work.pop_back();
      if (const auto Stored = lastStore(Local, Block, End)) {
        const auto Number = number(*Stored);
        if (!Number || (Only && Only != Number))
          return std::nullopt;
        Only = Number;
        continue;
      }
      if (Block == 0)
        return std::nullopt;
      for (uint32_t Before : Facts.predecessors(Block))
        if (Seen.insert(Before).second) {
          const assay::Block &Data = *View.Data.blocks()->Get(Before);
          Work.push_back({Before, Data.first_inst() + Data.num_insts()});
        }
    }
    return Only;
  }

  std::optional<Operand> lastStore(uint32_t Local, uint32_t Block, uint32_t End) const {
    for (uint32_t I = End, First = View.Data.blocks()->Get(Block)->first_inst(); I-- > First;) {
      if (View.Insts[I].op() != Op::Store)
        continue;
      const Place &To = View.Places[View.Insts[I].a()];
      if (To.kind() == BaseKind::Local && To.base() == Local)
        return Operand(View.Insts[I].b());
    }
    return std::nullopt;
  }

  std::optional<int64_t> number(Operand O) const {
    while (O.is(OperandKind::Temp) && View.Insts[O.index()].op() == Op::Copy)
      O = Operand(View.Insts[O.index()].a());
    if (!O.is(OperandKind::Const) || View.Constants[O.index()].kind() != ConstantKind::Int)
      return std::nullopt;
    return View.Constants[O.index()].value();
  }

  const InstRef Call;
  const ResultClasses &Result;
  const BodyView View;
  const BodyFacts Facts;
  ForwardWalk Walk;
  ReturnedNumbers Found;
};

} // namespace

ReturnedNumbers assay::returnedAfter(const Judging &J, InstRef Call, const ResultClasses &Result) {
  return ReturnWalk(J, Call, Result).run();
}
