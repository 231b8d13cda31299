/// Joins all TUSummaries into one Program: entities by name and linkage, bodies by content, calls
/// by what their pointers may hold.
///
/// It knows no policy and no model. The result does not depend on the order in which the units were
/// given. Limits: what only the loader does (symbol versions, interposition) and the linker's
/// `--wrap` are not seen; a variable that an image exports is taken to be written by the program
/// alone. A struct that outside code fills as a whole (read from a file into it) is not taken to
/// change its function pointers.
#ifndef ASSAY_ANALYSIS_LINK_LINKER_H
#define ASSAY_ANALYSIS_LINK_LINKER_H

#include "analysis/model/Image.h"
#include "analysis/model/Program.h"

#include "llvm/Support/Error.h"

#include <vector>

namespace assay {

struct Uses;

class Linker {
public:
  struct Options {
    /// All code that may call in, or write what is visible outside its unit, is among the units (or
    /// in a library that reaches the program only through the addresses it is given). False: one
    /// unit of many, or a library's sources.
    bool WholeProgram = true;
    /// Other units of the program are not among these (WholeProgram is false then): nobody knows
    /// what they call, write or define. False for a library: its callers are not part of it.
    bool Alone = false;
    /// What the units' Images are; empty: nothing is known of them.
    std::vector<Image> Images;
  };

  explicit Linker(Options O) : Opts(std::move(O)) {}

  /// Units come from assay::openSummary or the store, verified. Fails when there are more rows than
  /// ids.
  llvm::Expected<Program> link(std::vector<Unit> Units) const;

private:
  static void joinNames(Program &P);
  static void joinBodies(Program &P);
  static void joinUses(Program &P, Uses &U);
  void joinCalls(Program &P, const Uses &U) const;

  Options Opts;
};

} // namespace assay

#endif
