#include "policies/schema/PolicyError.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

namespace assay {

char PolicyError::ID = 0;

// Far above any table that a person writes; a policy that names a disk image is refused, not
// swallowed.
static constexpr uint64_t LargestFile = 16u << 20;

std::string toString(const SourcePosition &At) {
  std::string Text = At.File ? *At.File : "<input>";
  if (At.Line)
    Text += llvm::formatv(":{0}:{1}", At.Line, At.Column ? At.Column : 1).str();
  return Text;
}

void PolicyError::log(llvm::raw_ostream &OS) const {
  if (At.File)
    OS << toString(At) << ": ";
  OS << Text;
}

llvm::Expected<std::string> readTextFile(const std::string &Path, const SourcePosition &NamedAt) {
  llvm::sys::fs::file_status Status;
  if (std::error_code Code = llvm::sys::fs::status(Path, Status))
    return errorAt(NamedAt, "cannot read '{0}': {1}", Path, Code.message());
  if (Status.type() != llvm::sys::fs::file_type::regular_file)
    return errorAt(NamedAt, "cannot read '{0}': not a file", Path);
  if (Status.getSize() > LargestFile)
    return errorAt(NamedAt,
                   "cannot read '{0}': {1} bytes, more than the {2} that a policy file may have",
                   Path, Status.getSize(), LargestFile);
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/true);
  if (!Buffer)
    return errorAt(NamedAt, "cannot read '{0}': {1}", Path, Buffer.getError().message());
  return (*Buffer)->getBuffer().str();
}

} // namespace assay
