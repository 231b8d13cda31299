#include "analysis/solve/HandedNames.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/OperandNames.h"

#include <set>

using namespace assay;

HandedNames::HandedNames(const FlowProperty &P, const Judging &J) : J(J) {
  std::set<std::string> Roles;
  for (const FlowSource &S : P.From)
    Roles.insert(S.NotGivenTo.begin(), S.NotGivenTo.end());
  for (const std::string &R : Roles)
    for (const RoleSite &S : J.Roles.sitesOf(R))
      if (S.Call && !S.Exempt)
        for (const auto &[Bind, Ref] : S.Call->Binds)
          if (Ref.Where == ArgRef::Kind::Argument)
            addArgument(S.At, Ref.Index, J.Words.callee(S.At), MostCallers);
}

/// The nearest name, and what the callers call it where it is a parameter.
void HandedNames::addArgument(InstRef Call, unsigned Argument, const std::string &Callee,
                              unsigned Callers) {
  const BodyView B(J.Prog, Call.Body);
  const Operand O = B.unconverted(J.Values.argument(Call, Argument));
  if (!O.is(OperandKind::Temp) || B.Insts[O.index()].op() != Op::Load)
    return;
  const Place &From = *B.Data.places()->Get(B.Insts[O.index()].a());
  const std::string Name = ownName(J.Words.lastName(Call.Body, From));
  const bool IsNew = !Name.empty() && Callees.try_emplace(Name, Callee).second;
  if (From.kind() != BaseKind::Param || From.path_len() || !Callers)
    return;
  if (IsNew || Callers == MostCallers)
    for (InstRef Caller : J.Prog.callersOf(J.Prog.body(Call.Body).Entity))
      addArgument(Caller, From.base(), Callee, Callers - 1);
}
