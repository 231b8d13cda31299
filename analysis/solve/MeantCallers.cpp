#include "analysis/solve/MeantCallers.h"

using namespace assay;

HowMeant assay::howMeant(const ValueSet &Values, llvm::ArrayRef<InstRef> By,
                         llvm::function_ref<std::optional<bool>(const Value &)> Is) {
  HowMeant Its;
  Its.Named = Its.Possible = false;
  for (const Value &V : Values) {
    const std::optional<bool> Has = Is(V);
    Its.Named |= Has.value_or(false);
    Its.Possible |= Has.value_or(true);
    Its.Only &= Has.value_or(false);
    Its.IsOther |= !Has.value_or(true);
    Its.IsHandedIn |= V.Outer.Body != NoId && !llvm::is_contained(By, V.Outer);
  }
  return Its;
}

void assay::join(HowMeant &All, const HowMeant &One) {
  All.Named &= One.Named;
  All.Possible &= One.Possible;
  All.Only &= One.Only;
  All.IsOther |= One.IsOther;
  All.IsHandedIn |= One.IsHandedIn;
}

HowMeant assay::rowMeant(const RoleSite &S, const Judging &J, llvm::ArrayRef<InstRef> By) {
  HowMeant All;
  if (!S.Call)
    return All;
  for (const auto &[Arg, Names] : S.Call->When) {
    const bool Known = asksForKnown(Names);
    const auto Is = [&, &Of = Names](const Value &V) -> std::optional<bool> {
      if (hasName(V, Of, J))
        return true;
      return !Known && mayBeAny(V, J) ? std::nullopt : std::optional(false);
    };
    const Frame *Here = J.Values.entered(S.At.Body, By);
    join(All, howMeant(J.Values.operand(Here, J.Values.argument(S.At, Arg), S.At.Inst), By, Is));
  }
  return All;
}

namespace {

class CallerSearch {
public:
  CallerSearch(const RoleSite &S, const Judging &J,
               llvm::function_ref<HowMeant(llvm::ArrayRef<InstRef>)> Asked, bool HowMeant::*May)
      : S(S), J(J), Asked(Asked), May(May) {}

  MeantCallers Found;

  void search(const CallChain &By) {
    const HowMeant Its = Asked(By);
    if (!Its.Possible)
      return;
    const EntityId Function = J.Prog.body(By.empty() ? S.At.Body : By.back().Body).Entity;
    const auto Callers = J.Prog.callersOf(Function);
    if (Its.Only || !Its.IsHandedIn || By.size() == MostCalls || Callers.empty() ||
        Found.Chains.size() + Callers.size() > MostCallers) {
      if (Its.*May)
        Found.Chains.push_back(By);
      return;
    }
    Found.OrUnseen |= J.Prog.mayHaveUnknownCallers(Function);
    for (InstRef Call : Callers) {
      if (J.Roles.isOutOfScope(Call.Body))
        continue;
      CallChain Further = By;
      Further.push_back(Call);
      search(Further);
    }
  }

private:
  static constexpr size_t MostCalls = 4, MostCallers = 64;

  const RoleSite &S;
  const Judging &J;
  const llvm::function_ref<HowMeant(llvm::ArrayRef<InstRef>)> Asked;
  bool HowMeant::*const May;
};

} // namespace

MeantCallers assay::meantCallers(const RoleSite &S, const Judging &J,
                                 llvm::function_ref<HowMeant(llvm::ArrayRef<InstRef>)> Asked,
                                 bool HowMeant::*May) {
  CallerSearch Search(S, J, Asked, May);
  Search.search({});
  return std::move(Search.Found);
}

static bool comesBy(const CallChain &By, BodyId Site, llvm::ArrayRef<InstRef> Out,
                    const Program &Prog) {
  for (InstRef Call : By) {
    // What lay in memory in between came from somewhere else.
    if (Out.empty() ||
        !llvm::is_contained(Prog.calleesOf(Out.back()).Targets, Prog.body(Site).Entity))
      return true;
    if (Out.back() != Call)
      return false;
    Site = Call.Body;
    Out = Out.drop_back();
  }
  return true;
}

bool assay::comesBy(llvm::ArrayRef<CallChain> Chains, BodyId Site, llvm::ArrayRef<InstRef> Out,
                    const Program &Prog) {
  return llvm::any_of(Chains, [&](const CallChain &By) { return ::comesBy(By, Site, Out, Prog); });
}
