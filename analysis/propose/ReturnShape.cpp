#include "analysis/propose/ReturnShape.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/BodyFacts.h"
#include "analysis/solve/Tests.h"

using namespace assay;

/// "int (const char *)" -> "int".
static std::string resultOf(llvm::StringRef FunctionType) {
  return FunctionType.take_front(FunctionType.find('(')).trim().str();
}

bool ReturnShape::isStatus() const {
  const llvm::StringRef T = Type;
  return T != "void" && !T.ends_with("*") && !T.ends_with("&") && T != "double" && T != "float" &&
         !T.starts_with("struct ") && !T.contains("::basic_string");
}

static void addConstant(const Program &Prog, const BodyView &B, uint32_t Row, ReturnShape &Out) {
  const Constant &C = B.Constants[Row];
  if (C.kind() != ConstantKind::Int) {
    Out.Others |= C.kind() != ConstantKind::Uninitialised;
    return;
  }
  std::set<std::string> &Names = Out.Constants[C.value()];
  if (llvm::StringRef Macro = B.Of.string(C.inner_macro()); !Macro.empty())
    Names.insert(Macro.str());
  if (C.entity())
    Names.insert(Prog.entity(B.entity(C.entity() - 1)).Qualified.str());
}

/// Constants that an operand may be: itself, or what the local that it was read from is set to.
static void addOperand(const Program &Prog, const BodyView &B, Operand O, ReturnShape &Out) {
  while (O.is(OperandKind::Temp) && B.Insts[O.index()].op() == Op::Copy)
    O = Operand(B.Insts[O.index()].a());
  if (O.is(OperandKind::Const))
    return addConstant(Prog, B, O.index(), Out);
  if (!O.is(OperandKind::Temp) || B.Insts[O.index()].op() != Op::Load) {
    Out.Others = true;
    return;
  }
  const Place &From = B.Places[B.Insts[O.index()].a()];
  if (From.kind() != BaseKind::Local || From.path_len()) {
    Out.Others = true;
    return;
  }
  for (const Inst &I : B.Insts) {
    if (I.op() != Op::Store)
      continue;
    const Place &To = B.Places[I.a()];
    if (To.kind() != BaseKind::Local || To.base() != From.base() || To.path_len())
      continue;
    Operand Set(I.b());
    while (Set.is(OperandKind::Temp) && B.Insts[Set.index()].op() == Op::Copy)
      Set = Operand(B.Insts[Set.index()].a());
    if (Set.is(OperandKind::Const))
      addConstant(Prog, B, Set.index(), Out);
    else
      Out.Others = true;
  }
}

ReturnShape assay::returnShapeOf(const Program &Prog, EntityId Function) {
  ReturnShape Out;
  const EntityInfo &E = Prog.entity(Function);
  Out.Type = resultOf(Prog.unit(E.Unit).string(E.Row->type()));
  for (BodyId Id : Prog.bodiesOf(Function)) {
    const BodyView B(Prog, Id);
    for (const Inst &I : B.Insts)
      if (I.op() == Op::Return && !Operand(I.a()).isNone())
        addOperand(Prog, B, Operand(I.a()), Out);
  }
  return Out;
}

unsigned CallerTests::tested() const {
  unsigned N = 0;
  for (const auto &[Condition, Count] : Success)
    N += Count;
  return N;
}

namespace {

/// One call's result in its caller.
class OneCall {
public:
  OneCall(const Program &Prog, InstRef Call) : B(Prog, Call.Body), Call(Call.Inst) {}

  bool isIgnored() const {
    return B.Insts[Call].flags() & (static_cast<uint16_t>(CallFlag::ResultUnused) |
                                    static_cast<uint16_t>(CallFlag::ResultVoidCast));
  }

  bool isHandedOn() const {
    return llvm::any_of(B.Insts, [&](const Inst &I) {
      Operand O(I.a());
      if (I.op() != Op::Return)
        return false;
      for (unsigned Steps = 0; Steps != 8 && O.is(OperandKind::Temp); ++Steps) {
        if (isResult(O.index()))
          return true;
        const Inst &From = B.Insts[O.index()];
        if (From.op() != Op::Copy && From.op() != Op::Select)
          return false;
        O = Operand(From.op() == Op::Copy ? From.a() : From.b());
      }
      return false;
    });
  }

