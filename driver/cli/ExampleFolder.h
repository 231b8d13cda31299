/// One block of a page as a program on disk: its files and a compile database, below a temporary
/// folder that goes away with this object. It does not run anything.
#ifndef ASSAY_DRIVER_CLI_EXAMPLEFOLDER_H
#define ASSAY_DRIVER_CLI_EXAMPLEFOLDER_H

#include "policies/schema/Policy.h"

#include "llvm/Support/Error.h"

namespace assay {

class ExampleFolder {
public:
  static llvm::Expected<ExampleFolder> make(const Example &Block);
  ExampleFolder(ExampleFolder &&Other) noexcept : Root(std::move(Other.Root)) {
    Other.Root.clear();
  }
  ExampleFolder &operator=(ExampleFolder &&) = delete;
  ~ExampleFolder();

  const std::string &root() const { return Root; }
  std::string database() const { return Root + "/compile_commands.json"; }

private:
  explicit ExampleFolder(std::string Root) : Root(std::move(Root)) {}
  llvm::Error write(llvm::StringRef Name, llvm::StringRef Text) const;

  std::string Root;
};

} // namespace assay

#endif
