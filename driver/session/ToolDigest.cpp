#include "driver/session/ToolDigest.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"

#include <elf.h>
#include <link.h>

#include <cstring>

namespace {

struct Wanted {
  uintptr_t Address;
  std::string BuildId;
};

bool holds(const dl_phdr_info &Object, uintptr_t Address) {
  for (int I = 0; I != Object.dlpi_phnum; ++I) {
    const auto &Header = Object.dlpi_phdr[I];
    uintptr_t Start = Object.dlpi_addr + Header.p_vaddr;
    if (Header.p_type == PT_LOAD && Address >= Start && Address < Start + Header.p_memsz)
      return true;
  }
  return false;
}

std::string buildIdIn(llvm::ArrayRef<uint8_t> Notes) {
  auto Padded = [](size_t N) { return (N + 3) & ~size_t(3); };
  while (Notes.size() > sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) Header;
    std::memcpy(&Header, Notes.data(), sizeof Header);
    size_t NameAt = sizeof Header, TextAt = NameAt + Padded(Header.n_namesz);
    size_t Size = TextAt + Padded(Header.n_descsz);
    if (Size > Notes.size())
      break;
    if (Header.n_type == NT_GNU_BUILD_ID)
      return llvm::toHex(Notes.slice(TextAt, Header.n_descsz), /*LowerCase=*/true);
    Notes = Notes.drop_front(Size);
  }
  return "";
}

int visit(dl_phdr_info *Object, size_t, void *Data) {
  auto &W = *static_cast<Wanted *>(Data);
  if (!holds(*Object, W.Address))
    return 0;
  for (int I = 0; I != Object->dlpi_phnum && W.BuildId.empty(); ++I) {
    const auto &Header = Object->dlpi_phdr[I];
    if (Header.p_type == PT_NOTE)
      W.BuildId = buildIdIn(
          {reinterpret_cast<const uint8_t *>(Object->dlpi_addr + Header.p_vaddr), Header.p_memsz});
  }
  return 1;
}

} // namespace

std::string assay::toolDigest() {
  Wanted W{reinterpret_cast<uintptr_t>(&assay::toolDigest), ""};
  dl_iterate_phdr(visit, &W);
  return std::string(ASSAY_VERSION) + " " + W.BuildId;
}
