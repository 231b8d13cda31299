#include "analysis/solve/FreedGlobals.h"

using namespace assay;

std::optional<ObjectPath> FreedGlobals::named(const FollowSites::Meaning &Site, InstRef Call) {
  const auto Bound = boundOperand(*Site.Site, P.As.empty() ? P.Same : P.As, J);
  return Bound ? Walk.behind(Call.Body, *Bound) : std::nullopt;
}

void FreedGlobals::find() {
  All.emplace();
  for (const auto &[Call, Site] : Sites.Frees)
    if (auto What = named(Site, Call)) {
      if (What->Base == BaseKind::Param)
        findWrappers(Call, *What);
      All->push_back({Call, std::move(*What)});
    }
}

/// Calls of the function that frees its parameter.
void FreedGlobals::findWrappers(InstRef Call, const ObjectPath &What) {
  for (InstRef Outer : J.Prog.callersOf(J.Prog.body(Call.Body).Entity))
    if (auto Outside = Walk.outward(What, Outer))
      All->push_back({Outer, std::move(*Outside)});
}

/// A function of the program that wipes what this parameter points to, on some way.
bool FreedGlobals::wipesParameter(InstRef Call, unsigned Index) {
  const auto Targets = J.Prog.calleesOf(Call).Targets;
  return !Targets.empty() && llvm::all_of(Targets, [&](EntityId T) {
    return llvm::any_of(J.Prog.bodiesOf(J.Prog.definitionOf(T)), [&](BodyId In) {
      return llvm::any_of(Sites.Wanted, [&](const auto &Wipe) {
        const auto What = Wipe.first.Body == In ? named(Wipe.second, Wipe.first) : std::nullopt;
        return What && What->Base == BaseKind::Param && What->Index == Index;
      });
    });
  });
}

/// Calls of a body that wipe the object, or something of what is freed that it lies in.
std::set<uint32_t> FreedGlobals::wipesIn(const Freed &F, const ObjectPath &Object) {
  std::set<uint32_t> Wipes;
  const auto Add = [&](uint32_t Call, const std::optional<ObjectPath> &What) {
    if (What && What->stepsTo(Object) && F.What.stepsTo(*What))
      Wipes.insert(Call);
  };
  const BodyView &B = Walk.view(F.At.Body);
  for (uint32_t I = 0; I != B.Insts.size(); ++I) {
    if (B.Insts[I].op() != Op::Call)
      continue;
    if (auto Direct = Sites.Wanted.find({F.At.Body, I}); Direct != Sites.Wanted.end())
      Add(I, named(Direct->second, Direct->first));
    const auto Args = B.argsOf(B.Insts[I]);
    for (unsigned A = 0; A != Args.size(); ++A)
      if (wipesParameter({F.At.Body, I}, A))
        Add(I, Walk.behind(F.At.Body, Operand(Args[A])));
  }
  return Wipes;
}

/// The first block of a body leads to the call only through blocks in which the object, or what it
/// lies in, is wiped.
bool FreedGlobals::isWipedBefore(const Freed &F, const ObjectPath &Object) {
  const BodyView &B = Walk.view(F.At.Body);
  const std::set<uint32_t> Wipes = wipesIn(F, Object);
  std::set<uint32_t> Seen = {0};
  std::vector<uint32_t> Work = {0};
  while (!Work.empty()) {
    const Block &Data = *B.Data.blocks()->Get(Work.back());
    Work.pop_back();
    const auto First = Wipes.lower_bound(Data.first_inst());
    const uint32_t End = Data.first_inst() + Data.num_insts();
    const bool HasWipe = First != Wipes.end() && *First < End;
    if (F.At.Inst >= Data.first_inst() && F.At.Inst < End)
      return HasWipe && *First < F.At.Inst;
    for (uint32_t To : rows(B.Data.succs()).slice(Data.first_succ(), Data.num_succs()))
      if (!HasWipe && To < rowCount(B.Data.blocks()) && Seen.insert(To).second)
        Work.push_back(To);
  }
  return true;
}

std::string FreedGlobals::unwiped(const ObjectPath &Object) {
  if (Object.Base != BaseKind::Global)
    return "";
  if (!All)
    find();
  for (const Freed &F : *All)
    if (F.What.stepsTo(Object) && !isWipedBefore(F, Object))
      return "it is freed in " + J.Words.function(F.At.Body) +
             "(), and nothing wipes it there by the name that it has here";
  return "";
}
