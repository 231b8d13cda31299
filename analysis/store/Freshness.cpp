#include "analysis/store/Freshness.h"

#include "analysis/model/Rows.h"

using namespace assay;

bool assay::isFresh(const TUSummary &Summary, FileDigests &Files, const PathForms &Paths) {
  if (!rowCount(Summary.files()))
    return false;
  for (const FileRead *File : *Summary.files()) {
    // An empty digest, too: the file could not be read again, so nobody knows.
    if (!File->path())
      return false;
    const auto Now = Files.digestOf(Paths.toDisk({File->path()->data(), File->path()->size()}));
    if (!Now || rows(File->digest()) != llvm::ArrayRef<uint8_t>(*Now))
      return false;
  }
  return true;
}
