#include "analysis/solve/SaidBeside.h"

#include "analysis/link/BodyView.h"
#include "analysis/solve/FlowTables.h"
#include "analysis/solve/ObjectPath.h"
#include "analysis/solve/Ruling.h"

using namespace assay;

static bool saysByName(const FunctionModel &Row,
                       const std::map<std::string, std::vector<FactValue>> &Asked) {
  return llvm::any_of(Row.Binds, [&](const auto &Entry) {
    const Facts &Said = Entry.second.Fixed;
    return llvm::all_of(Asked, [&](const auto &F) {
      const auto It = Said.find(F.first);
      return It != Said.end() && isOneOf(It->second, F.second);
    });
  });
}

bool assay::isSaidBeside(const RoleSite &S, const std::string &Bind,
                         const std::map<std::string, std::vector<FactValue>> &Asked,
                         const Judging &J) {
  const ObjectNames Names(J.Flows.Bodies, S.At.Body);
  const auto NameOf = [&](const FunctionModel &Row, InstRef Call) -> std::optional<ObjectPath> {
    const auto Ref = Row.Binds.find(Bind);
    const auto Bound = Ref == Row.Binds.end() ? std::nullopt : operandOf(Ref->second, Call, J.Prog);
    return Bound ? Names.behind(*Bound) : std::nullopt;
  };
  const auto Object = S.Call ? NameOf(*S.Call, S.At) : std::nullopt;
  if (!Object)
    return false;
  const BodyView B(J.Prog, S.At.Body);
  for (uint32_t I = 0; I != B.Insts.size(); ++I)
    if (B.Insts[I].op() == Op::Call)
      for (EntityId T : J.Prog.calleesOf({S.At.Body, I}).Targets)
        for (const FunctionModel *Row : J.Roles.rowsOf(T))
          if (saysByName(*Row, Asked) && NameOf(*Row, {S.At.Body, I}) == Object)
            return true;
  return false;
}
