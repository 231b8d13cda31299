/// Who outside the program may call a function: what linking found (Program::entryPoints), and what
/// models say of the calls, fields and sections that register functions.
///
/// It adds to what linking found and takes nothing away: a task is also a function whose address
/// was handed out. Functions that only a pointer unknown here can name are among those whose
/// address was handed out.
#ifndef ASSAY_ANALYSIS_SOLVE_ENTRYPOINTS_H
#define ASSAY_ANALYSIS_SOLVE_ENTRYPOINTS_H

#include "analysis/model/Result.h"
#include "analysis/solve/Evaluator.h"

#include <optional>

namespace assay {

struct ProgramEntry {
  EntryPoint Point;            ///< HandedOut: registered at `At`, through the function or variable
  std::optional<EntryWay> Way; ///< how it comes to run, where a model says it
  friend auto operator<=>(const ProgramEntry &, const ProgramEntry &) = default;
};

/// Ordered by function, kind and place.
std::vector<ProgramEntry> entriesOf(const Program &Prog, const Policy &Rules,
                                    const RoleIndex &Roles, Evaluator &Values);

/// "main", "interrupt", "task" ...: the rows of docs/linkage.md.
llvm::StringRef wordFor(const ProgramEntry &Entry);

/// For a report; without those of system headers.
std::vector<EntryRow> entryRowsOf(const Program &Prog, llvm::ArrayRef<ProgramEntry> Entries);

/// The reason in words: "interrupt: listed in vectors (section .isr_vector)".
std::string describe(const Program &Prog, const ProgramEntry &Entry);

} // namespace assay

#endif
