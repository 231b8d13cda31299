#include "analysis/solve/Verifications.h"

#include "analysis/solve/BranchWords.h"

using namespace assay;

HandedStatus assay::statusAt(const RoleSite &S, const Judging &J) {
  const llvm::StringRef Type = J.Prog.tablesOf(S.At.Body).string(J.Prog.inst(S.At).type());
  return {S.At, classesOf(*S.Call, Type), {}, true};
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
        Seeds.push_back(statusAt(S, J));
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
        Seeds.push_back(statusAt(S, J));
      }
}

/// With a text in place it is asked for a keyword, or told as a comparison with the source.
bool Verifications::isOfSecret(const RoleSite &S) const {
  const BodyView B(J.Prog, S.At.Body);
  std::vector<std::string> Names;
  for (const char *Side : {"left", "right"}) {
    const std::optional<Operand> O = boundOperand(S, Side, J);
    if (!O || B.isTextInPlace(*O))
      return false;
    Called.namesOf(S.At.Body, *O, Names);
  }
  const auto First = Hashing.find(S.At.Body);
  if (First != Hashing.end() && First->second < S.At.Inst)
    return true;
  return llvm::any_of(Names, [&](const std::string &N) { return J.Lex.isNamed(N, P.PastNamed); });
}

/// The calls by which the answer of a seed comes to others: dear, and most seeds are never asked.
llvm::ArrayRef<HandedStatus> Verifications::handedOn(size_t Seed) {
  auto [It, New] = Handed.try_emplace(Seed);
  const HandedStatus &Of = Seeds[Seed];
  if (New && Of.Classes.Success && Of.Classes.Failure) {
    It->second = callsHandedOn(J, Telling, Of.Call, Of.Classes).Calls;
    It->second.push_back(Of);
  }
  return It->second;
}

/// The body, and those that it leads to and that may verify somebody.
std::set<BodyId> Verifications::calledFrom(BodyId Id) const {
  std::set<BodyId> All{Id}, Last{Id};
  for (unsigned Call = 0; Call != MostCalls; ++Call) {
    std::set<BodyId> Next;
    for (BodyId From : Last)
      for (uint32_t I = 0; I != rowCount(J.Prog.body(From).Data->insts()); ++I)
        if (J.Prog.inst({From, I}).op() == Op::Call)
          for (EntityId T : J.Prog.calleesOf({From, I}).Targets)
            if (Reaching.test(T))
              for (BodyId To : J.Prog.bodiesOf(T))
                if (All.insert(To).second)
                  Next.insert(To);
    Last = std::move(Next);
  }
  return All;
}

bool Verifications::mayBeNear(BodyId Id) {
  auto [It, New] = Near.try_emplace(Id, false);
  if (New && mayBeIn(Id)) {
    const std::set<BodyId> Around = calledFrom(Id);
    It->second = llvm::any_of(
        Seeds, [&](const HandedStatus &Seed) { return Around.count(Seed.Call.Body) != 0; });
  }
  return It->second;
}

llvm::ArrayRef<HandedStatus> Verifications::in(BodyId Id) {
  auto [It, New] = Known.try_emplace(Id);
  if (!New)
    return It->second;
  const std::set<BodyId> Around = calledFrom(Id);
  std::set<HandedStatus> Found;
  for (size_t Seed = 0; Seed != Seeds.size(); ++Seed)
    if (Around.count(Seeds[Seed].Call.Body))
      for (const HandedStatus &On : handedOn(Seed))
        if (On.Call.Body == Id)
          Found.insert(On);
  It->second.assign(Found.begin(), Found.end());
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
