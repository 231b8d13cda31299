/// Why a branch is taken, in a reader's words: "rc != 0"; and whether it matters which way it went.
///
/// It says what the source compares, not what is known of it; it follows no value.
#ifndef ASSAY_ANALYSIS_SOLVE_BRANCHTEXT_H
#define ASSAY_ANALYSIS_SOLVE_BRANCHTEXT_H

#include "analysis/link/BodyView.h"
#include "analysis/solve/Describe.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace assay {

class BranchText {
public:
  BranchText(const Program &Prog, const Describer &Words) : Prog(Prog), Words(Words) {}

  /// "taken when rc != 0, to line 12".
  std::string taken(BodyId Body, uint32_t Block, uint32_t Edge) const;
  /// The other way does not come to where this edge leads, or this edge passes over a call of
  /// which `Matters` holds.
  bool isWorthTelling(BodyId Body, uint32_t Block, uint32_t Edge,
                      llvm::function_ref<bool(InstRef)> Matters) const;
  /// The successor of `Block` that is `To`.
  uint32_t edgeTo(BodyId Body, uint32_t Block, uint32_t To) const;

private:
  std::string reason(const BodyView &B, uint32_t Block, uint32_t Edge) const;
  std::string holds(const BodyView &B, Operand O, bool True, unsigned Depth) const;
  std::string compared(const BodyView &B, const Inst &I, bool True, unsigned Depth) const;
  std::string caseText(const BodyView &B, const Block &Data, uint32_t Edge) const;
  std::string operand(const BodyView &B, Operand O, unsigned Depth) const;
  std::string result(const BodyView &B, uint32_t Inst, unsigned Depth) const;
  std::string constant(const BodyView &B, uint32_t Index) const;

  const Program &Prog;
  const Describer &Words;
};

} // namespace assay

#endif
