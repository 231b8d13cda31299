/// --policy and --profile, the same in every command that only looks at a policy and needs no
/// program.
#ifndef ASSAY_DRIVER_CLI_POLICYARGUMENTS_H
#define ASSAY_DRIVER_CLI_POLICYARGUMENTS_H

#include "policies/schema/Loader.h"

#include <CLI/CLI.hpp>

namespace assay {

struct PolicyArguments {
  std::string File;    ///< empty: assay.toml of the current folder, if there is one
  std::string Profile; ///< empty: the file's

  void addTo(CLI::App &Command);
  PolicySources sources(const char *Argv0) const;
};

} // namespace assay

#endif
