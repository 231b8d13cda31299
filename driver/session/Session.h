/// One run, from a compile database and a policy to a Report: the map of the program
/// (Session::run).
///
/// It prints nothing, decides no exit status and knows no command line; front ends do (driver/cli,
/// later driver/tidy, driver/lsp).
#ifndef ASSAY_DRIVER_SESSION_SESSION_H
#define ASSAY_DRIVER_SESSION_SESSION_H

#include "analysis/extract/CompilationDatabase.h"
#include "analysis/model/Result.h"
#include "analysis/propose/Proposal.h"
#include "policies/schema/CandidateLoader.h"
#include "policies/schema/Policy.h"

#include "llvm/Support/Error.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// What is to be analysed, and where this run may write.
struct Project {
  std::string Database; ///< path of compile_commands.json; empty: Commands are given
  std::vector<CompileCommand> Commands;
  std::string Root;               ///< files below it are named relative to it; absolute
  std::string StoreDir;           ///< summaries are kept here; empty = keep none
  std::vector<std::string> Files; ///< only findings of these units' files are reported; empty = all
};

/// Those that are given, else what its database holds.
llvm::Expected<std::vector<CompileCommand>> commandsOf(const Project &P);

/// Called in this process after each unit: done, total, file. Never from another thread.
using Progress = std::function<void(size_t Done, size_t Total, const std::string &File)>;

struct SessionOptions {
  unsigned Jobs = 0;                                  ///< workers; 0 = one per core
  std::optional<unsigned> UnitSeconds, UnitMegabytes; ///< none = as the policy says
  Progress OnUnit;                                    ///< may be empty
  /// SIGINT and its like end the extraction in good order, and the run with InterruptedError.
  bool CatchSignals = false;
};

class Session {
public:
  Session(const Policy &P, SessionOptions Options) : Rules(P), Options(std::move(Options)) {}

  llvm::Expected<Report> run(const Project &P) const;
  /// Nothing is judged: which of the project's own functions may have a role.
  llvm::Expected<std::vector<Proposal>> propose(const Project &P,
                                                const CandidateTable &Table) const;

private:
  const Policy &Rules;
  SessionOptions Options;
};

} // namespace assay

#endif
