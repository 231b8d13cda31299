#include "analysis/solve/FlowNames.h"

#include "analysis/link/BodyView.h"
#include "analysis/model/Rows.h"
#include "analysis/solve/FormatText.h"

using namespace assay;

static bool isIndex(const PlaceStep &S) {
  return S.Kind == StepKind::Index || S.Kind == StepKind::AnyIndex;
}

/// One name for what several pointers name: a local that is set once stands for what it is set to;
/// the address of the first element is that of the array.
ObjectPath FlowNames::normal(BodyId Body, ObjectPath M) const {
  const BodyFacts &F = Bodies[Body];
  for (unsigned Left = 6; Left && M.Base == BaseKind::Local && !M.Path.empty() &&
                          M.Path.front().Kind == StepKind::Deref;
       --Left) {
    if (F.storesToLocal(M.Index).size() != 1 || F.isAddressTaken(M.Index))
      break;
    const uint32_t Store = F.storesToLocal(M.Index).front();
    const auto &Named = Pointees.behind(Body, Operand(Prog.inst({Body, Store}).b()));
    if (!Named || Named->Base == BaseKind::Literal)
      break;
    M = Named->plus(llvm::ArrayRef(M.Path).drop_front());
  }
  while (!M.Path.empty() && isIndex(M.Path.back()))
    M.Path.pop_back();
  // Moved on, and moved on again.
  for (size_t I = 1; I < M.Path.size();)
    if (isIndex(M.Path[I]) && isIndex(M.Path[I - 1]) &&
        (M.Path[I].Kind == StepKind::AnyIndex || M.Path[I - 1].Kind == StepKind::AnyIndex)) {
      M.Path[I - 1] = {StepKind::AnyIndex, 0};
      M.Path.erase(M.Path.begin() + I);
    } else
      ++I;
  return M;
}

/// As `normal`, without elements, and with no more than the second pointer: one name for more.
ObjectPath FlowNames::blunt(ObjectPath M) {
  llvm::erase_if(M.Path, isIndex);
  unsigned Pointers = 0;
  llvm::erase_if(M.Path,
                 [&](const PlaceStep &S) { return S.Kind == StepKind::Deref && ++Pointers > 2; });
  return M;
}

std::optional<ObjectPath> FlowNames::behind(BodyId Body, Operand O) const {
  const auto &Named = Pointees.behind(Body, O);
  if (!Named || Named->Base == BaseKind::Literal)
    return std::nullopt;
  return normal(Body, *Named);
}

/// The text that says how a list of values is shown: in front of the list, or the first of it.
static std::optional<std::pair<uint32_t, FormatText>> formatOf(const BodyView &B, const Inst &Call,
                                                               uint32_t First) {
  for (uint32_t A = First ? First - 1 : 0; A <= First && A < Call.c(); ++A) {
    const Operand O = B.unconverted(Operand(B.argsOf(Call)[A]));
    if (!O.is(OperandKind::AddressOf) || B.Places[O.index()].kind() != BaseKind::Literal)
      continue;
    const Constant &C = B.Constants[B.Places[O.index()].base()];
    if (const llvm::StringRef Text = B.Of.string(C.text());
        C.kind() == ConstantKind::String && Text.contains('%'))
      return std::pair(A, FormatText(Text));
  }
  return std::nullopt;
}

llvm::SmallVector<Operand, 4> FlowNames::arguments(InstRef Call, const ArgRef &Ref) const {
  llvm::SmallVector<Operand, 4> Found;
  const Inst &I = Prog.inst(Call);
  const Body &B = *Prog.body(Call.Body).Data;
  const bool IsThis = Ref.Where == ArgRef::Kind::This;
  if (!IsThis && Ref.Where != ArgRef::Kind::Argument)
    return Found;
  if (IsThis && !BodyView::receivers(I) && static_cast<CallKind>(I.sub()) != CallKind::Constructor)
    return Found;
  const uint32_t First = IsThis ? 0 : Ref.Index + BodyView::receivers(I);
  const auto Format = Ref.Rest ? formatOf(BodyView(Prog, Call.Body), I, First) : std::nullopt;
  for (uint32_t A = First; A < I.c(); ++A) {
    if (!Format || A <= Format->first || !Format->second.isAddress(A - Format->first - 1))
      Found.push_back(Operand(B.args()->Get(I.b() + A)));
    if (!Ref.Rest)
      break;
  }
  return Found;
}

/// The operand is a pointer to, or from, a place of which only the beginning was kept: its name is
/// also that of its neighbours.
bool FlowNames::isCut(BodyId In, Operand O) const {
  const Body &B = *Prog.body(In).Data;
  for (unsigned Left = 8; Left; --Left) {
    if (O.is(OperandKind::AddressOf))
      return B.places()->Get(O.index())->truncated();
    if (!O.is(OperandKind::Temp))
      return false;
    const Inst &I = *B.insts()->Get(O.index());
    if (I.op() == Op::Load)
      return B.places()->Get(I.a())->truncated();
    if (I.op() != Op::Copy && I.op() != Op::Derive)
      return false;
    O = Operand(I.a());
  }
  return false;
}

