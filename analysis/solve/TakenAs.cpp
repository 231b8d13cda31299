#include "analysis/solve/TakenAs.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/TextArguments.h"

using namespace assay;

static std::string parameterOf(InstRef Call, llvm::function_ref<bool(Operand)> Is,
                               const LiteralProperty &P, const Judging &J) {
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
      if (J.Lex.isNamedIn(Info.Qualified, Name, P.Named) || J.Lex.isNamed(Name, P.HandedTo))
        return Name.str();
    }
  }
  return "";
}

static std::string ofGlobal(EntityId Global, const LiteralProperty &P, const Judging &J) {
  for (InstRef Call : J.Prog.addressPassedTo(Global)) {
    const BodyView B(J.Prog, Call.Body);
    const auto IsGlobal = [&](Operand O) {
      if (!O.is(OperandKind::AddressOf))
        return false;
      const Place &At = B.Places[O.index()];
      return At.kind() == BaseKind::Global && B.entity(At.base()) == Global &&
             llvm::none_of(B.pathOf(At), [](const Step &S) { return S.kind() == StepKind::Field; });
    };
    if (std::string Name = parameterOf(Call, IsGlobal, P, J); !Name.empty())
      return Name;
  }
  return "";
}

/// From this instruction on.
static std::string ofLocal(InstRef From, uint32_t Local, const LiteralProperty &P,
                           const Judging &J) {
  const BodyView B(J.Prog, From.Body);
  const auto IsHolder = [&](Operand O) {
    if (!O.is(OperandKind::AddressOf))
      return wholeLocal(B, O) == Local;
    const Place &At = B.Places[O.index()];
    return At.kind() == BaseKind::Local && At.base() == Local;
  };
  for (uint32_t N = From.Inst + 1; N < B.Insts.size(); ++N)
    if (B.Insts[N].op() == Op::Call)
      if (std::string Name = parameterOf({From.Body, N}, IsHolder, P, J); !Name.empty())
        return Name;
  return "";
}

/// strcpy(buf, "..."): what `buf` is handed to then.
static std::string ofCopy(InstRef Call, llvm::function_ref<bool(Operand)> IsSpot,
                          const LiteralProperty &P, const Judging &J) {
  const BodyView B(J.Prog, Call.Body);
  for (EntityId Callee : J.Prog.calleesOf(Call).Targets)
    for (const FunctionModel *Row : J.Roles.rowsOf(Callee)) {
      const Role *R = J.Roles.role(Row->Role);
      for (const auto &[To, From] : R ? R->Writes : decltype(R->Writes)()) {
        const auto Written = Row->Binds.find(To), Read = Row->Binds.find(From);
        if (Written == Row->Binds.end() || Read == Row->Binds.end() ||
            !IsSpot(B.unconverted(J.Values.argument(Call, Read->second.Index))))
          continue;
        if (const auto Local = wholeLocal(B, J.Values.argument(Call, Written->second.Index)))
          return ofLocal(Call, *Local, P, J);
      }
    }
  return "";
}

std::string assay::takenAs(const LiteralSpot &S, const LiteralProperty &P, const Judging &J) {
  const BodyView B(J.Prog, S.At.Body);
  if (B.Data.kind() == BodyKind::Initialiser)
    return ofGlobal(J.Prog.body(S.At.Body).Entity, P, J);
  if (J.Prog.inst(S.At).op() == Op::Store) {
    const Place &Holder = B.Places[J.Prog.inst(S.At).a()];
    return Holder.kind() == BaseKind::Local && !Holder.path_len()
               ? ofLocal(S.At, Holder.base(), P, J)
               : "";
  }
  if (J.Prog.inst(S.At).op() != Op::Call)
    return "";
  const auto IsSpot = [&](Operand O) {
    if (O.is(OperandKind::Const))
      return O.index() == S.Const;
    return O.is(OperandKind::AddressOf) && B.Places[O.index()].kind() == BaseKind::Literal &&
           B.Places[O.index()].base() == S.Const;
  };
  std::string Name = parameterOf(S.At, IsSpot, P, J);
  return Name.empty() ? ofCopy(S.At, IsSpot, P, J) : Name;
}
