#include "analysis/solve/Conditions.h"

#include "analysis/solve/BoundValues.h"
#include "analysis/solve/Exemptions.h"
#include "analysis/solve/Ruling.h"

using namespace assay;

Applies assay::whetherApplies(const Conditions &When, const RoleSite &S, const Judging &J,
                              std::set<InstRef> &Only) {
  Applies Least = Applies::Yes;
  for (const auto &[Bind, Asked] : When) {
    const auto Values = boundValues(S, Bind, J);
    if (!Values)
      return Applies::No;
    Applies Its = Applies::No;
    for (const Value &V : *Values) {
      const Facts Have = J.Values.factsOf(V, domainOf(S, Bind));
      const bool Known = llvm::all_of(Asked, [&](const auto &F) {
        auto It = Have.find(F.first);
        return It != Have.end() && isOneOf(It->second, F.second);
      });
      if (!Known && !Have.empty())
        continue;
      Its = std::max(Its, Known ? Applies::Yes : Applies::Maybe);
      if (V.Outer.Body != NoId)
        Only.insert(V.Outer);
    }
    Least = std::min(Least, Its);
    if (Least == Applies::No)
      return Least;
  }
  return Least;
}

bool assay::isLeftUnset(const RoleSite &S, const std::string &Bind, const Judging &J) {
  if (!S.Call)
    return false;
  const auto Ref = S.Call->Binds.find(Bind);
  if (Ref == S.Call->Binds.end() || !Ref->second.NullMeansUnset)
    return false;
  const auto Values = boundValues(S, Bind, J);
  return Values && !Values->empty() && llvm::all_of(*Values, [](const Value &V) {
           return V.K == Value::Kind::Null || (V.K == Value::Kind::Int && V.Int == 0);
         });
}
