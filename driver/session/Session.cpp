#include "driver/session/Session.h"

#include "analysis/extract/CompilationDatabase.h"
#include "analysis/link/Linker.h"
#include "analysis/solve/Solver.h"
#include "driver/session/CoverageOf.h"
#include "driver/session/GateOf.h"
#include "driver/session/Units.h"

#include "llvm/Support/Path.h"

#include <set>

using namespace assay;

namespace {

/// One unit that defines `main` makes a program; without one it is a library, and anybody may call
/// in.
bool hasMain(llvm::ArrayRef<Unit> Units) {
  for (const Unit &U : Units)
    for (const Entity *E : *U.Summary->entities())
      if (E->kind() == EntityKind::Function &&
          (E->flags() & static_cast<uint32_t>(EntityFlag::Definition)) &&
          U.string(E->qualified()) == "main")
        return true;
  return false;
}

void keepOnly(const std::vector<std::string> &Files, Report &R) {
  if (Files.empty())
    return;
  std::set<std::string> Wanted(Files.begin(), Files.end());
  std::erase_if(R.Findings, [&](const Finding &F) { return !Wanted.count(F.At.File); });
  std::erase_if(R.Sites, [&](const Site &S) { return !Wanted.count(S.At.File); });
}

} // namespace

llvm::Expected<Report> Session::run(const Project &P) const {
  auto Commands = loadCompilationDatabase(P.Database);
  if (!Commands)
    return Commands.takeError();
  PathForms Paths(P.Root, llvm::sys::path::parent_path(P.Database));
  auto Summaries = gatherUnits(*Commands, P, Paths, Options);
  if (!Summaries)
    return Summaries.takeError();

  Report R;
  R.Artifacts = artifactsOf(Summaries->Units);
  Linker::Options Linking;
  Linking.WholeProgram = hasMain(Summaries->Units);
  auto Prog = Linker(Linking).link(std::move(Summaries->Units));
  if (!Prog)
    return Prog.takeError();

  R.Cover = coverageOf(*Prog, std::move(Summaries->Coverage));
  R.Cover.UnmodelledExternalFunctions = countUnmodelled(*Prog, Rules);
  Solved Answers = solve(*Prog, Rules, unseenPart(R.Cover));

  R.Profile = Rules.Profile;
  R.ToolVersion = ASSAY_VERSION;
  R.Rules = Rules.Rules;
  R.Verdicts = std::move(Answers.Verdicts);
  R.Findings = std::move(Answers.Findings);
  R.Sites = std::move(Answers.Sites);
  R.Notes = std::move(Summaries->Notes);
  keepOnly(P.Files, R);
  R.GateResult = gateOf(Rules.Gate, R);
  return R;
}