  /// What holds of the result on the longer way after the first branch that tests it.
  std::optional<NumberSet> onLongerWay() const {
    for (uint32_t Block = 0; Block != rowCount(B.Data.blocks()); ++Block) {
      const assay::Block &Data = *B.Data.blocks()->Get(Block);
      if (Data.num_succs() != 2 || Data.num_insts() == 0 ||
          B.Insts[Data.first_inst() + Data.num_insts() - 1].op() != Op::Branch)
        continue;
      const auto True = saysOfResult(Block, 0), False = saysOfResult(Block, 1);
      if (!True || !False)
        continue;
      const size_t WithTrue = alone(Block, 0), WithFalse = alone(Block, 1);
      if (WithTrue != WithFalse)
        return WithTrue > WithFalse ? True : False;
    }
    return std::nullopt;
  }

private:
  std::optional<NumberSet> saysOfResult(uint32_t Block, uint32_t Edge) const {
    const auto Tests = testsOnEdge(B.Data, Block, Edge);
    if (Tests)
      for (const Test &T : *Tests)
        if (isResult(T.Of))
          return T.In;
    return std::nullopt;
  }

  bool isResult(uint32_t Temp) const {
    if (Temp == Call)
      return true;
    const Inst &I = B.Insts[Temp];
    if (I.op() != Op::Load || B.Places[I.a()].kind() != BaseKind::Local)
      return false;
    // The last store before the load, in the order of the text.
    const Place &From = B.Places[I.a()];
    for (uint32_t S = Temp; S-- > 0;)
      if (B.Insts[S].op() == Op::Store) {
        const Place &To = B.Places[B.Insts[S].a()];
        if (To.kind() != BaseKind::Local || To.base() != From.base())
          continue;
        Operand Set(B.Insts[S].b());
        while (Set.is(OperandKind::Temp) && B.Insts[Set.index()].op() == Op::Copy)
          Set = Operand(B.Insts[Set.index()].a());
        return Set == Operand(OperandKind::Temp, Call);
      }
    return false;
  }

  llvm::BitVector after(uint32_t From) const {
    llvm::BitVector Seen(rowCount(B.Data.blocks()));
    std::vector<uint32_t> Work;
    if (From < Seen.size()) {
      Seen.set(From);
      Work.push_back(From);
    }
    while (!Work.empty()) {
      const assay::Block &Data = *B.Data.blocks()->Get(Work.back());
      Work.pop_back();
      for (uint32_t To : rows(B.Data.succs()).slice(Data.first_succ(), Data.num_succs()))
        if (To < Seen.size() && !Seen.test(To)) {
          Seen.set(To);
          Work.push_back(To);
        }
    }
    return Seen;
  }

  /// Instructions that only this way comes to.
  size_t alone(uint32_t Block, uint32_t Edge) const {
    const assay::Block &Data = *B.Data.blocks()->Get(Block);
    llvm::BitVector Mine = after(rows(B.Data.succs())[Data.first_succ() + Edge]);
    Mine.reset(after(rows(B.Data.succs())[Data.first_succ() + 1 - Edge]));
    size_t N = 0;
    for (unsigned Of : Mine.set_bits())
      N += B.Data.blocks()->Get(Of)->num_insts();
    return N;
  }

  const BodyView B;
  const uint32_t Call;
};

} // namespace

CallerTests assay::callerTestsOf(const Program &Prog, EntityId Function) {
  CallerTests Out;
  for (const InstRef &At : Prog.callersOf(Function)) {
    const OneCall One(Prog, At);
    ++Out.Calls;
    if (One.isIgnored()) {
      ++Out.Ignored;
      continue;
    }
    const auto Longer = One.onLongerWay();
    if (!Longer) {
      Out.HandedOn += One.isHandedOn();
      continue;
    }
    if (*Longer == NumberSet::zero())
      ++Out.Success["== 0"];
    else if (*Longer == NumberSet::zero().others())
      ++Out.Success["!= 0"];
    else if (!Longer->Outside && Longer->Low == Longer->High)
      ++Out.Success["== " + std::to_string(Longer->Low)];
    else if (!Longer->Outside && Longer->Low == 0)
      ++Out.Success[">= 0"];
    else if (!Longer->Outside && Longer->Low == 1)
      ++Out.Success["> 0"];
  }
  return Out;
}
