#include "analysis/solve/Answers.h"

using namespace assay;

Answers::Answers(const BodyView &B, const BodyFacts &Facts) : B(B), Facts(Facts) {
  Users.resize(B.Insts.size());
  Loads.resize(rowCount(B.Data.locals()));
  for (uint32_t N = 0; N != B.Insts.size(); ++N) {
    const Inst &I = B.Insts[N];
    B.forEachOperand(I, [&](Operand O) {
      if (O.is(OperandKind::Temp) && !llvm::is_contained(Users[O.index()], N))
        Users[O.index()].push_back(N);
      // A place that starts at a temporary uses it as a pointer; results that are pointers are
      // data.
      if (O.is(OperandKind::AddressOf) && B.Places[O.index()].kind() == BaseKind::Temp)
        Users[B.Places[O.index()].base()].push_back(N);
    });
    if (I.op() != Op::Load)
      continue;
    const Place &From = B.Places[I.a()];
    if (From.kind() == BaseKind::Local)
      Loads[From.base()].push_back(N);
    else if (From.kind() == BaseKind::Temp)
      Users[From.base()].push_back(N);
  }
}

Answer Answers::to(uint32_t Call) const {
  const auto Flags = B.Insts[Call].flags();
  if (Flags & static_cast<uint16_t>(CallFlag::ResultVoidCast))
    return Answer::Waived;
  if (Flags & static_cast<uint16_t>(CallFlag::ResultUnused))
    return Answer::Dropped;
  Seen S;
  follow(Call, S);
  if (S.Data)
    return Answer::Data;
  if (S.Tested)
    return Answer::Tested;
  if (S.Kind)
    return Answer::Kind;
  return S.HandedOn ? Answer::HandedOn : Answer::Dropped;
}

void Answers::follow(uint32_t Temp, Seen &S) const {
  if (S.Followed.insert(Temp).second)
    for (uint32_t User : Users[Temp])
      followUse(User, Temp, S);
}

void Answers::followUse(uint32_t User, uint32_t Temp, Seen &S) const {
  const Inst &I = B.Insts[User];
  switch (I.op()) {
  case Op::Branch:
    S.Tested = true;
    return;
  case Op::Switch:
    S.Kind = true;
    return;
  case Op::Compare:
    (asksForKind(I) ? S.Kind : S.Tested) = true;
    return;
  case Op::Select:
    if (Operand(I.a()) == Operand(OperandKind::Temp, Temp))
      S.Tested = true;
    else
      follow(User, S);
    return;
  case Op::Copy:
    return follow(User, S);
  case Op::Derive:
    return followDerive(User, I, S);
  case Op::Store:
    return followStore(I, S);
  case Op::Load: // through the result, which is a pointer
    S.Data = true;
    return;
  default:
    S.HandedOn = true;
    return;
  }
}

/// "Is it 7?": the number says what came, not whether it went well.
bool Answers::asksForKind(const Inst &Compare) const {
  if (Predicate(Compare.sub()) != Predicate::EQ && Predicate(Compare.sub()) != Predicate::NE)
    return false;
  for (Operand O : {Operand(Compare.a()), Operand(Compare.b())})
    if (O.is(OperandKind::Const)) {
      const Constant &C = B.Constants[O.index()];
      return C.kind() == ConstantKind::Int && (C.value() < -1 || C.value() > 1);
    }
  return false;
}

void Answers::followDerive(uint32_t User, const Inst &I, Seen &S) const {
  switch (DeriveOp(I.sub())) {
  case DeriveOp::Not:
  case DeriveOp::LogicalAnd:
  case DeriveOp::LogicalOr:
    S.Tested = true;
    return;
  case DeriveOp::And: // a bit of it
  case DeriveOp::Or:  // errors that are collected
    return follow(User, S);
  case DeriveOp::Negate:
    return follow(User, S);
  default:
    S.Data = true;
  }
}

void Answers::followStore(const Inst &Store, Seen &S) const {
  const Place &To = B.Places[Store.a()];
  if (To.kind() != BaseKind::Local || To.path_len() != 0 || Facts.isAddressTaken(To.base())) {
    S.HandedOn = true;
    return;
  }
  // The variable may hold other results, too; each load is taken for one of this.
  for (uint32_t Load : Loads[To.base()])
    follow(Load, S);
}

bool Answers::isQuestion(const Program &Prog, uint32_t Call) const {
  const Inst &I = B.Insts[Call];
  const llvm::StringRef Type = B.Of.string(I.type());
  if (Type.empty() || Type == "void" || Type.contains('*'))
    return false;
  const Answer A = to(Call);
  return (A == Answer::Tested || A == Answer::Kind) && !isFilled(Prog, Call);
}

bool Answers::isTouchedBefore(uint32_t Local, uint32_t Call) const {
  auto IsIt = [&](uint32_t Row) {
    const Place &P = B.Places[Row];
    return P.kind() == BaseKind::Local && P.base() == Local;
  };
  for (uint32_t N = 0; N != Call; ++N) {
    const Inst &I = B.Insts[N];
    const bool Initialises =
        I.op() == Op::Store && (I.flags() & static_cast<uint16_t>(StoreFlag::Initialise));
    if (I.op() == Op::Store && !Initialises && IsIt(I.a()))
      return true;
    bool Passed = false;
    B.forEachOperand(I,
                     [&](Operand O) { Passed |= O.is(OperandKind::AddressOf) && IsIt(O.index()); });
    if (Passed)
      return true;
  }
  return false;
}

/// It is handed an empty variable of the body to write to: it is there for what it brings.
bool Answers::isFilled(const Program &Prog, uint32_t Call) const {
  const Inst &I = B.Insts[Call];
  const auto Args = B.argsOf(I);
  const Operand Callee(I.a());
  const Entity *Row =
      Callee.is(OperandKind::Function) ? Prog.entity(B.entity(Callee.index())).Row : nullptr;
  const auto Params = Row ? rows(Row->params()) : llvm::ArrayRef<Param>();
  for (uint32_t A = BodyView::receivers(I); A < Args.size(); ++A) {
    const Place *P = B.addressedPlace(Operand(Args[A]));
    const uint32_t Index = A - BodyView::receivers(I);
    const bool ReadOnly = Index < Params.size() &&
                          (Params[Index].flags() & static_cast<uint16_t>(ParamFlag::PointeeConst));
    if (P && P->kind() == BaseKind::Local && !ReadOnly && !isTouchedBefore(P->base(), Call))
      return true;
  }
  return false;
}
