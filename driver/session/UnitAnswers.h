/// What was found in a unit, kept between runs: the same parse, the same rest of the program and
/// the same policy give the same findings, so whoever asks again only reads them.
///
/// It decides nothing and says nothing: what cannot be read is not there. A folder that cannot be
/// written keeps nothing.
#ifndef ASSAY_DRIVER_SESSION_UNITANSWERS_H
#define ASSAY_DRIVER_SESSION_UNITANSWERS_H

#include "analysis/model/Result.h"
#include "analysis/store/AnswerStore.h"

#include <optional>
#include <vector>

namespace assay {

struct UnitFinding {
  Finding What;
  std::string Page; ///< file of its check's page
};

class UnitAnswers {
public:
  /// `Folder`: a store, or another folder that is kept between runs; empty: nothing is kept.
  explicit UnitAnswers(const std::string &Folder);

  /// `Key`: of all that the findings follow from, besides the engine.
  std::optional<std::vector<UnitFinding>> recall(const Digest &Key) const;
  void keep(const Digest &Key, const std::vector<UnitFinding> &Found) const;

private:
  std::optional<AnswerStore> Kept;
};

} // namespace assay

#endif