const FlowNames::BodyNames &FlowNames::namesIn(BodyId In) {
  if (Known.size() <= In)
    Known.resize(Prog.bodyCount());
  if (Known[In])
    return *Known[In];
  Known[In] = std::make_unique<BodyNames>();
  BodyNames &N = *Known[In];
  const Body &B = *Prog.body(In).Data;
  for (uint32_t I = 0; I != rowCount(B.insts()); ++I) {
    N.First.push_back(static_cast<uint32_t>(N.All.size()));
    if (B.insts()->Get(I)->op() == Op::Store)
      ofStore({In, I}, N.All);
    if (B.insts()->Get(I)->op() == Op::Call)
      ofCall({In, I}, N.All);
  }
  N.First.push_back(static_cast<uint32_t>(N.All.size()));
  index(In, N);
  return N;
}

void FlowNames::ofStore(InstRef At, std::vector<Touched> &To) {
  const uint32_t Row = Prog.inst(At).a();
  const ObjectPath &Raw = place(At.Body, Row);
  Touched Own;
  Own.Name = normal(At.Body, Raw);
  Own.IsElement = Raw.Path.size() != Own.Name.Path.size() ||
                  (!Raw.Path.empty() && Raw.Path.back().Kind != StepKind::Field);
  if (Prog.body(At.Body).Data->places()->Get(Row)->truncated())
    Own.Doubt = TooDeep;
  add(At, std::move(Own), To);
}

void FlowNames::ofCall(InstRef At, std::vector<Touched> &To) {
  const Inst &I = Prog.inst(At);
  for (uint32_t A = 0; A != I.c(); ++A) {
    const Operand O(Prog.body(At.Body).Data->args()->Get(I.b() + A));
    auto Named = behind(At.Body, O);
    if (!Named)
      continue;
    Touched Own;
    Own.Name = std::move(*Named);
    Own.Arg = A;
    if (isCut(At.Body, O))
      Own.Doubt = TooDeep;
    add(At, std::move(Own), To);
  }
}

/// With the other names that it may have here.
void FlowNames::add(InstRef At, Touched Own, std::vector<Touched> &To) {
  Own.Blunt = blunt(Own.Name);
  To.push_back(Own);
  for (const Alias &A : aliases(At, Own.Name))
    To.push_back({A.Name, blunt(A.Name), A.Doubt, Own.Arg, true,
                  !A.Name.Path.empty() && A.Name.Path.back().Kind != StepKind::Field});
}

/// The global whose value the operand is, or is made from by moving on.
std::optional<EntityId> FlowNames::pointerOf(BodyId In, Operand O) const {
  const Body &B = *Prog.body(In).Data;
  for (unsigned Left = 8; Left && O.is(OperandKind::Temp); --Left) {
    const Inst &I = *B.insts()->Get(O.index());
    if (I.op() == Op::Load) {
      const Place &From = *B.places()->Get(I.a());
      return From.kind() == BaseKind::Global && From.path_len() == 0
                 ? std::optional(Prog.entityIn(In, From.base()))
                 : std::nullopt;
    }
    if (I.op() != Op::Copy &&
        !(I.op() == Op::Derive && static_cast<DeriveOp>(I.sub()) == DeriveOp::PointerAdd))
      return std::nullopt;
    O = Operand(I.a());
  }
  return std::nullopt;
}

const std::vector<InstRef> &FlowNames::usesBehind(EntityId Global) {
  if (BehindGlobals)
    return (*BehindGlobals)[Global];
  BehindGlobals.emplace();
  for (BodyId In = 0; In != Prog.bodyCount(); ++In) {
    if (Roles.isOutOfScope(In))
      continue;
    const Body &B = *Prog.body(In).Data;
    auto Note = [&](std::optional<EntityId> Of, uint32_t At) {
      if (!Of)
        return;
      std::vector<InstRef> &To = (*BehindGlobals)[*Of];
      if (To.empty() || To.back() != InstRef{In, At})
        To.push_back({In, At});
    };
    for (uint32_t At = 0; At != rowCount(B.insts()); ++At) {
      const Inst &I = *B.insts()->Get(At);
      if (I.op() == Op::Store) {
        const Place &To = *B.places()->Get(I.a());
        if (To.kind() == BaseKind::Temp)
          Note(pointerOf(In, Operand(OperandKind::Temp, To.base())), At);
        else if (To.kind() == BaseKind::Global && To.path_len() &&
                 B.steps()->Get(To.path_start())->kind() == StepKind::Deref)
          Note(Prog.entityIn(In, To.base()), At);
      }
      for (uint32_t A = 0; I.op() == Op::Call && A != I.c(); ++A)
        Note(pointerOf(In, Operand(B.args()->Get(I.b() + A))), At);
    }
  }
  return (*BehindGlobals)[Global];
}
