#include "driver/cli/CheckCommand.h"
#include "driver/cli/ChecksCommand.h"
#include "driver/cli/ExplainCommand.h"
#include "driver/cli/SchemaCommand.h"

#include <CLI/CLI.hpp>

using namespace assay;

int main(int Argc, char **Argv) {
  CLI::App App(
      "Proves security-lifecycle rules over the whole program, and says what it could not judge.",
      "assay");
  App.set_version_flag("--version", "assay " ASSAY_VERSION);
  App.require_subcommand(1);
  int Exit = ExitHolds;
  addCheckCommand(App, Argv[0], Exit);
  addChecksCommand(App, Argv[0], Exit);
  addExplainCommand(App, Argv[0], Exit);
  addSchemaCommand(App, Argv[0], Exit);
  try {
    App.parse(Argc, Argv);
  } catch (const CLI::ParseError &E) {
    // CLI11 has exit statuses of its own (105, 109 ...); here wrong usage is 2 like all trouble.
    return App.exit(E) == 0 ? ExitHolds : ExitTrouble;
  }
  return Exit;
}
