#include "analysis/solve/SiblingGroups.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/TextChains.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace assay;

namespace {

/// How siblings are told to be ones. The letters order the groups.
enum class Tie : uint8_t { Table, Switch, Chain, Registered, Field, Method };

struct GroupKey {
  Tie By = Tie::Table;
  uint32_t Of = 0, At = 0;     ///< entity; body and instruction; function and parameter
  std::vector<PlaceStep> Path; ///< of a table: elements are one
  std::string Type;            ///< what the functions must have in common
  friend auto operator<=>(const GroupKey &, const GroupKey &) = default;
};

class GroupSearch {
public:
  GroupSearch(BodyTable &Bodies, const SiteScope &Asked)
      : Prog(Bodies.program()), Words(Bodies.program()), Bodies(Bodies),
        CallsAsked(Prog.bodyCount(), Asked.isAll()) {
    for (BodyId Id = 0; Id != Prog.bodyCount() && !Asked.isAll(); ++Id)
      if (Asked.here(Id))
        for (InstRef Call : Prog.callersOf(Prog.body(Id).Entity))
          CallsAsked.set(Call.Body);
  }

  std::vector<SiblingGroup> run() {
    for (BodyId Id = 0; Id != Prog.bodyCount(); ++Id)
      searchBody(Bodies.view(Id));
    searchMethods();
    std::vector<SiblingGroup> Out;
    for (auto &[Key, Members] : Groups) {
      SiblingGroup G{kindOf(Key.By), nameOf(Key), {}};
      for (const auto &[Function, Listed] : Members)
        G.Members.push_back({Function, Listed});
      Out.push_back(std::move(G));
    }
    return Out;
  }

private:
  static SiblingKind kindOf(Tie By) {
    return By == Tie::Field || By == Tie::Method ? SiblingKind::Interface : SiblingKind::Table;
  }

  std::string nameOf(const GroupKey &K) const {
    switch (K.By) {
    case Tie::Table:
      return "functions in the table '" + Words.name(K.Of) + "'";
    case Tie::Switch:
      return "functions called by the switch of " + Words.function(K.Of) + "()";
    case Tie::Chain:
      return "functions called where " + Words.function(K.Of) + "() knows a word";
    case Tie::Registered:
      return "functions registered by " + Words.name(K.Of) + "()";
    case Tie::Field:
      return "functions behind the field '" + Words.name(K.Of) + "'";
    case Tie::Method:
      return "overriders of " + Words.name(K.Of) + "()";
    }
    return "";
  }

  void add(GroupKey Key, EntityId Function, InstRef Listed) {
    Function = Prog.definitionOf(Function);
    // One that prints what it is given serves no request.
    if (!Prog.bodiesOf(Function).empty() && !Prog.entity(Function).has(EntityFlag::Variadic))
      Groups[std::move(Key)].try_emplace(Function, Listed);
  }

  void searchBody(const BodyView &B) {
    for (uint32_t N = 0; N != B.Insts.size(); ++N) {
      const Inst &I = B.Insts[N];
      if (I.op() == Op::Store)
        stored(B, N, I);
      else if (I.op() == Op::Call)
        registered(B, N, I);
    }
    for (const Block &Bl : rows(B.Data.blocks()))
      if (Bl.num_cases() > 1)
        switched(B, Bl);
    if (!CallsAsked.test(B.Id)) // what an arm does not call is none of its members
      return;
    for (const TextChain &C : textChains(Bodies, B.Id))
      for (uint32_t To : C.Arms)
        calledIn(B, {Tie::Chain, B.Id, C.First, {}, ""}, To);
  }

  /// The function that an operand is, through casts.
  static EntityId functionIn(const BodyView &B, Operand O) {
    for (unsigned Left = 8; Left && O.is(OperandKind::Temp); --Left) {
      const Inst &I = B.Insts[O.index()];
      if (I.op() != Op::Copy)
        return NoId;
      O = Operand(I.a());
    }
    return O.is(OperandKind::Function) ? B.entity(O.index()) : NoId;
  }

  void stored(const BodyView &B, uint32_t N, const Inst &I) {
    const EntityId Function = functionIn(B, Operand(I.b()));
    if (Function == NoId)
      return;
    const Place &To = B.Places[I.a()];
    if (const EntityId Field = B.lastField(To); Field != NoId)
      add({Tie::Field, Field, 0, {}, typeOf(Function)}, Function, {B.Id, N});
    const EntityId Global = B.global(To);
    if (Global == NoId)
      return;
    GroupKey Key{Tie::Table, Prog.definitionOf(Global), 0, {}, ""};
    for (const Step &S : B.pathOf(To))
      Key.Path.push_back(S.kind() == StepKind::Field
                             ? PlaceStep{StepKind::Field, B.entity(S.value())}
                             : PlaceStep{StepKind::AnyIndex, 0});
    add(std::move(Key), Function, {B.Id, N});
  }

