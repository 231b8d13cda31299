/// What the control flow of each body says, made when it is first asked for and kept.
#ifndef ASSAY_ANALYSIS_SOLVE_BODYTABLE_H
#define ASSAY_ANALYSIS_SOLVE_BODYTABLE_H

#include "analysis/model/Program.h"
#include "analysis/solve/BodyFacts.h"

#include "llvm/ADT/DenseMap.h"

#include <memory>

namespace assay {

class BodyTable {
public:
  explicit BodyTable(const Program &Prog) : Prog(Prog) {}

  const BodyFacts &operator[](BodyId B) {
    auto &Slot = Made[B];
    if (!Slot)
      Slot = std::make_unique<BodyFacts>(*Prog.body(B).Data);
    return *Slot;
  }
  const Program &program() const { return Prog; }

private:
  const Program &Prog;
  llvm::DenseMap<BodyId, std::unique_ptr<BodyFacts>> Made;
};

} // namespace assay

#endif
