/// What was found in a unit, kept in the store: the same parse, the same rest of the program and
/// the same policy give the same findings, so whoever asks again only reads them.
///
/// It decides nothing and says nothing: what cannot be read is not there. A store that cannot be
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
  explicit UnitAnswers(const std::string &StoreDir);

  /// `Key`: of all that the findings follow from, besides the engine.
  std::optional<std::vector<UnitFinding>> recall(const Digest &Key) const;
  void keep(const Digest &Key, const std::vector<UnitFinding> &Found) const;

private:
  AnswerStore Kept;
};

} // namespace assay

#endif
