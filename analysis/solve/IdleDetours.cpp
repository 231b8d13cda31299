#include "analysis/solve/IdleDetours.h"

#include "analysis/solve/FlowTables.h"

#include "llvm/ADT/Sequence.h"

using namespace assay;

namespace {

constexpr unsigned MostBlocks = 24;

/// The blocks that control may go to; where a call throws to no handler is left out.
llvm::SmallVector<uint32_t, 2> followersOf(const Body &Data, uint32_t Of) {
  const Block &B = *Data.blocks()->Get(Of);
  const uint32_t Exit = rowCount(Data.blocks()) - 1;
  const Inst *Last =
      B.num_insts() ? Data.insts()->Get(B.first_inst() + B.num_insts() - 1) : nullptr;
  const bool Chooses = Last && (Last->op() == Op::Branch || Last->op() == Op::Switch);
  llvm::SmallVector<uint32_t, 2> To;
  for (uint32_t E = 0; E != B.num_succs(); ++E)
    if (const uint32_t Next = rows(Data.succs())[B.first_succ() + E];
        Next != ~0u && (E == 0 || Chooses || Next != Exit))
      To.push_back(Next);
  return To;
}

/// Blocks in the order in which they are reached from this one, the nearest first.
std::vector<uint32_t> near(const Body &Data, uint32_t From) {
  std::vector<uint32_t> Found{From};
  for (size_t At = 0; At != Found.size() && Found.size() < MostBlocks; ++At)
    for (uint32_t To : followersOf(Data, Found[At]))
      if (!llvm::is_contained(Found, To))
        Found.push_back(To);
  Found.erase(Found.begin());
  return Found;
}

} // namespace

IdleDetours::IdleDetours(const Judging &J, const std::vector<std::string> &Roles) : J(J) {
  for (const std::string &R : Roles)
    for (const RoleSite &S : J.Roles.sitesOf(R))
      Telling.insert(S.At);
}

std::optional<IdleDetours::Meeting> IdleDetours::after(BodyId Body, uint32_t Block) {
  auto [It, New] = Known.try_emplace({Body, Block});
  if (New)
    It->second = find(Body, Block);
  return It->second;
}

std::optional<IdleDetours::Meeting> IdleDetours::find(BodyId Body, uint32_t Block) {
  const BodyView &B = J.Flows.Bodies.view(Body);
  for (uint32_t Candidate : near(B.Data, Block)) {
    llvm::BitVector OnWay(rowCount(B.Data.blocks())), Passed = OnWay;
    OnWay.set(Block);
    bool Talks = false;
    const bool Meet = llvm::all_of(followersOf(B.Data, Block), [&](uint32_t Next) {
      const auto Told = detour(B, Next, Candidate, OnWay, Passed);
      Talks |= Told.value_or(false);
      return Told.has_value();
    });
    if (Meet && !choosesValue(B, Candidate, Passed))
      return Meeting{Candidate, Talks};
  }
  return std::nullopt;
}

/// Is something told between the start of the block and `To`? Nothing: more than that is done, or
/// the way may end elsewhere or go in a circle.
std::optional<bool> IdleDetours::detour(const BodyView &B, uint32_t Block, uint32_t To,
                                        llvm::BitVector &OnWay, llvm::BitVector &Passed) {
  if (Block == To || Passed.test(Block))
    return false;
  const auto &Data = *B.Data.blocks()->Get(Block);
  const auto Next = followersOf(B.Data, Block);
  if (OnWay.test(Block) || Data.no_return() || Next.empty() || OnWay.count() > MostBlocks)
    return std::nullopt;
  bool Talks = false;
  for (uint32_t I = 0; I != Data.num_insts(); ++I) {
    const Deed D = deedOf({B.Id, Data.first_inst() + I}, /*InCallee=*/false);
    if (D == Deed::Else)
      return std::nullopt;
    Talks |= D == Deed::Tells;
  }
  OnWay.set(Block);
  for (uint32_t N : Next) {
    const auto Told = detour(B, N, To, OnWay, Passed);
    if (!Told)
      return std::nullopt;
    Talks |= *Told;
  }
  OnWay.reset(Block);
  Passed.set(Block);
  return Talks;
}

