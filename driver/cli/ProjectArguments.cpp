#include "driver/cli/ProjectArguments.h"

#include "driver/session/PolicyMemory.h"

using namespace assay;

void ProjectArguments::addTo(CLI::App &Command) {
  Command
      .add_option("-p,--database", Where.Database,
                  "compile_commands.json, or the folder that holds it")
      ->type_name("DIR");
  Command.add_option("--root", Where.Root, "The project's root; files are named relative to it")
      ->type_name("DIR");
  Command
      .add_option("--policy", Where.PolicyFile,
                  "The project's policy (default: assay.toml of the root)")
      ->type_name("FILE");
  Command
      .add_option(
          "--query-driver", Policy.QueryDrivers,
          "Compilers that may be run and asked for their include folders and macros: glob of "
          "absolute paths (* no slash, ** any text; may be repeated)")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  Command
      .add_option("--toolchain", Policy.ToolchainFiles,
                  "Toolchain profile of `assay toolchain save` (may be repeated)")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

llvm::Expected<OpenedProject> ProjectArguments::open(const char *Argv0) const {
  auto Found = findProject(Where);
  if (!Found)
    return Found.takeError();
  PolicySources Sources = Policy;
  Sources.DataDir = dataFolder(Argv0);
  Sources.ProjectFile = Found->PolicyFile;
  const PolicyMemory Memory(Found->Where.StoreDir);
  if (auto Known = Memory.recall(Sources))
    return OpenedProject{std::move(Found->Where), std::move(Found->PolicyFile), std::move(*Known)};
  auto Rules = loadPolicy(Sources);
  if (!Rules)
    return Rules.takeError();
  Memory.keep(Sources, *Rules);
  return OpenedProject{std::move(Found->Where), std::move(Found->PolicyFile), std::move(*Rules)};
}
