#include "driver/cli/ExampleFolder.h"

#include "analysis/model/AtomicFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

namespace assay {

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

/// The compiler of a unit; none for a header.
static StringRef compilerOf(StringRef File) {
  return llvm::StringSwitch<StringRef>(path::extension(File))
      .Case(".c", "cc")
      .Cases(".cpp", ".cc", ".cxx", "c++")
      .Default("");
}

static llvm::json::Value databaseOf(const Example &Block, const std::string &Root) {
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Saver(Memory);
  llvm::SmallVector<const char *> Flags;
  llvm::cl::TokenizeGNUCommandLine(Block.Flags, Saver, Flags);
  llvm::json::Array Rows;
  for (const Example::File &File : Block.Files) {
    StringRef Compiler = compilerOf(File.Name);
    if (Compiler.empty())
      continue;
    llvm::json::Array Arguments{Compiler.str(), "-I."};
    for (const char *Flag : Flags)
      Arguments.push_back(std::string(Flag));
    Arguments.push_back("-c");
    Arguments.push_back(File.Name);
    Rows.push_back(llvm::json::Object{
        {"directory", Root}, {"file", File.Name}, {"arguments", std::move(Arguments)}});
  }
  return Rows;
}

Error ExampleFolder::write(StringRef Name, StringRef Text) const {
  llvm::SmallString<256> Path(Root);
  path::append(Path, Name);
  if (std::error_code Code = fs::create_directories(path::parent_path(Path)))
    return llvm::createStringError(Code,
                                   "cannot make the folder of '" + Path + "': " + Code.message());
  return writeFileAtomically(Path, Text);
}

Expected<ExampleFolder> ExampleFolder::make(const Example &Block) {
  llvm::SmallString<256> Root;
  if (std::error_code Code = fs::createUniqueDirectory("assay-example", Root))
    return llvm::createStringError(Code, "cannot make a temporary folder: " + Code.message());
  ExampleFolder Folder(Root.str().str());
  for (const Example::File &File : Block.Files)
    if (Error E = Folder.write(File.Name, File.Text))
      return std::move(E);
  std::string Database = llvm::formatv("{0:2}\n", databaseOf(Block, Folder.Root));
  if (Error E = Folder.write("compile_commands.json", Database))
    return std::move(E);
  return Folder;
}

ExampleFolder::~ExampleFolder() {
  if (!Root.empty())
    fs::remove_directories(Root, /*IgnoreErrors=*/true);
}

} // namespace assay
