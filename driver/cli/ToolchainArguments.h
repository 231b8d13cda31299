/// --query-driver and --toolchain: the same in every command that reads compile commands.
#ifndef ASSAY_DRIVER_CLI_TOOLCHAINARGUMENTS_H
#define ASSAY_DRIVER_CLI_TOOLCHAINARGUMENTS_H

#include "policies/schema/Loader.h"

#include <CLI/CLI.hpp>

namespace assay {

void addToolchainOptions(CLI::App &Command, PolicySources &Sources);

} // namespace assay

#endif
