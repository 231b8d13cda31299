/// The report for a person at a terminal, in Clang's manner: each finding with its source line, a
/// caret and the way that led there; then verdicts, coverage and the gate.
///
/// It decides nothing. Same Report, same options, same sources: same bytes. Sources and names are
/// hostile: nothing of them reaches the terminal unescaped.
#ifndef ASSAY_DRIVER_CLI_TEXTREPORT_H
#define ASSAY_DRIVER_CLI_TEXTREPORT_H

#include "analysis/model/Result.h"
#include "sarif/report/SourceText.h"

#include "llvm/Support/raw_ostream.h"

namespace assay {

struct TextOptions {
  SourceReader Read;    ///< may be empty: then no source lines
  bool Colour = false;  ///< wantsColor() of Terminal.h
  bool Entries = false; ///< each entry point, not only their number
  bool Quiet = false;   ///< one line per finding, and the gate only when it does not hold
  unsigned Width = 0;   ///< columnsOf() of Terminal.h; 0 = a pipe: messages stay on one line
};

void printText(const Report &R, const TextOptions &Options, llvm::raw_ostream &OS);

} // namespace assay

#endif
