/// Which policy the files of a policy make, without reading what they say: its digest, kept in the
/// store with a digest of each file that it was read from.
///
/// It holds no policy. What is damaged or of another engine is not there.
#ifndef ASSAY_DRIVER_SESSION_POLICYMEMORY_H
#define ASSAY_DRIVER_SESSION_POLICYMEMORY_H

#include "analysis/store/AnswerStore.h"
#include "analysis/store/FileDigests.h"
#include "policies/schema/Loader.h"

namespace assay {

class PolicyMemory {
public:
  explicit PolicyMemory(const std::string &StoreDir);

  /// Policy::Digest of what loadPolicy would make of these sources now; none: not known.
  std::optional<std::string> recall(const PolicySources &Sources);
  /// Writes nothing where the store cannot be written.
  void keep(const PolicySources &Sources, const Policy &Loaded);

private:
  AnswerStore Kept;
  FileDigests Files;
};

} // namespace assay

#endif
