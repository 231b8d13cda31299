#include "driver/session/KeptAnswers.h"

#include "driver/session/ToolDigest.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using namespace assay;

AnswerStore assay::keptAnswers(llvm::StringRef Folder, llvm::StringRef Kind, unsigned Most) {
  llvm::SmallString<256> Place(Folder);
  llvm::sys::path::append(Place, Kind);
  return AnswerStore(Place, toolDigest(), Most);
}
