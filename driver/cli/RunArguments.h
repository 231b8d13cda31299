/// The options of every command that needs a whole run: which database, which policy, which store.
/// It analyses; it prints nothing but a line of progress and decides no exit status.
#ifndef ASSAY_DRIVER_CLI_RUNARGUMENTS_H
#define ASSAY_DRIVER_CLI_RUNARGUMENTS_H

#include "driver/cli/ProgressLine.h"
#include "driver/session/FindProject.h"
#include "policies/schema/Loader.h"
#include "sarif/report/SourceText.h"

#include <CLI/CLI.hpp>

namespace assay {

struct RunArguments {
  ProjectRequest Where;
  PolicySources Policy;
  SessionOptions Session;
  bool NoStore = false;

  void addTo(CLI::App &Command);
  /// What findProject() makes of it; `Policy` is complete after that.
  llvm::Expected<FoundProject> find(const char *Argv0);
  llvm::Expected<Report> run(const FoundProject &Found, bool ShowProgress);
  llvm::Expected<std::vector<Proposal>>
  propose(const assay::Policy &Rules, const FoundProject &Found, const CandidateTable &Table);

private:
  SessionOptions options(ProgressLine &Line) const;
};

/// Opens the project's sources by their stored names.
SourceReader readerFor(const Project &P);

} // namespace assay

#endif
