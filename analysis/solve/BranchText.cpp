#include "analysis/solve/BranchText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace assay;
using llvm::formatv;

/// Longer conditions are read in the source line that stands below.
static constexpr size_t LongestReason = 90, LongestCall = 48;
static constexpr unsigned Deepest = 6;
static constexpr int64_t MostShown = 999;

static const char *signOf(Predicate P, bool True) {
  static constexpr const char *Signs[][2] = {{"!=", "=="}, {"==", "!="}, {">=", "<"},
                                             {">", "<="},  {"<=", ">"},  {"<", ">="}};
  return Signs[static_cast<unsigned>(P)][True];
}

std::string BranchText::taken(BodyId Body, uint32_t Block, uint32_t Edge) const {
  const BodyView B(Prog, Body);
  const std::string Why = reason(B, Block, Edge);
  const assay::Block &From = *B.Data.blocks()->Get(Block);
  const uint32_t To = rows(B.Data.succs())[From.first_succ() + Edge];
  std::string Where;
  if (To < rowCount(B.Data.blocks()))
    if (const assay::Block &Data = *B.Data.blocks()->Get(To); Data.num_insts())
      Where = formatv("to line {0}", Words.at({Body, Data.first_inst()}).Line);
  if (Why.empty() || Why.size() > LongestReason)
    return Where.empty() ? "this way is taken" : "taken " + Where;
  return "taken when " + Why + (Where.empty() ? "" : ", " + Where);
}

std::string BranchText::reason(const BodyView &B, uint32_t Block, uint32_t Edge) const {
  const assay::Block &Data = *B.Data.blocks()->Get(Block);
  if (Data.num_insts() == 0)
    return "";
  const Inst &Last = B.Insts[Data.first_inst() + Data.num_insts() - 1];
  if (Last.op() == Op::Switch)
    return caseText(B, Data, Edge);
  if (Last.op() == Op::Branch)
    return holds(B, Operand(Last.a()), Edge == 0, 0);
  return Last.op() == Op::Call && Edge != 0
             ? "an exception leaves " +
                   Words.callee({B.Id, Data.first_inst() + Data.num_insts() - 1})
             : "";
}

std::string BranchText::caseText(const BodyView &B, const Block &Data, uint32_t Edge) const {
  const Inst &Last = B.Insts[Data.first_inst() + Data.num_insts() - 1];
  std::vector<std::string> Values;
  for (const Case &C : rows(B.Data.cases()).slice(Data.first_case(), Data.num_cases()))
    if (C.succ() == Edge)
      Values.push_back(C.low() == C.high() ? std::to_string(C.low())
                                           : formatv("{0} to {1}", C.low(), C.high()).str());
  const std::string Of = operand(B, Operand(Last.a()), 0);
  if (Of.empty())
    return "";
  return Values.empty() ? Of + " is none of the cases" : Of + " is " + llvm::join(Values, " or ");
}

std::string BranchText::holds(const BodyView &B, Operand O, bool True, unsigned Depth) const {
  if (!O.is(OperandKind::Temp) || Depth > Deepest)
    return "";
  const Inst &I = B.Insts[O.index()];
  if (I.op() == Op::Copy)
    return holds(B, Operand(I.a()), True, Depth + 1);
  if (I.op() == Op::Compare)
    return compared(B, I, True, Depth);
  const auto How = I.op() == Op::Derive ? DeriveOp(I.sub()) : DeriveOp::Other;
  if (How == DeriveOp::Not)
    return holds(B, Operand(I.a()), !True, Depth + 1);
  if (How == DeriveOp::LogicalAnd || How == DeriveOp::LogicalOr) {
    const std::string Left = holds(B, Operand(I.a()), True, Depth + 1);
    const std::string Right = holds(B, Operand(I.b()), True, Depth + 1);
    const bool Both = (How == DeriveOp::LogicalAnd) == True;
    return Left.empty() || Right.empty() ? "" : Left + (Both ? " && " : " || ") + Right;
  }
  const std::string Text = operand(B, O, Depth + 1);
  if (Text.empty())
    return "";
  const llvm::StringRef Type = B.Of.string(I.type());
  if (Type == "bool" || Type == "_Bool")
    return Text + (True ? " is true" : " is false");
  if (Type.ends_with("*"))
    return Text + (True ? " is not null" : " is null");
  return Text + (True ? " != 0" : " == 0");
}

std::string BranchText::compared(const BodyView &B, const Inst &I, bool True,
                                 unsigned Depth) const {
  const Operand Right(I.b());
  const std::string Left = operand(B, Operand(I.a()), Depth + 1);
  if (Left.empty())
    return "";
  const bool Equal = Predicate(I.sub()) == Predicate::EQ,
             Other = Predicate(I.sub()) == Predicate::NE;
  if (Right.is(OperandKind::Const) && B.Constants[Right.index()].kind() == ConstantKind::Null &&
      (Equal || Other))
    return Left + (Equal == True ? " is null" : " is not null");
  const std::string Than = operand(B, Right, Depth + 1);
  return Than.empty() ? "" : Left + " " + signOf(Predicate(I.sub()), True) + " " + Than;
}

