/// `assay checks`: the catalogue (list), the pages' own examples (test), and the start of a new
/// page (new).
#ifndef ASSAY_DRIVER_CLI_CHECKSCOMMAND_H
#define ASSAY_DRIVER_CLI_CHECKSCOMMAND_H

#include <CLI/CLI.hpp>

namespace assay {

/// Adds the command to `App`; its exit status is written to `Exit` when it runs.
void addChecksCommand(CLI::App &App, const char *Argv0, int &Exit);

} // namespace assay

#endif
