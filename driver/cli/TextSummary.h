/// The end of the terminal report: verdicts by check, what is unproven and why, coverage, the gate.
///
/// It shows the Report's figures and computes none but shares and counts of them.
#ifndef ASSAY_DRIVER_CLI_TEXTSUMMARY_H
#define ASSAY_DRIVER_CLI_TEXTSUMMARY_H

#include "driver/cli/Terminal.h"
#include "driver/cli/TextReport.h"

namespace assay {

/// What needs attention first: 0 fail, 1 unproven, 2 pass, 3 not applicable.
unsigned urgency(Verdict V);
Ink inkFor(Verdict V);

class TextSummary {
public:
  TextSummary(const Report &R, const TextOptions &Options, llvm::raw_ostream &OS)
      : R(R), OS(OS), Color(Options.Colour), Width(Options.Width ? Options.Width : 100) {}

  void verdicts();
  void unproven();
  void figures();
  void entries();
  void gate();

private:
  void verdictRow(const CheckVerdict &V, unsigned NameWidth);
  void notApplicable();
  void unitTrouble();
  void remedies();
  void heading(llvm::StringRef Text);
  /// "  label   text"; what does not fit goes on below the text.
  void row(llvm::StringRef Label, const std::string &Text);
  void paragraph(unsigned Indent, Ink I, const std::string &Text);

  const Report &R;
  llvm::raw_ostream &OS;
  Paint Color;
  unsigned Width;
};

} // namespace assay

#endif
