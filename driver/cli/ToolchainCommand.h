/// `assay toolchain`: saves what compilers say of themselves (save), and shows it (show).
#ifndef ASSAY_DRIVER_CLI_TOOLCHAINCOMMAND_H
#define ASSAY_DRIVER_CLI_TOOLCHAINCOMMAND_H

#include <CLI/CLI.hpp>

namespace assay {

/// Adds the command to `App`; its exit status is written to `Exit` when it runs.
void addToolchainCommand(CLI::App &App, const char *Argv0, int &Exit);

} // namespace assay

#endif