/// Is a value made there of what the ways have found: by `?:`, or by && and ||, of which the right
/// side is computed on one of them?
bool IdleDetours::choosesValue(const BodyView &B, uint32_t At, const llvm::BitVector &Passed) {
  const Block &Data = *B.Data.blocks()->Get(At);
  return llvm::any_of(B.Insts.slice(Data.first_inst(), Data.num_insts()), [&](const Inst &I) {
    const auto How = DeriveOp(I.sub());
    if (I.op() != Op::Derive || (How != DeriveOp::LogicalAnd && How != DeriveOp::LogicalOr))
      return I.op() == Op::Select;
    const Operand Right(I.b());
    return Right.is(OperandKind::Temp) && Passed.test(J.Flows.Bodies[B.Id].blockOf(Right.index()));
  });
}

IdleDetours::Deed IdleDetours::deedOf(InstRef At, bool InCallee) {
  const BodyView &B = J.Flows.Bodies.view(At.Body);
  const Inst &I = B.Insts[At.Inst];
  switch (I.op()) {
  case Op::Call:
    return deedOfCall(At);
  case Op::Store: {
    const Place &To = B.Places[I.a()];
    return InCallee && To.kind() == BaseKind::Local && To.path_len() == 0 ? Deed::Nothing
                                                                          : Deed::Else;
  }
  case Op::Return:
    return InCallee ? Deed::Nothing : Deed::Else;
  case Op::Opaque:
    return OpaqueReason(I.sub()) == OpaqueReason::VarArg ? Deed::Nothing : Deed::Else;
  default:
    return Deed::Nothing;
  }
}

IdleDetours::Deed IdleDetours::deedOfCall(InstRef Call) {
  if (BodyView::isUnevaluated(J.Prog.inst(Call)))
    return Deed::Nothing;
  if (Telling.count(Call))
    return Deed::Tells;
  const Callees To = J.Prog.calleesOf(Call);
  if (!To.Complete || To.Targets.size() != 1 || J.Reaches.neverReturns(To.Targets.front()))
    return Deed::Else;
  const EntityId Callee = To.Targets.front();
  if (llvm::ArrayRef<BodyId> Inside = J.Prog.bodiesOf(Callee); !Inside.empty())
    return Inside.size() == 1 ? deedOfBody(Inside.front()) : Deed::Else;
  return formatsText(Callee) || isOnlyTold(Call) ? Deed::Nothing : Deed::Else;
}

bool IdleDetours::formatsText(EntityId Callee) const {
  return llvm::any_of(J.Roles.rowsOf(Callee), [&](const FunctionModel *Row) {
    const Role *R = J.Roles.role(Row->Role);
    return R && !R->Carries.empty();
  });
}

/// What a library is asked for to be told: strerror(errno).
bool IdleDetours::isOnlyTold(InstRef Call) {
  const BodyView &B = J.Flows.Bodies.view(Call.Body);
  constexpr auto Dropped = static_cast<uint16_t>(CallFlag::ResultUnused) |
                           static_cast<uint16_t>(CallFlag::ResultVoidCast);
  // Who gives back nothing is called for what it does.
  if (B.Insts[Call.Inst].flags() & Dropped || B.Of.string(B.Insts[Call.Inst].type()) == "void")
    return false;
  for (uint32_t I = Call.Inst + 1; I != B.Insts.size(); ++I) {
    const Inst &User = B.Insts[I];
    bool Uses = false;
    B.forEachOperand(User, [&](Operand O) {
      Uses |= B.unconverted(O) == Operand(OperandKind::Temp, Call.Inst);
    });
    if (Uses && User.op() != Op::Copy &&
        (User.op() != Op::Call || deedOfCall({Call.Body, I}) == Deed::Else))
      return false;
  }
  return true;
}

/// Of a function that may be somebody's own way to the log.
IdleDetours::Deed IdleDetours::deedOfBody(BodyId Body) {
  auto [It, New] = KnownBodies.try_emplace(Body, Deed::Else); // so it is if it calls itself
  if (!New)
    return It->second;
  const BodyView &B = J.Flows.Bodies.view(Body);
  const BodyFacts &Facts = J.Flows.Bodies[Body];
  const bool Loops = llvm::any_of(llvm::seq(rowCount(B.Data.blocks())),
                                  [&](uint32_t Block) { return Facts.inLoop(Block); });
  Deed All = Loops ? Deed::Else : Deed::Nothing;
  for (uint32_t I = 0; I != B.Insts.size() && All != Deed::Else; ++I)
    if (const Deed D = deedOf({Body, I}, /*InCallee=*/true); D != Deed::Nothing)
      All = D;
  return KnownBodies[Body] = All;
}
