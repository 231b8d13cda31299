#include "driver/cli/SourceExcerpt.h"
#include "driver/cli/TextFindings.h"
#include "driver/cli/TextSummary.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>

using namespace llvm;

namespace assay {

static constexpr size_t NamedPlaces = 10;

unsigned urgency(Verdict V) {
  switch (V) {
  case Verdict::Fail:
    return 0;
  case Verdict::Unproven:
    return 1;
  case Verdict::Pass:
    return 2;
  case Verdict::NotApplicable:
    return 3;
  }
  return 3;
}

Ink inkFor(Verdict V) {
  switch (V) {
  case Verdict::Fail:
    return Ink::Error;
  case Verdict::Unproven:
    return Ink::Warning;
  case Verdict::Pass:
    return Ink::Good;
  case Verdict::NotApplicable:
    return Ink::Faint;
  }
  return Ink::Plain;
}

static std::string cell(uint64_t N, unsigned Columns) {
  std::string Text = N ? formatv("{0:N}", N).str() : "-";
  return std::string(Columns - std::min<size_t>(Columns, Text.size()), ' ') + Text;
}

void TextSummary::verdictRow(const CheckVerdict &V, unsigned NameWidth) {
  std::string Word = wordFor(V.Outcome);
  std::string Name = printable(V.Check);
  Name.resize(std::max<size_t>(Name.size(), NameWidth), ' ');
  OS << "  " << Name << "  " << Color(inkFor(V.Outcome), Word) << std::string(10 - Word.size(), ' ')
     << cell(V.Passed, 9) << cell(V.Failed, 9) << cell(V.Unproven, 10) << '\n';
}

void TextSummary::notApplicable() {
  std::string Names;
  for (const CheckVerdict &V : R.Verdicts)
    if (V.Outcome == Verdict::NotApplicable)
      Names += (Names.empty() ? "" : ", ") + V.Check;
  if (!Names.empty())
    paragraph(2, Ink::Faint, "not applicable: " + Names);
}

void TextSummary::verdicts() {
  std::vector<const CheckVerdict *> Rows;
  size_t NameWidth = 24;
  for (const CheckVerdict &V : R.Verdicts)
    if (V.Outcome != Verdict::NotApplicable) {
      Rows.push_back(&V);
      NameWidth = std::max(NameWidth, V.Check.size());
    }
  if (R.Verdicts.empty())
    return;
  std::sort(Rows.begin(), Rows.end(), [](const CheckVerdict *A, const CheckVerdict *B) {
    return std::pair(urgency(A->Outcome), A->Check) < std::pair(urgency(B->Outcome), B->Check);
  });
  heading("Verdicts");
  if (!Rows.empty())
    OS << Color(Ink::Faint, "  check" + std::string(NameWidth - 3, ' ') +
                                "verdict      passed   failed  unproven")
       << '\n';
  for (const CheckVerdict *V : Rows)
    verdictRow(*V, static_cast<unsigned>(NameWidth));
  notApplicable();
  OS << '\n';
}

void TextSummary::unproven() {
  std::vector<std::pair<std::string, std::string>> Entries; ///< where, why
  for (const CheckVerdict &V : R.Verdicts)
    if (V.Outcome == Verdict::Unproven && V.Unproven == 0)
      Entries.emplace_back(V.Check, V.Reason);
  for (const Site &S : R.Sites)
    if (S.Outcome == Verdict::Unproven)
      Entries.emplace_back(placeText(S.At) + ": " + S.Check, S.Reason);
  if (Entries.empty())
    return;
  heading("Unproven");
  for (const auto &[Where, Why] : ArrayRef(Entries).take_front(NamedPlaces)) {
    paragraph(2, Ink::Plain, Where);
    if (!Why.empty())
      paragraph(6, Ink::Faint, Why);
  }
  if (Entries.size() > NamedPlaces)
    OS << formatv("  ... and {0:N} more; the SARIF report has all\n", Entries.size() - NamedPlaces);
  OS << '\n';
}

} // namespace assay
