/// A function or field of the project that may have a role, with what speaks for it. A proposal is
/// a question to a person; nothing counts on it.
#ifndef ASSAY_ANALYSIS_PROPOSE_PROPOSAL_H
#define ASSAY_ANALYSIS_PROPOSE_PROPOSAL_H

#include "analysis/model/Result.h"

#include <map>
#include <optional>

namespace assay {

enum class Confidence : uint8_t { Low, Medium, High };

struct Proposal {
  bool IsField = false;
  std::string Role;
  std::string Name;      ///< qualified, as a row names it
  std::string Signature; ///< "int fw_verify(const struct image *img)"; of a field its type
  Location At;
  Confidence Trust = Confidence::Low;
  std::vector<std::string> Why;          ///< what speaks for it, the strongest first
  std::map<std::string, unsigned> Binds; ///< bind -> argument
  bool CanSucceed = false;               ///< its row should say which results mean success
  std::optional<std::string> Success;    ///< "== 0"
  std::string SuccessWhy;
};

} // namespace assay

#endif
