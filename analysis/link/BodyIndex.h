/// What one body does with its locals and parameters, as far as pointers are concerned. Made only
/// for the bodies that a pointer question leads to.
#ifndef ASSAY_ANALYSIS_LINK_BODYINDEX_H
#define ASSAY_ANALYSIS_LINK_BODYINDEX_H

#include "analysis/link/BodyView.h"

namespace assay {

class BodyIndex {
public:
  enum class Role : uint8_t {
    StoreTo,       ///< the variable itself is written
    AddressPassed, ///< its address is argument `Slot`
    AddressKept,   ///< its address is stored, returned or chosen between
    StoreThrough,  ///< what the parameter points to is written
    ValuePassed,   ///< the parameter's own value is argument `Slot`
    ValueKept      ///< the parameter's own value is stored, returned or chosen between
  };
  struct Row {
    Role What;
    BaseKind Of; ///< Local or Param
    uint32_t Variable;
    uint32_t Inst;
    uint32_t Slot = 0;
    friend auto operator<=>(const Row &, const Row &) = default;
  };

  explicit BodyIndex(const BodyView &B);

  llvm::ArrayRef<Row> rowsOf(Role What, BaseKind Of, uint32_t Variable) const;
  /// Instructions that return a value.
  llvm::ArrayRef<uint32_t> returns() const { return Returns; }

  /// The parameter that `*p` or `p[i]` goes through; null = the place is something else.
  static const Place *parameterThrough(const BodyView &B, const Place &P);

private:
  void add(const BodyView &B, uint32_t N);
  void store(const BodyView &B, uint32_t N, const Inst &I);
  void passed(const BodyView &B, uint32_t N, uint32_t Slot, Operand O);
  void kept(const BodyView &B, uint32_t N, Operand O);

  std::vector<Row> Rows;
  std::vector<uint32_t> Returns;
};

} // namespace assay

#endif
