/// Which project a command is about: the options that say it, the same in every command that reads
/// a compile database, and the one way from them to a project and its policy.
#ifndef ASSAY_DRIVER_CLI_PROJECTARGUMENTS_H
#define ASSAY_DRIVER_CLI_PROJECTARGUMENTS_H

#include "driver/session/FindProject.h"
#include "policies/schema/Loader.h"

#include <CLI/CLI.hpp>

namespace assay {

struct OpenedProject {
  Project Where;
  std::string PolicyFile; ///< empty: none
  Policy Rules;
};

struct ProjectArguments {
  ProjectRequest Where;
  PolicySources Policy;

  /// -p, --root, --policy, --query-driver, --toolchain.
  void addTo(CLI::App &Command);
  /// Finds the database, the root and the policy, and reads the policy.
  llvm::Expected<OpenedProject> open(const char *Argv0) const;
};

} // namespace assay

#endif
