#include "analysis/solve/OnlyRead.h"

#include "analysis/link/BodyView.h"

using namespace assay;

bool assay::readsOnly(const EntityInfo &Callee, unsigned Param, bool IsThis) {
  if (IsThis)
    return Callee.has(EntityFlag::ConstMethod);
  const auto *Params = Callee.Row->params();
  constexpr auto Kept = static_cast<uint16_t>(ParamFlag::PointeeConst) |
                        static_cast<uint16_t>(ParamFlag::RecordByValue);
  return Params && Param < Params->size() ? (Params->Get(Param)->flags() & Kept) != 0
                                          : Callee.has(EntityFlag::Variadic);
}

bool assay::mayWriteElsewhere(InstRef Call, unsigned Argument, const Program &Prog) {
  const Inst &In = Prog.inst(Call);
  const Callees To = Prog.calleesOf(Call);
  if (!Prog.isAlone() || BodyView::isDispatched(In) || To.Complete || To.Targets.empty())
    return false;
  const unsigned Receivers = BodyView::receivers(In);
  return !readsOnly(Prog.entity(To.Targets.front()), Argument - Receivers, Argument < Receivers);
}

static bool isHandedToReader(const BodyView &B, const Program &Prog, uint32_t Call,
                             Operand Result) {
  const Inst &In = B.Insts[Call];
  const Callees To = Prog.calleesOf({B.Id, Call});
  const unsigned Receivers = BodyView::receivers(In);
  return To.Complete && !To.Targets.empty() &&
         llvm::all_of(llvm::enumerate(B.argsOf(In)), [&](const auto &Arg) {
           const auto A = static_cast<unsigned>(Arg.index());
           return Operand(Arg.value()) != Result || llvm::all_of(To.Targets, [&](EntityId Callee) {
                    return readsOnly(Prog.entity(Callee), A - Receivers, A < Receivers);
                  });
         });
}

/// A value and its copies.
static bool isOnlyRead(const BodyView &B, const Program &Prog, uint32_t Temp, unsigned Left) {
  const Operand Result(OperandKind::Temp, Temp);
  // *p = 0, p->field, &p[1]
  if (!Left || llvm::any_of(B.Places, [&](const Place &P) {
        return P.kind() == BaseKind::Temp && P.base() == Temp;
      }))
    return false;
  for (uint32_t I = 0; I != B.Insts.size(); ++I) {
    const Inst &In = B.Insts[I];
    bool IsUsed = false;
    B.forEachOperand(In, [&](Operand O) { IsUsed |= O == Result; });
    if (!IsUsed || In.op() == Op::Compare)
      continue;
    const bool IsRead = In.op() == Op::Copy   ? isOnlyRead(B, Prog, I, Left - 1)
                        : In.op() == Op::Call ? isHandedToReader(B, Prog, I, Result)
                                              : false;
    if (!IsRead)
      return false;
  }
  return true;
}

bool assay::isResultOnlyRead(InstRef Call, const Program &Prog) {
  constexpr unsigned MostCopies = 4;
  return isOnlyRead(BodyView(Prog, Call.Body), Prog, Call.Inst, MostCopies);
}
