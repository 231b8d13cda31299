#include "policies/schema/PolicyTexts.h"

#include "policies/schema/PolicyError.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace assay {

// Far above any table that a person writes; a policy that names a disk image is refused, not
// swallowed.
static constexpr uint64_t LargestFile = 16u << 20;

static std::string digestOfText(llvm::StringRef Text) {
  return llvm::toHex(llvm::BLAKE3::hash<32>(llvm::arrayRefFromStringRef(Text)),
                     /*LowerCase=*/true);
}

std::string digestOfFolder(const std::string &Folder) {
  std::vector<std::string> Names;
  std::error_code Code;
  for (llvm::sys::fs::directory_iterator It(Folder, Code), End; It != End && !Code;
       It.increment(Code))
    Names.push_back(llvm::sys::path::filename(It->path()).str());
  llvm::sort(Names);
  std::string All;
  for (const std::string &Name : Names)
    All += Name + '\n';
  return digestOfText(All);
}

llvm::Expected<std::string> PolicyTexts::read(const std::string &Path,
                                              const SourcePosition &NamedAt) {
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
  add(Path);
  add((*Buffer)->getBuffer());
  Parts[Path] = {Path, digestOfText((*Buffer)->getBuffer()), /*IsFolder=*/false};
  return (*Buffer)->getBuffer().str();
}

void PolicyTexts::addFolder(const std::string &Folder) {
  Parts[Folder] = {Folder, digestOfFolder(Folder), /*IsFolder=*/true};
}

std::vector<PolicyPart> PolicyTexts::parts() const {
  std::vector<PolicyPart> Out;
  for (const auto &[Path, Part] : Parts)
    Out.push_back(Part);
  return Out;
}

void PolicyTexts::add(llvm::StringRef Text) {
  // The length before it: no two lists of texts give the same bytes.
  const uint64_t Size = Text.size();
  Hash.update(llvm::ArrayRef(reinterpret_cast<const uint8_t *>(&Size), sizeof(Size)));
  Hash.update(Text);
}

std::string PolicyTexts::digest() const {
  llvm::BLAKE3 Copy = Hash;
  return llvm::toHex(Copy.final<32>(), /*LowerCase=*/true);
}

} // namespace assay
