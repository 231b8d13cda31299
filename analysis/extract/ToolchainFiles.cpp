#include "analysis/extract/ToolchainFiles.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace assay;

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
assay::toolchainFiles(const UnitToolchain &Toolchain, const CompilerFamily *Family) {
  auto Files = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  bool Any = false;
  const auto Add = [&](const llvm::Twine &Name, const std::string &Text) {
    Any |= Files->addFile(ToolchainRoot + Name, 0, llvm::MemoryBuffer::getMemBufferCopy(Text));
  };
  if (Family && !Family->Prelude.empty())
    Add(PreludeName, Family->Prelude);
  if (Family)
    for (const VirtualHeader &Header : Family->Headers)
      Add(HeadersName + "/" + Header.Name, Header.Text);
  if (Toolchain.Headers)
    for (const VirtualHeader &Header : Toolchain.Headers->Headers)
      Add(Header.Name, Header.Text);
  return Any ? Files : nullptr;
}
