#include "analysis/solve/Exemptions.h"

#include "analysis/solve/BoundValues.h"
#include "analysis/solve/Ruling.h"
#include "analysis/solve/SaidBeside.h"

using namespace assay;

Exemption Exemptions::of(const RoleSite &S) {
  Exemption Most = Exemption::No;
  for (const auto &[Bind, Wanted] : Unless)
    Most = std::max({Most, of(S, Bind, Wanted),
                     isSaidBeside(S, Bind, Wanted, J) ? Exemption::Maybe : Exemption::No});
  return Most;
}

/// Every value of the other bind is known to have one of these facts.
Exemption Exemptions::of(const RoleSite &S, const std::string &Bind, const Asked &Wanted) {
  auto Values = boundValues(S, Bind, J);
  bool Exempt = false, Unknown = false;
  for (const Value &V : Values ? *Values : ValueSet()) {
    if (isNoObject(S, Bind, V))
      continue;
    const Facts Have = J.Values.factsOf(V, domainOf(S, Bind));
    const bool Has = llvm::all_of(Wanted, [&](const auto &F) {
      auto It = Have.find(F.first);
      return It != Have.end() && isOneOf(It->second, F.second);
    });
    if (!Has && !Have.empty())
      return Exemption::No;
    (Has ? Exempt : Unknown) = true;
  }
  // Units that are not here may be what makes it exempt; so may code that the program is called
  // from, if nothing here is of another kind.
  if (!Exempt)
    return Unknown && (J.Prog.isAlone() || isOnlyKind(Wanted)) ? Exemption::Maybe : Exemption::No;
  return Unknown ? Exemption::Maybe : Exemption::Yes;
}

/// No object: nothing is done to it, so it says nothing of what is.
bool Exemptions::isNoObject(const RoleSite &S, const std::string &Bind, const Value &V) const {
  const Role *R = J.Roles.role(S.role());
  const auto Kind = R->Binds.find(Bind);
  return Kind != R->Binds.end() && Kind->second == BindKind::Object &&
         (V.K == Value::Kind::Null || V.K == Value::Kind::Zero ||
          (V.K == Value::Kind::Int && V.Int == 0));
}

/// Does the program name things that have these facts, and none that has others of the kind?
bool Exemptions::isOnlyKind(const Asked &Wanted) {
  const auto [It, New] = OnlyKinds.try_emplace(&Wanted);
  if (New) {
    bool Some = false, Other = false;
    for (EntityId Id = 0; Id != J.Prog.entityCount(); ++Id) {
      const Facts Have = J.Roles.factsOfName(J.Prog.entity(Id).Qualified);
      for (const auto &[Key, Values] : Wanted)
        if (auto Its = Have.find(Key); Its != Have.end())
          (isOneOf(Its->second, Values) ? Some : Other) = true;
    }
    It->second = Some && !Other;
  }
  return It->second;
}

std::string assay::domainOf(const RoleSite &S, const std::string &Bind) {
  if (S.Assignment)
    return S.Assignment->Domain;
  auto Ref = S.Call->Binds.find(Bind);
  return Ref == S.Call->Binds.end() ? "" : Ref->second.Domain;
}
