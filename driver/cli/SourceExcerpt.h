/// One source line as a terminal shows it, with a caret under a column.
///
/// The source is hostile input: what is not printable (escape sequences, text that changes
/// direction, ill-formed UTF-8) is written out as <U+001B> or <FF>. It knows no colour and no
/// finding.
#ifndef ASSAY_DRIVER_CLI_SOURCEEXCERPT_H
#define ASSAY_DRIVER_CLI_SOURCEEXCERPT_H

#include "llvm/ADT/StringRef.h"

#include <string>
#include <utility>
#include <vector>

namespace assay {

struct SourceExcerpt {
  std::string Line;
  std::string Marker; ///< blanks, then "^~~~"; empty when there is no such column
};

/// `Column` is 1-based, in bytes. At most `Width` columns: a longer line is cut on both sides.
SourceExcerpt excerpt(llvm::StringRef Line, unsigned Column, unsigned Width);

/// `Text` for a terminal, on one line.
std::string printable(llvm::StringRef Text);
/// Columns that printable text takes.
unsigned displayWidth(llvm::StringRef Printable);
/// Broken between words: the first line has `First` columns of room, the others `Rest`. A word that
/// is longer stands alone and is not broken.
std::vector<std::string> wrapped(llvm::StringRef Printable, unsigned First, unsigned Rest);

} // namespace assay

#endif
