/// `assay doctor`: what Assay makes of a compile database before a run, and the commands that fix
/// what is missing.
#ifndef ASSAY_DRIVER_CLI_DOCTORCOMMAND_H
#define ASSAY_DRIVER_CLI_DOCTORCOMMAND_H

#include <CLI/CLI.hpp>

namespace assay {

/// Adds the command to `App`. Exit status: 0 nothing is missing, 3 something is that costs
/// coverage, 2 the database or the policy cannot be read.
void addDoctorCommand(CLI::App &App, const char *Argv0, int &Exit);

} // namespace assay

#endif
