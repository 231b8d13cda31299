#include "driver/cli/TextReport.h"

#include "driver/cli/TextFindings.h"
#include "driver/cli/TextSummary.h"

using namespace llvm;

namespace assay {

void printText(const Report &R, const TextOptions &Options, raw_ostream &OS) {
  TextFindings(R, Options, OS).write();
  TextSummary Summary(R, Options, OS);
  if (!Options.Quiet) {
    Summary.verdicts();
    Summary.unproven();
    Summary.figures();
    if (Options.Entries)
      Summary.entries();
    OS << '\n';
  }
  if (!Options.Quiet || R.GateResult.Result != Gate::Outcome::Holds)
    Summary.gate();
}

} // namespace assay
