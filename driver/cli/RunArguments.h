/// The options of every command that needs a whole run: which project, which store, how many
/// workers. It analyses; it prints nothing but a line of progress and decides no exit status.
#ifndef ASSAY_DRIVER_CLI_RUNARGUMENTS_H
#define ASSAY_DRIVER_CLI_RUNARGUMENTS_H

#include "driver/cli/ProgressLine.h"
#include "driver/cli/ProjectArguments.h"
#include "sarif/report/SourceText.h"

namespace assay {

struct RunArguments {
  ProjectArguments Of;
  SessionOptions Session;
  bool NoStore = false;

  void addTo(CLI::App &Command);
  llvm::Expected<OpenedProject> open(const char *Argv0);
  llvm::Expected<Report> run(const OpenedProject &P, bool ShowProgress) const;
  llvm::Expected<std::vector<Proposal>> propose(const OpenedProject &P,
                                                const CandidateTable &Table) const;

private:
  SessionOptions options(ProgressLine &Line) const;
};

/// Opens the project's sources by their stored names.
SourceReader readerFor(const Project &P);

} // namespace assay

#endif
