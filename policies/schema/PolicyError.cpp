#include "policies/schema/PolicyError.h"

namespace assay {

char PolicyError::ID = 0;

std::string toString(const SourcePosition &At) {
  std::string Text = At.File ? *At.File : "<input>";
  if (At.Line)
    Text += llvm::formatv(":{0}:{1}", At.Line, At.Column ? At.Column : 1).str();
  return Text;
}

void PolicyError::log(llvm::raw_ostream &OS) const {
  if (At.File)
    OS << toString(At) << ": ";
  OS << Text;
}

} // namespace assay
