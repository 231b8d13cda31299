/// Markdown set for a terminal: headings stand out, paragraphs and list items are wrapped, code
/// stays as it is.
///
/// It knows the few forms that check pages use; what it does not know it prints as text.
#ifndef ASSAY_DRIVER_CLI_TERMINALMARKDOWN_H
#define ASSAY_DRIVER_CLI_TERMINALMARKDOWN_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace assay {

/// `Columns` is where lines end; colours are used if the stream has them.
void printMarkdown(llvm::StringRef Text, unsigned Columns, llvm::raw_ostream &OS);

} // namespace assay

#endif
