/// The Markdown of a check's page: its sections in their order, and the fenced blocks under Bad and
/// Good, which are its tests. It does not read the head, and it runs nothing.
#ifndef ASSAY_POLICIES_SCHEMA_PAGEBODY_H
#define ASSAY_POLICIES_SCHEMA_PAGEBODY_H

#include "policies/schema/Policy.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace assay {

/// Fills Body, Sections and Examples. `FirstLine` is the line of the file at which Body starts.
llvm::Error readPageBody(llvm::StringRef Body, const std::shared_ptr<const std::string> &File,
                         unsigned FirstLine, CheckPage &Page);

/// One fenced block's text, cut into files with their expected findings. Used for what stands
/// between the fences.
llvm::Error readExampleFiles(llvm::ArrayRef<llvm::StringRef> Lines, Example &Out);

} // namespace assay

#endif
