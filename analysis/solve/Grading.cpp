#include "analysis/solve/Grading.h"

#include "policies/schema/CheckLevels.h"

using namespace assay;

static Severity oneLess(Severity S) {
  return S == Severity::Low ? S : static_cast<Severity>(static_cast<unsigned>(S) - 1);
}

static void gradeAtMost(Finding &F, Severity Most) {
  if (F.Precision != "low")
    F.Precision = Most == Severity::Low ? "low" : "medium";
  F.Sev = std::min(F.Sev, Most);
}

void assay::grade(llvm::MutableArrayRef<Finding> Found, const CheckPage &Page, const Property &Of,
                  const Policy &Rules) {
  const PropertyGrade &Own =
      std::visit([](const auto &Kind) -> const PropertyGrade & { return Kind.Grade; }, Of);
  const auto *Flow = std::get_if<FlowProperty>(&Of);
  const auto *Result = std::get_if<ResultProperty>(&Of);
  const auto *Comparison = std::get_if<ComparisonProperty>(&Of);
  for (Finding &F : Found) {
    F.Precision = Own.Precision.empty() ? Page.Precision : Own.Precision;
    const Severity Before = F.Sev;
    F.Sev = Own.Sev.value_or(F.Sev);
    if (F.Across && Flow && Flow->Across)
      gradeAtMost(F, *Flow->Across);
    else if (F.Handed && Flow && Flow->Handed)
      gradeAtMost(F, *Flow->Handed);
    if (F.Across && Result && Result->Across)
      gradeAtMost(F, *Result->Across);
    if (F.Alone && Comparison && Comparison->Alone)
      gradeAtMost(F, *Comparison->Alone);
    if (!F.Reached)
      F.Sev = oneLess(F.Sev);
    if (F.Chosen)
      F.Sev = std::min(oneLess(F.Sev), Severity::Medium);
    if (F.Sev != Before && F.Lvl == levelFor(Before) && !Rules.ChosenLevels.count(Page.Id))
      F.Lvl = levelFor(F.Sev);
    if (!F.Reached)
      F.Related.push_back({F.At, F.Function,
                           "nobody calls " + F.Function +
                               "(), in or outside of the program: the severity is a step lower"});
  }
}
