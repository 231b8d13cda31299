// build: do the commands of the units meet the hardening set?
#include "analysis/solve/Judging.h"

#include "llvm/Support/FormatVariadic.h"

#include <optional>

using namespace assay;

namespace {

/// A group, and what it says of each argument: the commands of a program's units are mostly alike.
class GroupJudge {
public:
  explicit GroupJudge(const BuildProperty::Group &G) : G(G) {}

  /// The last argument that says something decides; nothing: what the compiler is declared to have
  /// built in.
  std::optional<bool> holds(const Command &C, const std::vector<std::string> &Defaults) {
    std::optional<bool> Says;
    for (const std::string &D : Defaults)
      if (matchesAnyGlob(G.Any, D))
        Says = true;
    if (C.arguments())
      for (const auto *A : *C.arguments())
        if (const Saying Word = said(llvm::StringRef(A->data(), A->size())); Word != Saying::No)
          Says = Word == Saying::Good;
    if (!Says && G.AbsentIsUnknown)
      return std::nullopt;
    // A group that only forbids holds when nothing was said.
    return Says.value_or(G.Any.empty());
  }

  std::string lacks() const { return !G.Any.empty() ? G.Any.front() : "without " + G.None.front(); }

private:
  enum class Saying : uint8_t { No, Good, Bad };

  Saying said(llvm::StringRef Argument) {
    auto [It, New] = Known.try_emplace(Argument, Saying::No);
    if (New)
      It->second = matchesAnyGlob(G.Any, Argument)    ? Saying::Good
                   : matchesAnyGlob(G.None, Argument) ? Saying::Bad
                                                      : Saying::No;
    return It->second;
  }

  const BuildProperty::Group &G;
  llvm::StringMap<Saying> Known;
};

struct UnitRow {
  Location At;
  Verdict Outcome = Verdict::Pass;
  std::string Lacks;
};

std::optional<UnitRow> judgeUnit(const Unit &U, const BuildProperty &P,
                                 std::vector<GroupJudge> &Groups, const Judging &J) {
  const Command &C = *U.Summary->command();
  if (!C.arguments() || C.arguments()->size() == 0) // a unit by itself, whose command nobody told
    return std::nullopt;
  if (!P.Languages.empty() && !llvm::is_contained(P.Languages, C.language()->str()))
    return std::nullopt;
  UnitRow Row;
  Row.At.File = U.Summary->files()->Get(0)->path()->str();
  Row.At.Line = 1;
  for (GroupJudge &G : Groups) {
    std::optional<bool> Holds = G.holds(C, J.Rules.CompilerDefaults);
    if (Holds == true || Row.Outcome == Verdict::Fail)
      continue;
    Row.Outcome = Holds ? Verdict::Fail : Verdict::Unproven;
    Row.Lacks = G.lacks();
  }
  return Row;
}

/// It is told at the first unit that lacks something.
bool mayBeToldInAsked(const BuildProperty &P, std::vector<GroupJudge> &Groups, const Judging &J) {
  return llvm::any_of(J.Prog.units(), [&](const Unit &U) {
    if (!J.Asked.shows(U.Summary->files()->Get(0)->path()->str()))
      return false;
    const auto Row = judgeUnit(U, P, Groups, J);
    return Row && Row->Outcome == Verdict::Fail;
  });
}

} // namespace

// One finding for the whole program, whatever the number of units: the cure is one line of the
// build, too.
void assay::judge(const BuildProperty &P, const Judging &J) {
  std::vector<UnitRow> Bad;
  size_t All = 0;
  std::vector<GroupJudge> Groups(P.Groups.begin(), P.Groups.end());
  if (!J.Asked.isAll() && !mayBeToldInAsked(P, Groups, J))
    return;
  for (const Unit &U : J.Prog.units()) {
    if (matchesAnyGlob(J.Rules.OutOfScope, U.Summary->files()->Get(0)->path()->str()))
      continue;
    auto Row = judgeUnit(U, P, Groups, J);
    if (!Row)
      continue;
    ++All;
    std::string Reason = Row->Outcome == Verdict::Pass ? "the command has it"
                         : Row->Outcome == Verdict::Fail
                             ? "the command lacks " + Row->Lacks
                             : "the compiler's default decides; declare it in [build] "
                               "compiler-defaults if it is " +
                                   Row->Lacks;
    J.Out.Sites.push_back({J.Page.Id, "build", Row->At, "", Row->Outcome, Reason});
    if (Row->Outcome == Verdict::Fail)
      Bad.push_back(std::move(*Row));
  }
  if (Bad.empty())
    return;
  Finding F;
  F.Check = J.Page.Id;
  F.Sev = J.Page.Sev;
  F.Lvl = J.Lvl;
  F.At = Bad.front().At;
  std::string Count = llvm::formatv("{0} of {1}", Bad.size(), All).str();
  F.Message = fillIn(P.Message.empty() ? "{count} units are compiled without {flag}" : P.Message,
                     {{"count", Count}, {"flag", Bad.front().Lacks}});
  F.Path.push_back({F.At, "", "compiled without " + Bad.front().Lacks, PathStepKind::Site});
  for (size_t I = 1; I < Bad.size(); ++I)
    F.Related.push_back({Bad[I].At, "", "also compiled without " + Bad[I].Lacks});
  F.SiteKey = "build|" + Bad.front().Lacks;
  J.Out.Findings.push_back(std::move(F));
}
