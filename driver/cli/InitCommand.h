/// `assay init`: a first assay.toml, with the project's own functions that may have a role.
#ifndef ASSAY_DRIVER_CLI_INITCOMMAND_H
#define ASSAY_DRIVER_CLI_INITCOMMAND_H

#include <CLI/CLI.hpp>

namespace assay {

/// Adds the command to `App`; its exit status is written to `Exit` when it runs.
void addInitCommand(CLI::App &App, const char *Argv0, int &Exit);

} // namespace assay

#endif
