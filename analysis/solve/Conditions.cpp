#include "analysis/solve/Conditions.h"

#include "analysis/solve/BoundValues.h"
#include "analysis/solve/Exemptions.h"
#include "analysis/solve/Ruling.h"

using namespace assay;

HowMeant assay::kindMeant(const Conditions &When, const RoleSite &S, const Judging &J,
                          llvm::ArrayRef<InstRef> By) {
  HowMeant All;
  for (const auto &[Bind, Asked] : When) {
    const auto Is = [&, &Of = Bind, &Wanted = Asked](const Value &V) -> std::optional<bool> {
      const Facts Have = J.Values.factsOf(V, domainOf(S, Of));
      if (Have.empty() && !Wanted.empty())
        return std::nullopt;
      return llvm::all_of(Wanted, [&](const auto &F) {
        auto It = Have.find(F.first);
        return It != Have.end() && isOneOf(It->second, F.second);
      });
    };
    join(All, howMeant(boundValues(S, Bind, J, By).value_or(ValueSet()), By, Is));
  }
  return All;
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
