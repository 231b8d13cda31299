/// What a run over the whole program found, by file, kept in the store: a front end that shows one
/// unit as that run saw it need not judge it again.
///
/// It decides nothing: whether the unit is still the same is the front end's to know. What cannot
/// be read is not there.
#ifndef ASSAY_DRIVER_SESSION_CHECKEDFINDINGS_H
#define ASSAY_DRIVER_SESSION_CHECKEDFINDINGS_H

#include "driver/session/UnitAnswers.h"
#include "policies/schema/Policy.h"

#include <set>

namespace assay {

class CheckedFindings {
public:
  explicit CheckedFindings(const std::string &StoreDir);

  /// `Program`: digestAround() of no unit. `PolicyDigest`: with or without the part of toolchains.
  std::optional<std::vector<UnitFinding>> recall(const Digest &Program,
                                                 llvm::StringRef PolicyDigest,
                                                 const std::set<std::string> &Files) const;
  /// Writes nothing when that is there. `Found`: ordered by file.
  void keep(const Digest &Program, const Policy &Rules, const std::vector<Finding> &Found) const;

private:
  AnswerStore Kept;
};

/// The file of a check's page; empty: not known.
std::string pageFileOf(const std::string &Check, const Policy &Rules);

} // namespace assay

#endif
