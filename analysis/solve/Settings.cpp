#include "analysis/solve/Settings.h"

#include "analysis/solve/NeededEdges.h"
#include "analysis/solve/NumberSecrets.h"
#include "analysis/solve/OperandNames.h"
#include "analysis/solve/Tests.h"

using namespace assay;

/// Calls outwards for what a parameter is.
static constexpr unsigned MostCalls = 4;

std::optional<Setting> Settings::before(llvm::ArrayRef<InstRef> Points) {
  if (!IsAsked)
    return std::nullopt;
  for (InstRef At : Points)
    if (At.Body != NoId)
      if (auto Found = beforeOne(At, Points))
        return Found;
  return std::nullopt;
}

std::optional<Setting> Settings::beforeOne(InstRef At, llvm::ArrayRef<InstRef> Points) {
  for (const NeededEdge &E : neededEdges(At, Bodies))
    if (auto Found = onEdge(At.Body, E.Block, E.Edge, Points))
      return Found;
  return std::nullopt;
}

std::optional<Setting> Settings::onEdge(BodyId In, uint32_t Block, uint32_t Edge,
                                        llvm::ArrayRef<InstRef> Points) {
  const BodyView B(J.Prog, In);
  const auto Tests = testsOnEdge(B.Data, Block, Edge);
  for (const Test &T : Tests ? *Tests : llvm::SmallVector<Test, 2>())
    if (auto Found = named({In, T.Of}, T.In, Points, MostCalls))
      return Found;
    else if (auto Chosen = isOne({In, T.Of}, T.In, Block))
      return Chosen;
  return asked(In, Block, rows(B.Data.succs())[B.Data.blocks()->Get(Block)->first_succ() + Edge]);
}

std::optional<Setting> Settings::named(InstRef Read, const NumberSet &Values,
                                       llvm::ArrayRef<InstRef> Points, unsigned Left) const {
  const bool MustBeSet = Values.isNotZero();
  const BodyView B(J.Prog, Read.Body);
  const Inst &I = B.Insts[Read.Inst];
  if (I.op() != Op::Load || (!MustBeSet && !Values.isZero()))
    return std::nullopt;
  const Place &P = B.Places[I.a()];
  const std::string Name = OperandNames(J.Prog, J.Words, J.Roles).name(Read.Body, P);
  if (P.kind() == BaseKind::Param && P.path_len() == 0)
    return handedIn(Read.Body, P.base(), Values, Points, Left);
  if (Name.empty() || !Names.match(Name))
    return std::nullopt;
  return Setting{Name, J.Words.place(Read.Body, P) + (MustBeSet ? " is set" : " is not set"), Read,
                 MustBeSet};
}

/// What the call on the way hands in.
std::optional<Setting> Settings::handedIn(BodyId In, uint32_t Param, const NumberSet &Values,
                                          llvm::ArrayRef<InstRef> Points, unsigned Left) const {
  for (InstRef Call : Points) {
    if (!Left || Call.Body == NoId || J.Prog.inst(Call).op() != Op::Call ||
        !llvm::is_contained(J.Prog.calleesOf(Call).Targets, J.Prog.body(In).Entity))
      continue;
    const auto Tests =
        testsOf(*J.Prog.body(Call.Body).Data, J.Values.argument(Call, Param), Values);
    for (const Test &T : Tests ? *Tests : llvm::SmallVector<Test, 2>())
      if (auto Found = named({Call.Body, T.Of}, T.In, Points, Left - 1))
        return Found;
  }
  return std::nullopt;
}

/// if (mode == VERIFY_NONE): the number has the name of one of these.
std::optional<Setting> Settings::isOne(InstRef Read, const NumberSet &Values,
                                       uint32_t Block) const {
  const BodyView B(J.Prog, Read.Body);
  if (Values.Low != Values.High || Values.Outside || B.Insts[Read.Inst].op() != Op::Load)
    return std::nullopt;
  const auto &In = *B.Data.blocks()->Get(Block);
  for (uint32_t N = In.first_inst(); N != In.first_inst() + In.num_insts(); ++N) {
    const Inst &I = B.Insts[N];
    if (I.op() != Op::Compare)
      continue;
    for (const Operand O : {Operand(I.a()), Operand(I.b())}) {
      if (!O.is(OperandKind::Const) || B.Constants[O.index()].value() != Values.Low)
        continue;
      for (const std::string &Name : namesWrittenFor(B, B.Constants[O.index()], J.Prog))
        if (Names.match(Name))
          return Setting{Name,
                         J.Words.place(Read.Body, B.Places[B.Insts[Read.Inst].a()]) + " is " + Name,
                         Read, true};
    }
  }
  return std::nullopt;
}

/// A text that is compared with one word after the other, and is this one.
std::optional<Setting> Settings::asked(BodyId In, uint32_t Block, uint32_t To) {
  const auto [It, New] = Chains.try_emplace(In);
  if (New)
    It->second = textChains(Bodies, In);
  const BodyView B(J.Prog, In);
  for (const TextChain &C : It->second)
    for (size_t Arm = 0; Arm != C.Arms.size(); ++Arm) {
      if (C.Arms[Arm] != To || Bodies[In].blockOf(C.Tests[Arm]) != Block)
        continue;
      for (uint32_t Raw : B.argsOf(B.Insts[C.Tests[Arm]])) {
        const Operand O(Raw);
        if (!O.is(OperandKind::AddressOf) || B.Places[O.index()].kind() != BaseKind::Literal)
          continue;
        const std::string Text = B.Of.string(B.Constants[B.Places[O.index()].base()].text()).str();
        if (Names.match(Text))
          return Setting{Text, "'" + Text + "' is asked for", {In, C.Tests[Arm]}, true};
      }
    }
  return std::nullopt;
}

void assay::tellSetting(Finding &F, const Setting &S) {
  F.Message += "; only where " + S.Words;
  F.Chosen = S.MustBeSet;
}
