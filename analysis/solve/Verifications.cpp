#include "analysis/solve/Verifications.h"

#include "analysis/solve/BranchWords.h"

using namespace assay;

static ResultClasses classesAt(const RoleSite &S, const Judging &J) {
  return classesOf(*S.Call, J.Prog.tablesOf(S.At.Body).string(J.Prog.inst(S.At).type()));
}

Verifications::Verifications(const ComparisonProperty &P, const Judging &J,
                             const OperandNames &Called, IdleDetours &Telling)
    : P(P), J(J), Called(Called), Telling(Telling) {
  findRoles();
  findComparisons();
  std::vector<InstRef> All(Places.begin(), Places.end());
  for (const auto &[Body, Inst] : Hashing)
    All.push_back({Body, Inst});
  Reaching = J.Reaches.to(All);
}

void Verifications::findRoles() {
  for (const std::string &R : P.Past)
    for (const RoleSite &S : J.Roles.sitesOf(R)) {
      if (!S.Call || J.Roles.isOutOfScope(S.At.Body))
        continue;
      if (S.Call->Success) {
        Places.insert(S.At);
        Seeds.push_back({S.At, classesAt(S, J), {}, true});
        continue;
      }
      auto [It, New] = Hashing.try_emplace(S.At.Body, S.At.Inst);
      It->second = std::min(It->second, S.At.Inst);
    }
}

void Verifications::findComparisons() {
  for (const std::string &R : P.At)
    for (const RoleSite &S : J.Roles.sitesOf(R))
      if (S.Call && S.Call->Success && !J.Roles.isOutOfScope(S.At.Body) && isOfSecret(S)) {
        Places.insert(S.At);
        Seeds.push_back({S.At, classesAt(S, J), {}, true});
      }
}

/// With a text in place it is asked for a keyword, or told as a comparison with the source.
bool Verifications::isOfSecret(const RoleSite &S) const {
  const BodyView B(J.Prog, S.At.Body);
  std::vector<std::string> Names;
  for (const char *Side : {"left", "right"}) {
    const std::optional<Operand> O = boundOperand(S, Side, J);
    const Place *At = O ? B.addressedPlace(*O) : nullptr;
    if (!O || (At && At->kind() == BaseKind::Literal))
      return false;
    Called.namesOf(S.At.Body, *O, Names);
  }
  const auto First = Hashing.find(S.At.Body);
  if (First != Hashing.end() && First->second < S.At.Inst)
    return true;
  return llvm::any_of(Names, [&](const std::string &N) { return J.Lex.isNamed(N, P.PastNamed); });
}

void Verifications::handOn() {
  IsHandedOn = true;
  for (const HandedStatus &Seed : Seeds) {
    if (!Seed.Classes.Success || !Seed.Classes.Failure)
      continue;
    Known[Seed.Call.Body].push_back(Seed);
    for (HandedStatus &On : callsHandedOn(J, Telling, Seed.Call, Seed.Classes).Calls)
      Known[On.Call.Body].push_back(std::move(On));
  }
  for (auto &[Body, Calls] : Known) {
    llvm::sort(Calls);
    Calls.erase(std::unique(Calls.begin(), Calls.end()), Calls.end());
  }
}

llvm::ArrayRef<HandedStatus> Verifications::in(BodyId Id) {
  if (!IsHandedOn)
    handOn();
  const auto It = Known.find(Id);
  if (It == Known.end())
    return {};
  return It->second;
}

/// What gives a text back has hashed one, and decides nothing.
bool Verifications::mayBe(InstRef Call) {
  if (Places.count(Call) ||
      llvm::any_of(in(Call.Body), [&](const HandedStatus &H) { return H.Call == Call; }))
    return true;
  const bool Leads =
      llvm::any_of(J.Prog.calleesOf(Call).Targets, [&](EntityId T) { return Reaching.test(T); });
  if (!Leads || !isAnswer(Call, J.Prog))
    return false;
  std::vector<std::string> Names;
  Called.namesOfArguments(Call, Names);
  return isAnswerUsed(Call, J.Prog) ||
         llvm::any_of(Names, [&](const std::string &N) { return J.Lex.isNamed(N, P.PastNamed); });
}