  std::string typeOf(EntityId Function) const {
    const EntityInfo &E = Prog.entity(Function);
    return Prog.unit(E.Unit).string(E.Row->type()).str();
  }
  /// What two functions have in common that take the same request.
  std::string subjectOf(EntityId Function) const {
    const EntityInfo &E = Prog.entity(Function);
    const auto Params = rows(E.Row->params());
    return Params.empty() ? "" : Prog.unit(E.Unit).string(Params[0].type()).str();
  }

  void registered(const BodyView &B, uint32_t N, const Inst &I) {
    const Operand Callee(I.a());
    if (!Callee.is(OperandKind::Function) || BodyView::isUnevaluated(I))
      return;
    const auto Args = B.argsOf(I);
    for (uint32_t A = 0; A != Args.size(); ++A)
      if (const EntityId Function = functionIn(B, Operand(Args[A])); Function != NoId)
        add({Tie::Registered, Prog.definitionOf(B.entity(Callee.index())), A, {}, typeOf(Function)},
            Function, {B.Id, N});
  }

  void switched(const BodyView &B, const Block &Bl) {
    const auto Succs = rows(B.Data.succs());
    std::set<uint32_t> Arms; // what no case names is for requests that nobody serves
    for (uint32_t K = 0; K != Bl.num_cases(); ++K)
      Arms.insert(rows(B.Data.cases())[Bl.first_case() + K].succ());
    for (uint32_t K : Arms)
      calledIn(B, {Tie::Switch, B.Id, Bl.first_inst(), {}, ""}, Succs[Bl.first_succ() + K]);
  }

  void calledIn(const BodyView &B, GroupKey Key, uint32_t Arm) {
    const auto Blocks = rows(B.Data.blocks());
    const uint32_t Call = Arm < Blocks.size() ? onlyCall(B, Blocks[Arm]) : NoId;
    if (Call == NoId)
      return;
    const EntityId Function = B.entity(Operand(B.Insts[Call].a()).index());
    Key.Type = subjectOf(Function);
    if (!Key.Type.empty())
      add(std::move(Key), Function, {B.Id, Call});
  }

  /// The one call of a function of the program in an arm; more than one says nothing.
  uint32_t onlyCall(const BodyView &B, const Block &Arm) const {
    uint32_t Found = NoId;
    for (uint32_t N = Arm.first_inst(); N != Arm.first_inst() + Arm.num_insts(); ++N) {
      const Inst &I = B.Insts[N];
      if (I.op() != Op::Call || !Operand(I.a()).is(OperandKind::Function) ||
          Prog.bodiesOf(B.entity(Operand(I.a()).index())).empty())
        continue;
      if (Found != NoId)
        return NoId;
      Found = N;
    }
    return Found;
  }

  void searchMethods() {
    for (EntityId Id = 0; Id != Prog.entityCount(); ++Id)
      if (Prog.entity(Id).Kind == EntityKind::Method)
        for (EntityId Root : rootsOf(Id))
          add({Tie::Method, Root, 0, {}, ""}, Id, {});
  }

  std::vector<EntityId> rootsOf(EntityId Method) const {
    std::vector<EntityId> Roots, Work = {Method};
    std::set<EntityId> Seen;
    while (!Work.empty()) {
      const EntityId Id = Work.back();
      Work.pop_back();
      if (!Seen.insert(Id).second)
        continue;
      const EntityInfo &E = Prog.entity(Id);
      const auto Over = rows(E.Row->overrides());
      if (Over.empty() && Id != Method)
        Roots.push_back(Id);
      for (uint32_t Local : Over)
        Work.push_back(Prog.unit(E.Unit).Entities[Local]);
    }
    return Roots;
  }

  const Program &Prog;
  const Describer Words;
  BodyTable &Bodies;
  llvm::BitVector CallsAsked; ///< bodies that call a function which is asked about
  std::map<GroupKey, std::map<EntityId, InstRef>> Groups;
};

} // namespace

std::vector<SiblingGroup> SiblingGroups::of(llvm::ArrayRef<SiblingKind> Kinds, size_t Least) {
  if (!All)
    All = GroupSearch(Bodies, Asked).run();
  std::vector<SiblingGroup> Out;
  std::set<std::vector<EntityId>> Known; // one table behind one field is one group
  for (const SiblingGroup &G : *All) {
    if (!llvm::is_contained(Kinds, G.Kind) || G.Members.size() < Least)
      continue;
    std::vector<EntityId> Ids;
    for (const Sibling &M : G.Members)
      Ids.push_back(M.Function);
    if (Known.insert(Ids).second)
      Out.push_back(G);
  }
  return Out;
}
