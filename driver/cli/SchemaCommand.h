/// `assay schema`: JSON Schemas of the files that people write, for editors.
#ifndef ASSAY_DRIVER_CLI_SCHEMACOMMAND_H
#define ASSAY_DRIVER_CLI_SCHEMACOMMAND_H

#include <CLI/CLI.hpp>

namespace assay {

/// Adds the command to `App`; its exit status is written to `Exit` when it runs.
void addSchemaCommand(CLI::App &App, const char *Argv0, int &Exit);

} // namespace assay

#endif
