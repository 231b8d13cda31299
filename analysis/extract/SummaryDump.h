/// A summary as text: a line per entity, block and instruction, with names instead of indices. For
/// people and tests; no program reads it. Does not print type names except of calls through
/// pointers.
#ifndef ASSAY_ANALYSIS_EXTRACT_SUMMARYDUMP_H
#define ASSAY_ANALYSIS_EXTRACT_SUMMARYDUMP_H

#include "analysis/model/Program.h"

#include "llvm/Support/raw_ostream.h"

namespace assay {

/// Bodies that the unit shares are printed like its own.
void dumpSummary(const Unit &U, llvm::raw_ostream &Out);

} // namespace assay

#endif
