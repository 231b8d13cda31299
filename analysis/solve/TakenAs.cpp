#include "analysis/solve/TakenAs.h"

#include "analysis/link/BodyView.h"

using namespace assay;

static std::string parameterOf(InstRef Call, llvm::function_ref<bool(Operand)> Is,
                               llvm::ArrayRef<std::string> Classes, const Judging &J) {
  const BodyView B(J.Prog, Call.Body);
  const Inst &I = J.Prog.inst(Call);
  const auto Args = B.argsOf(I);
  for (uint32_t A = BodyView::receivers(I); A < Args.size(); ++A) {
    if (!Is(B.unconverted(Operand(Args[A]))))
      continue;
    for (EntityId Callee : J.Prog.calleesOf(Call).Targets) {
      const EntityInfo &Info = J.Prog.entity(Callee);
      const auto *Params = Info.Row->params();
      const uint32_t Param = A - BodyView::receivers(I);
      if (!J.Roles.rowsOf(Callee).empty() || !Params || Param >= Params->size())
        continue;
      const llvm::StringRef Name = J.Prog.unit(Info.Unit).string(Params->Get(Param)->name());
      if (J.Lex.isNamedIn(Info.Qualified, Name, Classes))
        return Name.str();
    }
  }
  return "";
}

static std::string ofGlobal(EntityId Global, llvm::ArrayRef<std::string> Classes,
                            const Judging &J) {
  for (InstRef Call : J.Prog.addressPassedTo(Global)) {
    const BodyView B(J.Prog, Call.Body);
    const auto IsGlobal = [&](Operand O) {
      if (!O.is(OperandKind::AddressOf))
        return false;
      const Place &P = B.Places[O.index()];
      return P.kind() == BaseKind::Global && B.entity(P.base()) == Global &&
             llvm::none_of(B.pathOf(P), [](const Step &S) { return S.kind() == StepKind::Field; });
    };
    if (std::string Name = parameterOf(Call, IsGlobal, Classes, J); !Name.empty())
      return Name;
  }
  return "";
}

static std::string ofLocal(InstRef Store, llvm::ArrayRef<std::string> Classes, const Judging &J) {
  const BodyView B(J.Prog, Store.Body);
  const Place &Holder = B.Places[J.Prog.inst(Store).a()];
  if (Holder.kind() != BaseKind::Local || Holder.path_len())
    return "";
  const auto IsHolder = [&](Operand O) {
    return O.is(OperandKind::AddressOf) && B.Places[O.index()].kind() == BaseKind::Local &&
           B.Places[O.index()].base() == Holder.base();
  };
  for (uint32_t N = Store.Inst + 1; N < B.Insts.size(); ++N)
    if (B.Insts[N].op() == Op::Call)
      if (std::string Name = parameterOf({Store.Body, N}, IsHolder, Classes, J); !Name.empty())
        return Name;
  return "";
}

std::string assay::takenAs(const LiteralSpot &S, llvm::ArrayRef<std::string> Classes,
                           const Judging &J) {
  const BodyView B(J.Prog, S.At.Body);
  if (B.Data.kind() == BodyKind::Initialiser)
    return ofGlobal(J.Prog.body(S.At.Body).Entity, Classes, J);
  if (J.Prog.inst(S.At).op() == Op::Store)
    return ofLocal(S.At, Classes, J);
  if (J.Prog.inst(S.At).op() != Op::Call)
    return "";
  const auto IsSpot = [&](Operand O) {
    if (O.is(OperandKind::Const))
      return O.index() == S.Const;
    return O.is(OperandKind::AddressOf) && B.Places[O.index()].kind() == BaseKind::Literal &&
           B.Places[O.index()].base() == S.Const;
  };
  return parameterOf(S.At, IsSpot, Classes, J);
}
