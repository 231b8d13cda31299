/// What would let more of the program be seen: which headers were found nowhere, what that costs,
/// and what to do about it, the most useful first.
///
/// It looks for the headers in the project's folders by name, without opening a file; it changes
/// nothing. Limit: of several missing headers of one unit each is charged with all its damaged
/// functions, for nobody knows which of them a function needed.
#ifndef ASSAY_DRIVER_SESSION_REMEDIES_H
#define ASSAY_DRIVER_SESSION_REMEDIES_H

#include "analysis/extract/CompilationDatabase.h"
#include "analysis/model/Paths.h"
#include "analysis/model/Program.h"
#include "analysis/model/Result.h"

namespace assay {

std::vector<Remedy> remediesFor(llvm::ArrayRef<Unit> Units, llvm::ArrayRef<CompileCommand> Commands,
                                const PathForms &Paths);

} // namespace assay

#endif
