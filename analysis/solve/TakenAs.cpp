#include "analysis/solve/TakenAs.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/TextArguments.h"

using namespace assay;

llvm::ArrayRef<std::string> TakenAs::namesOf(EntityId Callee) const {
  const auto [It, New] = Named.try_emplace(Callee);
  const EntityInfo &Info = J.Prog.entity(Callee);
  const auto *Params = Info.Row->params();
  if (!New || !Params || !J.Roles.rowsOf(Callee).empty())
    return It->second;
  for (uint32_t I = 0; I != Params->size(); ++I) {
    const llvm::StringRef Name = J.Prog.unit(Info.Unit).string(Params->Get(I)->name());
    if (!J.Lex.isNamedIn(Info.Qualified, Name, P.Named) && !J.Lex.isNamed(Name, P.HandedTo))
      continue;
    It->second.resize(I + 1);
    It->second.back() = Name.str();
  }
  return It->second;
}

std::string TakenAs::parameterOf(InstRef Call, Holds Is) const {
  const BodyView B(J.Prog, Call.Body);
  const Inst &I = J.Prog.inst(Call);
  const auto Args = B.argsOf(I);
  const auto Targets = J.Prog.calleesOf(Call).Targets;
  const auto AsksNothing = [&](EntityId Callee) { return namesOf(Callee).empty(); };
  if (llvm::all_of(Targets, AsksNothing))
    return "";
  for (uint32_t A = BodyView::receivers(I); A < Args.size(); ++A) {
    if (!Is(B.unconverted(Operand(Args[A]))))
      continue;
    const uint32_t Param = A - BodyView::receivers(I);
    for (EntityId Callee : Targets)
      if (const auto Names = namesOf(Callee); Param < Names.size() && !Names[Param].empty())
        return Names[Param];
  }
  return "";
}

std::string TakenAs::ofGlobal(EntityId Global) const {
  for (InstRef Call : J.Prog.addressPassedTo(Global)) {
    const BodyView B(J.Prog, Call.Body);
    const auto IsGlobal = [&](Operand O) {
      if (!O.is(OperandKind::AddressOf))
        return false;
      const Place &At = B.Places[O.index()];
      return At.kind() == BaseKind::Global && B.entity(At.base()) == Global &&
             llvm::none_of(B.pathOf(At), [](const Step &S) { return S.kind() == StepKind::Field; });
    };
    if (std::string Name = parameterOf(Call, IsGlobal); !Name.empty())
      return Name;
  }
  return "";
}

/// From this instruction on.
std::string TakenAs::ofLocal(InstRef From, uint32_t Local) const {
  const BodyView B(J.Prog, From.Body);
  const auto IsHolder = [&](Operand O) {
    if (!O.is(OperandKind::AddressOf))
      return wholeLocal(B, O) == Local;
    const Place &At = B.Places[O.index()];
    return At.kind() == BaseKind::Local && At.base() == Local;
  };
  for (uint32_t N = From.Inst + 1; N < B.Insts.size(); ++N)
    if (B.Insts[N].op() == Op::Call)
      if (std::string Name = parameterOf({From.Body, N}, IsHolder); !Name.empty())
        return Name;
  return "";
}

/// strcpy(buf, "..."): what `buf` is handed to then.
std::string TakenAs::ofCopy(InstRef Call, Holds IsSpot) const {
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
          return ofLocal(Call, *Local);
      }
    }
  return "";
}

std::string TakenAs::of(const LiteralSpot &S) const {
  const BodyView B(J.Prog, S.At.Body);
  if (B.Data.kind() == BodyKind::Initialiser)
    return ofGlobal(J.Prog.body(S.At.Body).Entity);
  if (J.Prog.inst(S.At).op() == Op::Store) {
    const Place &Holder = B.Places[J.Prog.inst(S.At).a()];
    return Holder.kind() == BaseKind::Local && !Holder.path_len() ? ofLocal(S.At, Holder.base())
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
  std::string Name = parameterOf(S.At, IsSpot);
  return Name.empty() ? ofCopy(S.At, IsSpot) : Name;
}
