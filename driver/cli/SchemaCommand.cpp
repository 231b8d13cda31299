#include "driver/cli/SchemaCommand.h"

#include "analysis/model/AtomicFile.h"
#include "driver/cli/CheckCommand.h"
#include "driver/cli/Trouble.h"
#include "policies/schema/SchemaWriter.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>

namespace assay {
namespace {

struct SchemaArguments {
  std::string Name, Folder;
};

llvm::Error writeInto(const std::string &Folder, const std::string &Name, const std::string &Text) {
  if (std::error_code Code = llvm::sys::fs::create_directories(Folder))
    return llvm::createStringError(Code,
                                   "cannot make the folder '" + Folder + "': " + Code.message());
  llvm::SmallString<256> Path(Folder);
  llvm::sys::path::append(Path, Name + ".schema.json");
  return writeFileAtomically(Path, Text);
}

llvm::Error writeSchemas(const SchemaArguments &Arguments) {
  std::vector<std::string> Names = schemaNames();
  if (!Arguments.Name.empty())
    Names = {Arguments.Name};
  for (const std::string &Name : Names) {
    llvm::Expected<std::string> Text = schemaText(Name);
    if (!Text)
      return Text.takeError();
    llvm::Error E = Arguments.Folder.empty() ? writeFileAtomically("-", *Text)
                                             : writeInto(Arguments.Folder, Name, *Text);
    if (E)
      return E;
  }
  return llvm::Error::success();
}

int run(const SchemaArguments &Arguments) {
  if (Arguments.Name.empty() && Arguments.Folder.empty()) {
    for (const std::string &Name : schemaNames())
      llvm::outs() << Name << "\n";
    return ExitHolds;
  }
  if (llvm::Error E = writeSchemas(Arguments))
    return trouble(std::move(E));
  return ExitHolds;
}

} // namespace

void addSchemaCommand(CLI::App &App, const char *, int &Exit) {
  CLI::App *Command = App.add_subcommand(
      "schema", "Print the JSON Schema of a format, or write them all; alone: list their names");
  auto Arguments = std::make_shared<SchemaArguments>();
  Command->add_option("NAME", Arguments->Name, "one of those that the command lists");
  Command->add_option("-o,--output", Arguments->Folder, "folder to write NAME.schema.json to");
  Command->callback([Arguments, &Exit] { Exit = run(*Arguments); });
}

} // namespace assay
