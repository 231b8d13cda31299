#include "analysis/solve/Solver.h"

#include "analysis/solve/EntryPoints.h"
#include "analysis/solve/Grading.h"
#include "analysis/solve/Nesting.h"
#include "analysis/solve/Toolbox.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"

#include <algorithm>
#include <tuple>

using namespace assay;

namespace {

auto placeOf(const Finding &F) {
  return std::tie(F.At.File, F.At.Line, F.At.Column, F.Check, F.Message, F.SiteKey);
}

void orderAndUnify(std::vector<Finding> &Findings) {
  llvm::stable_sort(Findings,
                    [](const Finding &A, const Finding &B) { return placeOf(A) < placeOf(B); });
  // Header code compiled in several units is found once; so is what two properties of a page say
  // alike.
  auto Same = [](const Finding &A, const Finding &B) {
    return std::tie(A.At, A.Check, A.Message) == std::tie(B.At, B.Check, B.Message);
  };
  Findings.erase(std::unique(Findings.begin(), Findings.end(), Same), Findings.end());
}

void addFingerprints(std::vector<Finding> &Findings) {
  std::map<std::tuple<std::string, std::string, std::string>, unsigned> Ordinals;
  for (Finding &F : Findings) {
    unsigned N = Ordinals[{F.Check, F.EntityName, F.SiteKey}]++;
    llvm::BLAKE3 Hash;
    for (const std::string &Part : {F.Check, F.EntityName, F.SiteKey, std::to_string(N)}) {
      Hash.update(Part);
      Hash.update(llvm::StringRef("\0", 1));
    }
    F.Fingerprint = llvm::toHex(Hash.final<16>(), /*LowerCase=*/true);
  }
}

void orderSites(std::vector<Site> &Sites) {
  auto Key = [](const Site &S) { return std::tie(S.At, S.Role, S.Outcome, S.Reason, S.Function); };
  llvm::stable_sort(Sites, [&](const Site &A, const Site &B) { return Key(A) < Key(B); });
  Sites.erase(std::unique(Sites.begin(), Sites.end(),
                          [&](const Site &A, const Site &B) { return Key(A) == Key(B); }),
              Sites.end());
}

CheckVerdict verdictOf(const CheckPage &Page, const Judged &Mine, const std::string &Unseen) {
  CheckVerdict V;
  V.Check = Page.Id;
  std::string FirstUnproven;
  for (const Site &S : Mine.Sites) {
    V.Passed += S.Outcome == Verdict::Pass;
    V.Failed += S.Outcome == Verdict::Fail;
    V.Unproven += S.Outcome == Verdict::Unproven;
    V.NotApplicable += S.Outcome == Verdict::NotApplicable;
    if (S.Outcome == Verdict::Unproven && FirstUnproven.empty())
      FirstUnproven = S.Reason;
  }
  if (V.Failed) {
    V.Outcome = Verdict::Fail;
  } else if (V.Unproven) {
    V.Outcome = Verdict::Unproven;
    V.Reason = FirstUnproven;
  } else if (!Mine.NotAsked.empty()) {
    V.Reason = Mine.NotAsked;
  } else if (!Unseen.empty()) {
    V.Outcome = Verdict::Unproven;
    V.Reason = Unseen;
  } else if (V.Passed) {
    V.Outcome = Verdict::Pass;
  } else {
    V.Outcome = Verdict::NotApplicable;
    V.Reason = "the program has no place where it applies";
  }
  return V;
}

Level levelOf(const Policy &Rules, const std::string &Check) {
  auto It = Rules.Levels.find(Check);
  return It == Rules.Levels.end() ? Level::Warning : It->second;
}

/// Of a unit by itself there is no answer.
bool asksOfTheWhole(const Property &P) {
  return std::holds_alternative<ConsistentProperty>(P) ||
         std::holds_alternative<DeclaredProperty>(P);
}

} // namespace

static Solved solveAsked(const Program &Prog, const Policy &Rules, const std::string &Unseen,
                         SiteScope Asked, llvm::function_ref<bool(const CheckPage &)> IsWanted) {
  Toolbox Tools(Prog, Rules, std::move(Asked));
  Solved Out;
  Out.Notes.assign(Tools.Roles.notes().begin(), Tools.Roles.notes().end());
  for (const CheckPage &Page : Rules.Checks) {
    if (!IsWanted(Page))
      continue;
    Judged Mine;
    const Judging J = Tools.judging(Page, levelOf(Rules, Page.Id), Mine);
    for (const auto &P : Page.Properties) {
      if (Prog.isAlone() && asksOfTheWhole(*P))
        continue;
      const size_t Before = Mine.Findings.size();
      std::visit([&](const auto &Kind) { judge(Kind, J); }, *P);
      grade(llvm::MutableArrayRef(Mine.Findings).drop_front(Before), Page, *P, Rules);
    }
    orderSites(Mine.Sites);
    Out.Verdicts.push_back(verdictOf(Page, Mine, Unseen));
    llvm::append_range(Out.Sites, std::move(Mine.Sites));
    llvm::append_range(Out.Findings, std::move(Mine.Findings));
  }
  orderAndUnify(Out.Findings);
  if (Tools.Asked.isAll())
    Out.Entries = entryRowsOf(Prog, entriesOf(Prog, Rules, Tools.Roles, Tools.Values));
  return Out;
}

Solved assay::solve(const Program &Prog, const Policy &Rules, const std::string &Unseen) {
  Solved Out = solveAsked(Prog, Rules, Unseen, SiteScope(), [](const CheckPage &) { return true; });
  addFingerprints(Out.Findings);
  for (Finding &F : Out.Findings)
    nest(F.Path);
  return Out;
}

/// Without fingerprints, which count all findings of a function.
std::vector<Finding> assay::solveIn(const Program &Prog, const Policy &Rules,
                                    const std::set<std::string> &Files,
                                    std::optional<std::set<std::string>> Before,
                                    llvm::function_ref<bool(const CheckPage &)> IsWanted) {
  std::vector<Finding> Found =
      solveAsked(Prog, Rules, /*Unseen=*/"", SiteScope(Prog, Files, std::move(Before)), IsWanted)
          .Findings;
  std::erase_if(Found, [&](const Finding &F) { return !Files.count(F.At.File); });
  return Found;
}

uint64_t assay::countUnmodelled(const Program &Prog, const Policy &Rules) {
  RoleIndex Roles(Prog, Rules);
  uint64_t N = 0;
  for (EntityId Id = 0; Id != Prog.entityCount(); ++Id) {
    const EntityInfo &E = Prog.entity(Id);
    bool Called = E.isFunction() && !Prog.callersOf(Id).empty();
    N += Called && Prog.bodiesOf(Id).empty() && Roles.rowsOf(Id).empty() &&
         !E.has(EntityFlag::Implicit);
  }
  return N;
}
