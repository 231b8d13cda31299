#include "driver/cli/ProgressLine.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace assay;

ProgressLine::ProgressLine(bool Wanted)
    : Active(Wanted && llvm::sys::Process::StandardErrIsDisplayed()) {}

void ProgressLine::show(size_t Done, size_t Total, const std::string &File) {
  if (!Active)
    return;
  unsigned Columns = llvm::sys::Process::StandardErrColumns();
  std::string Line = llvm::formatv("[{0}/{1}] {2}", Done, Total, File).str();
  if (Columns > 1 && Line.size() >= Columns)
    Line.resize(Columns - 1);
  llvm::errs() << "\r\033[K" << Line;
  llvm::errs().flush();
  Shown = true;
}

void ProgressLine::clear() {
  if (Shown)
    llvm::errs() << "\r\033[K";
  Shown = false;
}
