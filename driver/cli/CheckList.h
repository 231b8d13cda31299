/// The catalogue as a table for people or as JSON for programs. It decides nothing: levels are the
/// policy's.
#ifndef ASSAY_DRIVER_CLI_CHECKLIST_H
#define ASSAY_DRIVER_CLI_CHECKLIST_H

#include "policies/schema/Policy.h"

#include "llvm/Support/raw_ostream.h"

namespace assay {

/// All checks by id, those that are off among them.
void printCheckTable(const Policy &P, llvm::raw_ostream &OS);
void printCheckJson(const Policy &P, llvm::raw_ostream &OS);

} // namespace assay

#endif
