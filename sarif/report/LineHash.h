/// A hash of each line of a text together with what follows it, without regard to blanks.
///
/// It is the method that code hosts use for `primaryLocationLineHash`, so that our value and the
/// one that an upload computes agree: a rolling polynomial over the next 100 UTF-16 code units that
/// are neither space nor tab, every line end as "\n", U+FFFF at the end of the text, then zeros. It
/// is no cryptographic hash and no identity: equal lines are told apart by a count.
#ifndef ASSAY_SARIF_REPORT_LINEHASH_H
#define ASSAY_SARIF_REPORT_LINEHASH_H

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace assay {

/// One hash per line, in order. A last line without any character but blanks has one too.
std::vector<std::string> lineHashes(llvm::StringRef Text);

} // namespace assay

#endif
