/// Texts of the source that may arrive at a place by ways that value sets do not go: through
/// containers, streams, strings that are put together.
///
/// What a flow finds is a may: it says that a text arrives, never that nothing else does. So it can
/// make a value wrong, and none right.
#ifndef ASSAY_ANALYSIS_SOLVE_CARRIEDTEXTS_H
#define ASSAY_ANALYSIS_SOLVE_CARRIEDTEXTS_H

#include "analysis/solve/FlowWalk.h"

#include <deque>
#include <memory>

namespace assay {

class CarriedTexts {
public:
  explicit CarriedTexts(const Judging &J) : J(J) { OfTexts.From.emplace_back().Is = Literal; }

  /// Those that reach the operand without a doubt on the way. They stay good for one question.
  ValueSet at(InstRef Site, Operand Held);

private:
  static constexpr FlowSource::Kind Literal = FlowSource::Kind::Literal;

  const Trace *linked(llvm::ArrayRef<Trace> Way);

  const Judging &J;
  FlowProperty OfTexts;
  std::unique_ptr<FlowWalk> Walk; ///< made when it is asked first
  std::deque<Trace> Traces;
};

} // namespace assay

#endif
