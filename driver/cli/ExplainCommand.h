/// `assay explain CHECK`: the page of a check, set for a terminal, with what the policy makes of
/// it.
#ifndef ASSAY_DRIVER_CLI_EXPLAINCOMMAND_H
#define ASSAY_DRIVER_CLI_EXPLAINCOMMAND_H

#include <CLI/CLI.hpp>

namespace assay {

/// Adds the command to `App`; its exit status is written to `Exit` when it runs.
void addExplainCommand(CLI::App &App, const char *Argv0, int &Exit);

} // namespace assay

#endif
