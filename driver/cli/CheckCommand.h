/// `assay check`: one run, its reports, its exit status.
#ifndef ASSAY_DRIVER_CLI_CHECKCOMMAND_H
#define ASSAY_DRIVER_CLI_CHECKCOMMAND_H

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace assay {

/// Exit statuses of every command (design: 0 the gate holds, 1 findings, 2 the tool could not do
/// its work, 3 coverage).
enum ExitStatus : int { ExitHolds = 0, ExitFindings = 1, ExitTrouble = 2, ExitCoverage = 3 };

/// Adds the command to `App`; its exit status is written to `Exit` when it runs. `Argv0` finds the
/// installation's data. `CompilerWords`: what stood behind `--`.
void addCheckCommand(CLI::App &App, const char *Argv0,
                     std::optional<std::vector<std::string>> CompilerWords, int &Exit);

} // namespace assay

#endif
