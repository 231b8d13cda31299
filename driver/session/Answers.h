/// What linking and solving concluded, and the memory of it: the same summaries under the same
/// policy give the same answers, so a run in which nothing changed only reads them.
#ifndef ASSAY_DRIVER_SESSION_ANSWERS_H
#define ASSAY_DRIVER_SESSION_ANSWERS_H

#include "analysis/model/Program.h"
#include "analysis/store/AnswerStore.h"
#include "driver/session/Units.h"
#include "policies/schema/Policy.h"

namespace assay {

/// Without what a run knows before it thinks: Coverage::Units is empty.
struct Answers {
  Coverage Cover;
  std::vector<CheckVerdict> Verdicts;
  std::vector<Finding> Findings;
  std::vector<Site> Sites;
  std::vector<EntryRow> Entries;
  std::vector<Note> Notes;
};

class AnswerMemory {
public:
  /// `StoreDir` empty: nothing is recalled or kept. `Units` are those of all commands.
  AnswerMemory(const std::string &StoreDir, const Policy &Rules, const Gathered &Units);

  /// Notes say why something that was kept could not be used.
  std::optional<Answers> recall(std::vector<Note> &Notes) const;
  void keep(const Answers &A, std::vector<Note> &Notes) const;

private:
  std::optional<AnswerStore> Kept;
  Digest Key{};
};

} // namespace assay

#endif
