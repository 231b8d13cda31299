#include "driver/session/Session.h"

#include "analysis/extract/CompilationDatabase.h"
#include "analysis/propose/Proposer.h"
#include "analysis/solve/Solver.h"
#include "driver/session/Answers.h"
#include "driver/session/CheckedFindings.h"
#include "driver/session/CoverageOf.h"
#include "driver/session/GateOf.h"
#include "driver/session/LinkProgram.h"
#include "driver/session/LoadedCode.h"
#include "driver/session/Remedies.h"
#include "driver/session/Toolchains.h"
#include "driver/session/Units.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

#include <set>

using namespace assay;

namespace {

llvm::Expected<Gathered> summariesOf(const Project &P, const ReadDatabase &Database,
                                     const Policy &Rules, const SessionOptions &Options) {
  auto Summaries = gatherUnits(Database.Commands, P, Database.Paths, Rules.Extract, Options);
  if (Summaries)
    closeProgramsThatLoadNothing(*Summaries, Rules);
  return Summaries;
}

/// For front ends that see one unit of it.
void keepProgram(const Project &P, const Gathered &Of, std::vector<Note> &Notes) {
  const auto Sources = [&] {
    std::vector<std::pair<const TUSummary *, int64_t>> Summaries;
    for (size_t I = 0, U = 0; I != Of.Known.size(); ++I)
      if (Of.Known[I].IsSummarised)
        Summaries.emplace_back(Of.Units[U++].Summary, static_cast<int64_t>(I));
    return sourcesOf(Summaries, PathForms(P.Root, llvm::sys::path::parent_path(P.Database)));
  };
  ProgramMemory(P.StoreDir)
      .keep(P.Root, {P.Database, digestOfDatabase(P.Database), Of.Known, Of.Images, {}}, Sources,
            Notes);
}

/// The two steps that think.
llvm::Expected<Answers> decide(Gathered &Of, const Policy &Rules) {
  auto Prog = linkProgram(std::move(Of.Units), Of.Images);
  if (!Prog)
    return Prog.takeError();
  Coverage Cover = coverageOf(*Prog, Of.Coverage);
  Cover.UnmodelledExternalFunctions = countUnmodelled(*Prog, Rules);
  Solved S = solve(*Prog, Rules, unseenPart(Cover));
  return Answers{std::move(Cover),   std::move(S.Verdicts), std::move(S.Findings),
                 std::move(S.Sites), std::move(S.Entries),  std::move(S.Notes)};
}

void keepOnly(const std::vector<std::string> &Files, Report &R) {
  if (Files.empty())
    return;
  std::set<std::string> Wanted(Files.begin(), Files.end());
  std::erase_if(R.Findings, [&](const Finding &F) { return !Wanted.count(F.At.File); });
  std::erase_if(R.Sites, [&](const Site &S) { return !Wanted.count(S.At.File); });
}

std::vector<UnitCoverage> byFile(std::vector<UnitCoverage> Units) {
  llvm::stable_sort(Units, [](const auto &A, const auto &B) { return A.File < B.File; });
  return Units;
}

} // namespace

llvm::Expected<std::vector<CompileCommand>> assay::commandsOf(const Project &P) {
  if (P.Database.empty())
    return P.Commands;
  return loadCompilationDatabase(P.Database);
}

llvm::Expected<Report> Session::run(const Project &P) const {
  auto Database = readDatabase(P, Rules.Toolchain);
  if (!Database)
    return Database.takeError();
  auto Summaries = summariesOf(P, *Database, Rules, Options);
  if (!Summaries)
    return Summaries.takeError();
  auto &[Commands, Equipped, Paths] = *Database;

  Report R;
  R.Artifacts = artifactsOf(Summaries->Units);
  std::vector<Remedy> Remedies = remediesFor(Summaries->Units, Commands, Paths);
  R.Notes = std::move(Equipped.Notes);
  for (Note &N : notesOfDropped(Summaries->Units, Equipped.Uses))
    R.Notes.push_back(std::move(N));
  for (Note &N : Summaries->Notes)
    R.Notes.push_back(std::move(N));
  if (!P.StoreDir.empty())
    keepProgram(P, *Summaries, R.Notes);
  AnswerMemory Memory(P.StoreDir, Rules, *Summaries);
  std::optional<Answers> Known = Memory.recall(R.Notes);
  if (!Known) {
    auto Decided = decide(*Summaries, Rules);
    if (!Decided)
      return Decided.takeError();
    Known = std::move(*Decided);
    Memory.keep(*Known, R.Notes);
  }
  if (!P.StoreDir.empty())
    CheckedFindings(P.StoreDir)
        .keep(digestAround(Summaries->Known, Summaries->Images, Summaries->Known.size()), Rules,
              Known->Findings);

  R.Profile = Rules.Profile;
  R.ToolVersion = ASSAY_VERSION;
  R.Rules = Rules.Rules;
  R.Cover = std::move(Known->Cover);
  R.Cover.Units = byFile(std::move(Summaries->Coverage));
  R.Cover.Remedies = std::move(Remedies);
  R.Verdicts = std::move(Known->Verdicts);
  R.Findings = std::move(Known->Findings);
  R.Sites = std::move(Known->Sites);
  R.Entries = std::move(Known->Entries);
  llvm::append_range(R.Notes, std::move(Known->Notes));
  keepOnly(P.Files, R);
  R.GateResult = gateOf(Rules.Gate, R);
  return R;
}

llvm::Expected<std::vector<Proposal>> Session::propose(const Project &P,
                                                       const CandidateTable &Table) const {
  auto Database = readDatabase(P, Rules.Toolchain);
  if (!Database)
    return Database.takeError();
  auto Summaries = summariesOf(P, *Database, Rules, Options);
  if (!Summaries)
    return Summaries.takeError();
  auto Prog = linkProgram(std::move(Summaries->Units), Summaries->Images);
  if (!Prog)
    return Prog.takeError();
  return assay::propose(*Prog, Rules, Table);
}
