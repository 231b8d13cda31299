#include "analysis/store/WriteAside.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace assay;
using llvm::StringRef;
namespace fs = llvm::sys::fs;

static std::error_code writeParts(int Fd, llvm::ArrayRef<llvm::ArrayRef<uint8_t>> Parts) {
  llvm::raw_fd_ostream Out(Fd, /*shouldClose=*/true, /*unbuffered=*/true);
  for (llvm::ArrayRef<uint8_t> Part : Parts)
    Out << llvm::toStringRef(Part);
  Out.close();
  const std::error_code Problem = Out.error();
  // A stream destroyed with an error in it ends the process.
  Out.clear_error();
  return Problem;
}

static std::error_code createAside(StringRef Path, int &Fd, llvm::SmallString<256> &Aside) {
  const std::string Model = (Path + ".%%%%%%%%" + UnfinishedSuffix).str();
  std::error_code Problem = fs::createUniqueFile(Model, Fd, Aside);
  if (Problem != std::errc::no_such_file_or_directory)
    return Problem;
  if ((Problem = fs::create_directories(llvm::sys::path::parent_path(Path))))
    return Problem;
  return fs::createUniqueFile(Model, Fd, Aside);
}

llvm::Error assay::writeAside(StringRef Path, llvm::ArrayRef<llvm::ArrayRef<uint8_t>> Parts) {
  int Fd = -1;
  llvm::SmallString<256> Aside;
  std::error_code Problem = createAside(Path, Fd, Aside);
  if (!Problem) {
    Problem = writeParts(Fd, Parts);
    if (!Problem)
      Problem = fs::rename(Aside, Path);
    if (Problem)
      fs::remove(Aside);
  }
  if (!Problem)
    return llvm::Error::success();
  return llvm::createStringError(Problem, "cannot write '%s': %s", Path.str().c_str(),
                                 Problem.message().c_str());
}
