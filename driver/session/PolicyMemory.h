/// Policies as they were once read: while every file and folder that one was made from holds what
/// it held, nobody need parse them again.
///
/// It decides nothing. What is damaged or of another engine is not there; a folder that cannot be
/// written keeps nothing.
#ifndef ASSAY_DRIVER_SESSION_POLICYMEMORY_H
#define ASSAY_DRIVER_SESSION_POLICYMEMORY_H

#include "analysis/store/AnswerStore.h"
#include "policies/schema/Loader.h"

namespace assay {

class PolicyMemory {
public:
  /// `Folder`: a store, or another folder that is kept between runs; empty: nothing is kept.
  explicit PolicyMemory(const std::string &Folder);

  /// Policy::Digest of what loadPolicy would make of these sources now; none: not known. A fraction
  /// of what it costs to have the policy.
  std::optional<std::string> recallDigest(const PolicySources &Sources) const;
  std::optional<Policy> recall(const PolicySources &Sources) const;
  void keep(const PolicySources &Sources, const Policy &Loaded) const;

private:
  std::optional<AnswerStore> Kept;
};

} // namespace assay

#endif
