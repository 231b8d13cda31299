#include "analysis/solve/KnownBefore.h"

using namespace assay;

namespace {

class StoresBefore {
public:
  StoresBefore(const BodyView &B, const BodyFacts &Facts, uint32_t Call)
      : View(B), Facts(Facts), Call(Call) {}

  /// The one number that every way to the call has left in the local, if it is one.
  std::optional<int64_t> setBefore(uint32_t Local) const {
    std::optional<int64_t> Only;
    std::set<uint32_t> Seen;
    std::vector<std::pair<uint32_t, uint32_t>> Work = {{Facts.blockOf(Call), Call}};
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

private:
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
    O = View.unconverted(O);
    if (!O.is(OperandKind::Const) || View.Constants[O.index()].kind() != ConstantKind::Int)
      return std::nullopt;
    return View.Constants[O.index()].value();
  }

  const BodyView &View;
  const BodyFacts &Facts;
  const uint32_t Call;
};

} // namespace

WalkMemory assay::knownBefore(const BodyView &B, const BodyFacts &Facts, uint32_t Call) {
  const StoresBefore Stores(B, Facts, Call);
  WalkMemory Known;
  for (uint32_t Local = 0; Local != rowCount(B.Data.locals()); ++Local)
    if (const auto Number = Stores.setBefore(Local))
      Known[{BaseKind::Local, Local, {}}] = Lanes::all(*Number);
  return Known;
}
