/// What was found in a unit, kept between runs: the same parse, the same rest of the program and
/// the same policy give the same findings, so whoever asks again only reads them.
///
/// It decides nothing and says nothing: what cannot be read is not there. A folder that cannot be
/// written keeps nothing.
#ifndef ASSAY_DRIVER_SESSION_UNITANSWERS_H
#define ASSAY_DRIVER_SESSION_UNITANSWERS_H

#include "analysis/model/Result.h"
#include "analysis/store/AnswerStore.h"
#include "analysis/store/UnitShape.h"

#include <optional>
#include <vector>

namespace assay {

struct UnitFinding {
  Finding What;
  std::string Page; ///< file of its check's page
};

/// A unit that was judged, and all that was found in it.
struct JudgedUnit {
  UnitShape Shape; ///< of its summary, or its tokens and where they stand
  std::vector<UnitFinding> Found;
};

class UnitAnswers {
public:
  /// `Folder`: a store, or another folder that is kept between runs; empty: nothing is kept.
  explicit UnitAnswers(const std::string &Folder);

  /// `Key`: of all that the findings follow from, besides the engine.
  std::optional<std::vector<UnitFinding>> recall(const Digest &Key) const;
  void keep(const Digest &Key, const std::vector<UnitFinding> &Found) const;

  /// The unit's last state that was judged. `Key`: of all that the findings follow from, but for
  /// the unit itself.
  std::optional<JudgedUnit> recallLast(const Digest &Key) const;
  void keepLast(const Digest &Key, const JudgedUnit &Unit) const;

  /// A state by its tokens, which cost less to know than what they mean. `Key`: of the same, and of
  /// what tells the state.
  std::optional<JudgedUnit> recallText(const Digest &Key) const;
  void keepText(const Digest &Key, const JudgedUnit &Unit) const;
  bool hasText(const Digest &Key) const;

private:
  std::optional<AnswerStore> Kept, Last, Text;
};

} // namespace assay

#endif
