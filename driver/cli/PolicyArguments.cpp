#include "driver/cli/PolicyArguments.h"

#include "driver/session/FindProject.h"

#include "llvm/Support/FileSystem.h"

namespace assay {

static const char *const ProjectFileName = "assay.toml";

void PolicyArguments::addTo(CLI::App &Command) {
  Command.add_option("--policy", File, "the project's policy; default: assay.toml of this folder");
  Command.add_option("--profile", Profile, "profile to start from instead of the policy's");
}

PolicySources PolicyArguments::sources(const char *Argv0) const {
  PolicySources Sources;
  Sources.DataDir = dataFolder(Argv0);
  Sources.ProjectFile = File;
  if (File.empty() && llvm::sys::fs::exists(ProjectFileName))
    Sources.ProjectFile = ProjectFileName;
  Sources.ProfileOverride = Profile;
  return Sources;
}

} // namespace assay
