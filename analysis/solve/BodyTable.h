/// What each body says by itself - its rows as views, its control flow, what is read where - made
/// when it is first asked for and kept.
#ifndef ASSAY_ANALYSIS_SOLVE_BODYTABLE_H
#define ASSAY_ANALYSIS_SOLVE_BODYTABLE_H

#include "analysis/model/Program.h"
#include "analysis/solve/BodyFacts.h"
#include "analysis/solve/BodyReads.h"

#include "llvm/ADT/DenseMap.h"

#include <memory>
#include <optional>

namespace assay {

class BodyTable {
public:
  explicit BodyTable(const Program &Prog) : Prog(Prog) {}

  const BodyFacts &operator[](BodyId B) { return factsOf(made(B)); }
  const BodyView &view(BodyId B) { return made(B).View; }
  /// Blocks from where a read of this local, parameter or temporary can be reached.
  const llvm::BitVector &readsFrom(BodyId B, BaseKind Kind, uint32_t Index) {
    Entry &Of = made(B);
    return Of.Reads.before(Of.View, factsOf(Of), Kind, Index);
  }
  const Program &program() const { return Prog; }

private:
  struct Entry {
    Entry(const Program &Prog, BodyId B) : View(Prog, B) {}
    BodyView View;
    std::optional<BodyFacts> Facts;
    BodyReads Reads;
  };
  static const BodyFacts &factsOf(Entry &Of) {
    if (!Of.Facts)
      Of.Facts.emplace(Of.View.Data);
    return *Of.Facts;
  }
  Entry &made(BodyId B) {
    auto &Slot = Made[B];
    if (!Slot)
      Slot = std::make_unique<Entry>(Prog, B);
    return *Slot;
  }

  const Program &Prog;
  llvm::DenseMap<BodyId, std::unique_ptr<Entry>> Made;
};

} // namespace assay

#endif
