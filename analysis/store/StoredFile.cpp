#include "analysis/store/StoredFile.h"

#include "analysis/store/WriteAside.h"

#include <cstring>

using namespace assay;

const char *assay::faultOf(llvm::StringRef File, const FileHeader &Expected, const char *Foreign,
                           FileHeader &Found) {
  if (File.size() < sizeof(Found))
    return "shorter than its header";
  std::memcpy(static_cast<void *>(&Found), File.data(), sizeof(Found));
  if (std::memcmp(Found.Magic, Expected.Magic, sizeof(Found.Magic)) != 0)
    return Foreign;
  if (Found.Version != Expected.Version || Found.HeaderBytes != Expected.HeaderBytes ||
      Found.Zero != 0)
    return "of another format version";
  if (Found.Tool != Expected.Tool)
    return "written by another version of the tool";
  if (Found.Key != Expected.Key)
    return "kept under another key than its own";
  if (Found.PayloadBytes != File.size() - sizeof(Found))
    return "of another length than it says";
  if (Found.Checksum != assay::digestOf(File.drop_front(sizeof(Found))))
    return "damaged: its checksum does not match";
  return nullptr;
}

llvm::Error assay::writeStored(llvm::StringRef Path, FileHeader Head,
                               llvm::ArrayRef<uint8_t> Payload) {
  Head.PayloadBytes = Payload.size();
  Head.Checksum = assay::digestOf(Payload);
  return writeAside(
      Path, {llvm::ArrayRef(reinterpret_cast<const uint8_t *>(&Head), sizeof(Head)), Payload});
}
