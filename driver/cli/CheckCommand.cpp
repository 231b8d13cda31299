#include "driver/cli/CheckCommand.h"

#include "analysis/model/AtomicFile.h"
#include "driver/cli/RunArguments.h"
#include "driver/cli/Terminal.h"
#include "driver/cli/TextReport.h"
#include "driver/cli/Trouble.h"
#include "sarif/report/SarifWriter.h"

#include "llvm/Support/raw_ostream.h"

#include <unistd.h>

#include <cstdlib>

using namespace assay;

namespace {

struct CheckOptions {
  RunArguments Run;
  std::string Sarif, Alerts, Colour = "auto";
  bool Quiet = false, Entries = false;
};

void declare(CLI::App &App, CheckOptions &O) {
  App.add_option(
      "files", O.Run.Of.Where.Files,
      "Report only what lies in these files; the whole program is analysed all the same. With "
      "`-- OPTION...` behind them they are the program, and are read with these options");
  O.Run.addTo(App);
  App.add_option("--check", O.Run.Of.Policy.OnlyChecks,
                 "Only these checks (id or glob; may be repeated)")
      ->type_name("ID");
  App.add_option("--sarif", O.Sarif, "Write everything as SARIF 2.1.0 (- for standard output)")
      ->type_name("FILE");
  App.add_option("--alerts", O.Alerts, "Write what a code host should show as SARIF 2.1.0")
      ->type_name("FILE");
  App.add_option("--color", O.Colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  App.add_flag("--entry-points", O.Entries,
               "List each function that somebody outside the program may call, and why");
  App.add_flag("-q,--quiet", O.Quiet, "Findings only, no tables");
}

int statusOf(const Gate &G) {
  switch (G.Result) {
  case Gate::Outcome::Holds:
    return ExitHolds;
  case Gate::Outcome::FindingsFail:
    return ExitFindings;
  case Gate::Outcome::CoverageFails:
    return ExitCoverage;
  }
  return ExitTrouble;
}

/// The reproducible-builds convention: a time stands in outputs only when this variable gives it.
std::optional<int64_t> sourceDateEpoch() {
  const char *Text = std::getenv("SOURCE_DATE_EPOCH");
  int64_t Seconds = 0;
  if (!Text || llvm::StringRef(Text).getAsInteger(10, Seconds))
    return std::nullopt;
  return Seconds;
}

llvm::Error writeReports(const Report &R, const CheckOptions &O, const Project &P) {
  SarifOptions How;
  How.Read = readerFor(P);
  How.EpochSeconds = sourceDateEpoch();
  How.ExitCode = statusOf(R.GateResult);
  if (!O.Sarif.empty())
    if (llvm::Error E = writeFileAtomically(O.Sarif, writeSarif(R, How)))
      return E;
  How.Form = SarifForm::Alerts;
  if (!O.Alerts.empty())
    return writeFileAtomically(O.Alerts, writeSarif(R, How));
  return llvm::Error::success();
}

void print(const Report &R, const CheckOptions &O, const Project &P) {
  // Standard output carries one thing: the SARIF if that was asked for.
  bool Aside = O.Sarif == "-" || O.Alerts == "-";
  int Descriptor = Aside ? STDERR_FILENO : STDOUT_FILENO;
  TextOptions How;
  How.Read = readerFor(P);
  How.Quiet = O.Quiet;
  How.Entries = O.Entries;
  How.Colour = wantsColor(*colorModeNamed(O.Colour), Descriptor);
  How.Width = columnsOf(Descriptor);
  printText(R, How, Aside ? llvm::errs() : llvm::outs());
}

int runCheck(CheckOptions &O, const char *Argv0) {
  auto Opened = O.Run.open(Argv0);
  if (!Opened)
    return trouble(Opened.takeError());
  auto R = O.Run.run(*Opened, !O.Quiet);
  if (!R)
    return trouble(R.takeError());
  print(*R, O, Opened->Where);
  if (llvm::Error E = writeReports(*R, O, Opened->Where))
    return trouble(std::move(E));
  return statusOf(R->GateResult);
}

} // namespace

void assay::addCheckCommand(CLI::App &App, const char *Argv0,
                            std::optional<std::vector<std::string>> CompilerWords, int &Exit) {
  CLI::App *Command =
      App.add_subcommand("check", "Analyse the program and decide the policy's checks");
  auto O = std::make_shared<CheckOptions>();
  declare(*Command, *O);
  O->Run.Of.Where.CompilerWords = std::move(CompilerWords);
  Command->callback([O, Argv0, &Exit] { Exit = runCheck(*O, Argv0); });
}
