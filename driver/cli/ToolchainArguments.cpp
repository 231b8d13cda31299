#include "driver/cli/ToolchainArguments.h"

using namespace assay;

void assay::addToolchainOptions(CLI::App &Command, PolicySources &Sources) {
  Command
      .add_option(
          "--query-driver", Sources.QueryDrivers,
          "Compilers that may be run and asked for their include folders and macros: glob of "
          "absolute paths (* no slash, ** any text; may be repeated)")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  Command
      .add_option("--toolchain", Sources.ToolchainFiles,
                  "Toolchain profile of `assay toolchain save` (may be repeated)")
      ->type_name("FILE")
      ->allow_extra_args(false);
}
