#include "driver/cli/CheckCommand.h"
#include "driver/cli/ChecksCommand.h"
#include "driver/cli/DoctorCommand.h"
#include "driver/cli/ExplainCommand.h"
#include "driver/cli/InitCommand.h"
#include "driver/cli/SchemaCommand.h"
#include "driver/cli/ToolchainCommand.h"
#include "policies/schema/NearestWord.h"

#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

using namespace assay;

namespace {

/// CLI11 only says that a subcommand is missing; a misspelt one deserves its name.
bool isUnknownCommand(const CLI::App &App, int Argc, char **Argv) {
  if (Argc < 2 || Argv[1][0] == '-')
    return false;
  std::vector<std::string> Known;
  for (const CLI::App *Command : App.get_subcommands(nullptr))
    Known.push_back(Command->get_name());
  if (llvm::is_contained(Known, Argv[1]))
    return false;
  llvm::errs() << "assay: error: no command is named '" << Argv[1] << "'"
               << nearestOf(Argv[1], Known) << "\n";
  return true;
}

/// What stands behind `--`; none: there is none. It is taken from the command line.
std::optional<std::vector<std::string>> takeCompilerWords(int &Argc, char **Argv) {
  for (int A = 1; A != Argc; ++A)
    if (llvm::StringRef(Argv[A]) == "--") {
      std::vector<std::string> Words(Argv + A + 1, Argv + Argc);
      Argc = A;
      return Words;
    }
  return std::nullopt;
}

} // namespace

int main(int Argc, char **Argv) {
  const auto CompilerWords = takeCompilerWords(Argc, Argv);
  CLI::App App(
      "Proves security-lifecycle rules over the whole program, and says what it could not judge.",
      "assay");
  App.set_version_flag("--version", "assay " ASSAY_VERSION);
  App.require_subcommand(1);
  int Exit = ExitHolds;
  addCheckCommand(App, Argv[0], CompilerWords, Exit);
  addChecksCommand(App, Argv[0], Exit);
  addDoctorCommand(App, Argv[0], Exit);
  addExplainCommand(App, Argv[0], Exit);
  addInitCommand(App, Argv[0], Exit);
  addSchemaCommand(App, Argv[0], Exit);
  addToolchainCommand(App, Argv[0], Exit);
  if (isUnknownCommand(App, Argc, Argv))
    return ExitTrouble;
  if (CompilerWords && (Argc < 2 || llvm::StringRef(Argv[1]) != "check")) {
    llvm::errs() << "assay: error: only assay check takes options of the compiler behind --\n";
    return ExitTrouble;
  }
  try {
    App.parse(Argc, Argv);
  } catch (const CLI::ParseError &E) {
    // CLI11 has exit statuses of its own (105, 109 ...); here wrong usage is 2 like all trouble.
    return App.exit(E) == 0 ? ExitHolds : ExitTrouble;
  }
  return Exit;
}