std::string BranchText::operand(const BodyView &B, Operand O, unsigned Depth) const {
  if (Depth > Deepest)
    return "";
  switch (O.kind()) {
  case OperandKind::Temp:
    return result(B, O.index(), Depth);
  case OperandKind::Const:
    return constant(B, O.index());
  case OperandKind::AddressOf: {
    const Place &P = B.Places[O.index()];
    if (P.kind() == BaseKind::Literal)
      return P.path_len() ? constant(B, P.base()) : "";
    const std::string Text = Words.place(B.Id, P);
    return Text.empty() ? "" : "&" + Text;
  }
  case OperandKind::Function:
    return Words.name(B.entity(O.index()));
  case OperandKind::None:
    return "";
  }
  return "";
}

std::string BranchText::constant(const BodyView &B, uint32_t Index) const {
  Value V;
  V.Body = B.Id;
  V.Const = Index;
  if (const auto Names = Words.namesOf(V); !Names.empty())
    return Names.front().str();
  const Constant &C = B.Constants[Index];
  switch (C.kind()) {
  // A text, or a long number without a name, that is compared may be a password or a PIN.
  case ConstantKind::Int:
    return C.value() > MostShown || C.value() < -MostShown ? "..." : std::to_string(C.value());
  case ConstantKind::Null:
    return "null";
  case ConstantKind::String:
    return "\"...\"";
  default:
    return "";
  }
}

/// What an instruction gives, as the source would write it.
std::string BranchText::result(const BodyView &B, uint32_t Inst, unsigned Depth) const {
  const assay::Inst &I = B.Insts[Inst];
  switch (I.op()) {
  case Op::Load:
    return Words.place(B.Id, B.Places[I.a()]);
  case Op::Copy:
    return operand(B, Operand(I.a()), Depth + 1);
  case Op::Call: {
    const std::string Short = Words.callee({B.Id, Inst});
    std::vector<std::string> Args;
    for (uint32_t Raw : B.argsOf(I).drop_front(BodyView::receivers(I)))
      Args.push_back(operand(B, Operand(Raw), Depth + 1));
    const bool Whole = llvm::none_of(Args, [](const std::string &A) { return A.empty(); });
    llvm::StringRef Bare = Short;
    if (!Bare.consume_back("()") || !Whole)
      return Short;
    const std::string Full = (Bare + "(" + llvm::join(Args, ", ") + ")").str();
    return Full.size() <= LongestCall ? Full : Short;
  }
  case Op::Derive: {
    const char *Sign = nullptr;
    switch (DeriveOp(I.sub())) {
    case DeriveOp::And:
      Sign = " & ";
      break;
    case DeriveOp::Add:
    case DeriveOp::PointerAdd:
      Sign = " + ";
      break;
    case DeriveOp::Sub:
    case DeriveOp::PointerSub:
      Sign = " - ";
      break;
    default:
      return "";
    }
    const std::string Left = operand(B, Operand(I.a()), Depth + 1);
    const std::string Right = operand(B, Operand(I.b()), Depth + 1);
    return Left.empty() || Right.empty() ? "" : "(" + Left + Sign + Right + ")";
  }
  default:
    return "";
  }
}

uint32_t BranchText::edgeTo(BodyId Body, uint32_t Block, uint32_t To) const {
  const BodyView B(Prog, Body);
  const assay::Block &Data = *B.Data.blocks()->Get(Block);
  for (uint32_t E = 0; E != Data.num_succs(); ++E)
    if (rows(B.Data.succs())[Data.first_succ() + E] == To)
      return E;
  return NoId;
}

/// The blocks that can come after `From`, without going through `Not`.
static llvm::BitVector blocksAfter(const BodyView &B, uint32_t From, uint32_t Not) {
  llvm::BitVector Seen(rowCount(B.Data.blocks()));
  std::vector<uint32_t> Work;
  auto Push = [&](uint32_t To) {
    if (To < Seen.size() && To != Not && !Seen.test(To)) {
      Seen.set(To);
      Work.push_back(To);
    }
  };
  Push(From);
  while (!Work.empty()) {
    const Block &Data = *B.Data.blocks()->Get(Work.back());
    Work.pop_back();
    for (uint32_t To : rows(B.Data.succs()).slice(Data.first_succ(), Data.num_succs()))
      Push(To);
  }
  return Seen;
}

bool BranchText::isWorthTelling(BodyId Body, uint32_t Block, uint32_t Edge,
                                llvm::function_ref<bool(InstRef)> Matters) const {
  const BodyView B(Prog, Body);
  const assay::Block &Data = *B.Data.blocks()->Get(Block);
  llvm::ArrayRef<uint32_t> Succs = rows(B.Data.succs()).slice(Data.first_succ(), Data.num_succs());
  if (Edge >= Succs.size() || Succs.size() < 2 || Succs[Edge] >= rowCount(B.Data.blocks()))
    return false;
  llvm::BitVector PassedOver(rowCount(B.Data.blocks()));
  for (uint32_t E = 0; E != Succs.size(); ++E)
    if (Succs[E] != Succs[Edge])
      PassedOver |= blocksAfter(B, Succs[E], Block);
  if (!PassedOver.test(Succs[Edge]))
    return true;
  PassedOver.reset(blocksAfter(B, Succs[Edge], Block));
  return llvm::any_of(PassedOver.set_bits(), [&](unsigned Other) {
    const assay::Block &Passed = *B.Data.blocks()->Get(Other);
    for (uint32_t I = 0; I != Passed.num_insts(); ++I)
      if (B.Insts[Passed.first_inst() + I].op() == Op::Call &&
          Matters({Body, Passed.first_inst() + I}))
        return true;
    return false;
  });
}
