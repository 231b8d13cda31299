#include "analysis/model/Result.h"

#include <iterator>

namespace assay {

const char *wordFor(Verdict V) {
  switch (V) {
  case Verdict::Pass:
    return "pass";
  case Verdict::Fail:
    return "fail";
  case Verdict::Unproven:
    return "unproven";
  case Verdict::NotApplicable:
    return "not-applicable";
  }
  return "unproven";
}

const char *wordFor(Severity S) {
  switch (S) {
  case Severity::Low:
    return "low";
  case Severity::Medium:
    return "medium";
  case Severity::High:
    return "high";
  case Severity::Critical:
    return "critical";
  }
  return "medium";
}

const char *wordFor(Level L) {
  switch (L) {
  case Level::None:
    return "none";
  case Level::Note:
    return "note";
  case Level::Warning:
    return "warning";
  case Level::Error:
    return "error";
  }
  return "none";
}

const char *wordFor(UnitCoverage::State S) {
  switch (S) {
  case UnitCoverage::State::Whole:
    return "whole";
  case UnitCoverage::State::WithErrors:
    return "with-errors";
  case UnitCoverage::State::Failed:
    return "failed";
  case UnitCoverage::State::TimedOut:
    return "timed-out";
  case UnitCoverage::State::OutOfMemory:
    return "out-of-memory";
  case UnitCoverage::State::Crashed:
    return "crashed";
  }
  return "failed";
}

static constexpr const char *StepWords[] = {"note",   "entry", "call",   "return",
                                            "branch", "value", "change", "site"};

const char *wordFor(PathStepKind K) {
  return StepWords[static_cast<size_t>(K)];
}

PathStepKind pathStepKindOf(const std::string &Word) {
  for (size_t K = 0; K != std::size(StepWords); ++K)
    if (Word == StepWords[K])
      return static_cast<PathStepKind>(K);
  return PathStepKind::Note;
}

} // namespace assay
