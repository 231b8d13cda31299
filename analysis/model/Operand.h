/// The packed operand of an instruction: what TUSummary.fbs calls "one uint".
#ifndef ASSAY_ANALYSIS_MODEL_OPERAND_H
#define ASSAY_ANALYSIS_MODEL_OPERAND_H

#include "analysis/model/TUSummary_generated.h"

#include <cstdint>

namespace assay {

class Operand {
public:
  static constexpr uint32_t MaxIndex = (1u << 29) - 1;

  constexpr Operand() = default;
  constexpr explicit Operand(uint32_t Raw) : Raw(Raw) {}
  constexpr Operand(OperandKind Kind, uint32_t Index)
      : Raw(static_cast<uint32_t>(Kind) << 29 | (Index & MaxIndex)) {}

  constexpr OperandKind kind() const { return static_cast<OperandKind>(Raw >> 29); }
  constexpr uint32_t index() const { return Raw & MaxIndex; }
  constexpr uint32_t raw() const { return Raw; }
  constexpr bool isNone() const { return kind() == OperandKind::None; }
  constexpr bool is(OperandKind Kind) const { return kind() == Kind; }
  friend constexpr bool operator==(Operand, Operand) = default;

private:
  uint32_t Raw = 0;
};

} // namespace assay

#endif
