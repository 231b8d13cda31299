/// What a function returns and what its callers make of it: which constants, by which names;
/// whether they test it, and which of the two ways after the test is the short one.
///
/// It looks at the text of bodies, not at paths: hints for a person, no proofs.
#ifndef ASSAY_ANALYSIS_PROPOSE_RETURNSHAPE_H
#define ASSAY_ANALYSIS_PROPOSE_RETURNSHAPE_H

#include "analysis/model/Program.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace assay {

struct ReturnShape {
  std::string Type; ///< canonical
  std::map<int64_t, std::set<std::string>>
      Constants;       ///< returned, with the names they are written by
  bool Others = false; ///< returns what is no constant, too

  bool isVoid() const { return Type == "void"; }
  bool isBool() const { return Type == "bool" || Type == "_Bool"; }
  /// A number that can tell success from failure.
  bool isStatus() const;
};
ReturnShape returnShapeOf(const Program &Prog, EntityId Function);

struct CallerTests {
  unsigned Calls = 0, Ignored = 0;
  unsigned HandedOn = 0; ///< the caller returns it to its own
  /// Comparisons that callers make: "== 0" or "!= 0" as what holds on the longer way, with how
  /// often.
  std::map<std::string, unsigned> Success;
  unsigned tested() const;
};
CallerTests callerTestsOf(const Program &Prog, EntityId Function);

} // namespace assay

#endif
