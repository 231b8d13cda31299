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
  if (Found.Version != Expected.Version || Found.HeaderBytes != Expected.HeaderBytes)
    return "of another format version";
  if (Found.Tool != Expected.Tool)
    return "written by another version of the tool";
  if (Found.Key != Expected.Key)
    return "kept under another key than its own";
  const uint64_t Rest = File.size() - sizeof(Found);
  if (Found.DigestBytes % sizeof(Digest) || Found.DigestBytes > Rest ||
      Found.PayloadBytes != Rest - Found.DigestBytes)
    return "of another length than it says";
  if (Found.Checksum != assay::digestOf(File.drop_front(payloadStart(Found))))
    return "damaged: its checksum does not match";
  return nullptr;
}

llvm::ArrayRef<Digest> assay::digestsOf(llvm::StringRef File, const FileHeader &Head) {
  return {reinterpret_cast<const Digest *>(File.data() + sizeof(FileHeader)),
          Head.DigestBytes / sizeof(Digest)};
}

Digest assay::keyOfContent(const Digest &Tool, const Digest &Content) {
  llvm::BLAKE3 Hash;
  Hash.update(llvm::ArrayRef<uint8_t>(Tool));
  Hash.update(llvm::ArrayRef<uint8_t>(Content));
  return Hash.final<32>();
}

template <class T> static llvm::ArrayRef<uint8_t> bytesOf(llvm::ArrayRef<T> Items) {
  return {reinterpret_cast<const uint8_t *>(Items.data()), Items.size() * sizeof(T)};
}

llvm::Error assay::writeStored(llvm::StringRef Path, FileHeader Head,
                               llvm::ArrayRef<Digest> Digests, llvm::ArrayRef<uint8_t> Payload) {
  Head.DigestBytes = Digests.size() * sizeof(Digest);
  Head.PayloadBytes = Payload.size();
  Head.Checksum = assay::digestOf(Payload);
  return writeAside(Path, {bytesOf(llvm::ArrayRef(Head)), bytesOf(Digests), Payload});
}
