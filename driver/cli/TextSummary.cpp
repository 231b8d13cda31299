#include "driver/cli/TextSummary.h"

#include "driver/cli/SourceExcerpt.h"
#include "driver/cli/TextFindings.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <map>
#include <set>

using namespace llvm;

namespace assay {

using State = UnitCoverage::State;

static constexpr size_t NamedUnits = 10, NamedCollisions = 3, NamedRemedies = 5, NamedHeaders = 4;
static constexpr unsigned LabelEnd = 14; ///< column where the text of a row starts

void TextSummary::heading(StringRef Text) {
  OS << Color(Ink::Strong, Text) << '\n';
}

void TextSummary::paragraph(unsigned Indent, Ink I, const std::string &Text) {
  unsigned Extra = 0; // lines after the first hang
  for (const std::string &Line : wrapped(printable(Text), Width - Indent, Width - Indent - 2)) {
    OS.indent(Indent + Extra) << Color(I, Line) << '\n';
    Extra = 2;
  }
}

void TextSummary::row(StringRef Label, const std::string &Text) {
  std::string Head = ("  " + Label).str();
  for (const std::string &Line : wrapped(Text, Width - LabelEnd, Width - LabelEnd)) {
    OS << left_justify(Head, LabelEnd) << Line << '\n';
    Head.clear();
  }
}

static std::string counted(uint64_t N, StringRef One, StringRef Many) {
  return formatv("{0:N} {1}", N, N == 1 ? One : Many);
}

/// The first places of "NAME: defined in A and in B and in C ..."; the SARIF has them all.
static std::string shortened(StringRef Collision) {
  constexpr StringRef Joint = " and in ";
  size_t Places = Collision.count(Joint) + 1;
  if (Places <= 2)
    return Collision.str();
  size_t Second = Collision.find(Joint) + Joint.size();
  return Collision.take_front(Collision.find(Joint, Second)).str() + " and in " +
         counted(Places - 2, "place", "places") + " more";
}

/// "2 errors, 1 warning": only what there is.
static std::string joined(ArrayRef<std::pair<uint64_t, std::string>> Parts, StringRef None) {
  std::string Out;
  for (const auto &[N, Words] : Parts)
    if (N)
      Out += (Out.empty() ? "" : ", ") + Words;
  return Out.empty() ? None.str() : Out;
}

static std::string findingCounts(const Report &R) {
  uint64_t Of[4] = {};
  for (const Finding &F : R.Findings)
    ++Of[static_cast<size_t>(F.Lvl)];
  uint64_t Errors = Of[3], Warnings = Of[2], Notes = Of[1] + Of[0];
  return joined({{Errors, counted(Errors, "error", "errors")},
                 {Warnings, counted(Warnings, "warning", "warnings")},
                 {Notes, counted(Notes, "note", "notes")}},
                "none");
}

static std::string verdictCounts(const Report &R) {
  uint64_t Of[4] = {};
  for (const CheckVerdict &V : R.Verdicts)
    ++Of[urgency(V.Outcome)];
  return joined({{Of[0], counted(Of[0], "fails", "fail")},
                 {Of[1], formatv("{0:N} unproven", Of[1])},
                 {Of[2], counted(Of[2], "passes", "pass")},
                 {Of[3], formatv("{0:N} not applicable", Of[3])}},
                "none was run");
}

static std::string unitCounts(const Coverage &C) {
  if (C.Units.empty())
    return "none";
  uint64_t Whole = C.count(State::Whole), WithErrors = C.count(State::WithErrors);
  uint64_t TimedOut = C.count(State::TimedOut), OutOfMemory = C.count(State::OutOfMemory);
  uint64_t Crashed = C.count(State::Crashed), Failed = C.count(State::Failed);
  std::string Trouble = joined({{WithErrors, formatv("{0:N} with errors", WithErrors)},
                                {Failed, formatv("{0:N} failed", Failed)},
                                {TimedOut, formatv("{0:N} timed out", TimedOut)},
                                {OutOfMemory, formatv("{0:N} out of memory", OutOfMemory)},
                                {Crashed, formatv("{0:N} crashed", Crashed)}},
                               "");
  return formatv("{0:N} of {1:N} analysed whole{2}{3}", Whole, C.Units.size(),
                 Trouble.empty() ? "" : ", ", Trouble);
}

/// Rounded down: 99.96 % is not all. `Whole` is not 0.
static std::string percent(uint64_t Part, uint64_t Whole) {
  uint64_t Tenths = Part * 1000 / Whole;
  return formatv("{0}.{1} %", Tenths / 10, Tenths % 10);
}

static std::string functionCounts(const Coverage &C) {
  uint64_t All = C.Functions + C.LostFunctions;
  if (All == 0)
    return "none";
  std::string Trouble =
      joined({{C.LostFunctions, formatv("{0:N} lost", C.LostFunctions)},
              {C.RecoveredFunctions, formatv("{0:N} recovered from errors", C.RecoveredFunctions)},
              {C.CutFunctions, formatv("{0:N} cut as too large", C.CutFunctions)}},
             "");
  return formatv("{0:N} of {1:N} analysed ({2}){3}{4}", C.Functions, All, percent(C.Functions, All),
                 Trouble.empty() ? "" : ", ", Trouble);
}

static std::string callCounts(const Coverage &C) {
  uint64_t Indirect = C.ResolvedIndirectCalls + C.OutsideIndirectCalls + C.UnresolvedIndirectCalls;
  std::string Out = formatv("{0:N} direct", C.DirectCalls);
  if (Indirect)
    Out += formatv(", {0:N} of {1:N} through pointers resolved", C.ResolvedIndirectCalls, Indirect);
  if (C.OutsideIndirectCalls)
    Out += formatv(", {0:N} reach code outside the program", C.OutsideIndirectCalls);
  return Out;
}

/// "timed-out" -> "timed out"
static std::string inWords(State S) {
  std::string Out = wordFor(S);
  std::replace(Out.begin(), Out.end(), '-', ' ');
  return Out;
}

static std::string unitLine(const UnitCoverage &U) {
  std::string Out = U.DetailAt.Line ? placeText(U.DetailAt) : printable(U.File);
  if (U.Outcome == State::WithErrors)
    Out += ": " + counted(U.Errors, "error", "errors") + ", " +
           counted(U.LostFunctions, "function lost", "functions lost");
  else
    Out += ": " + inWords(U.Outcome);
  return U.Detail.empty() ? Out : Out + ": " + U.Detail;
}

void TextSummary::unitTrouble() {
  std::vector<const UnitCoverage *> Named;
  for (bool Analysed : {false, true})
    for (const UnitCoverage &U : R.Cover.Units)
      if (U.Outcome != State::Whole && (U.Outcome == State::WithErrors) == Analysed)
        Named.push_back(&U);
  for (const UnitCoverage *U : ArrayRef(Named).take_front(NamedUnits))
    paragraph(LabelEnd + 2, U->Outcome == State::WithErrors ? Ink::Faint : Ink::Plain,
              unitLine(*U));
  if (Named.size() > NamedUnits)
    OS.indent(LabelEnd + 2) << formatv("... and {0:N} more units\n", Named.size() - NamedUnits);
}

static std::string remedyLine(const Remedy &R) {
  std::string Out;
  for (const std::string &Header : ArrayRef(R.Headers).take_front(NamedHeaders))
    Out += (Out.empty() ? "" : ", ") + Header;
  if (R.Headers.size() > NamedHeaders)
    Out += " and " + counted(R.Headers.size() - NamedHeaders, "more", "more");
  return Out + " (" + counted(R.Functions, "function", "functions") + " damaged in " +
         counted(R.Units, "unit", "units") + "): " + R.Advice;
}

void TextSummary::remedies() {
  const std::vector<Remedy> &All = R.Cover.Remedies;
  if (All.empty())
    return;
  size_t Headers = 0;
  for (const Remedy &One : All)
    Headers += One.Headers.size();
  row("missing", counted(Headers, "header was", "headers were") +
                     " found nowhere; what helps most comes first");
  for (const Remedy &One : ArrayRef(All).take_front(NamedRemedies))
    paragraph(LabelEnd + 2, Ink::Plain, remedyLine(One));
  if (All.size() > NamedRemedies)
    OS.indent(LabelEnd + 2) << formatv("... and {0:N} more\n", All.size() - NamedRemedies);
}

/// "2 main, 3 interrupt": of functions; one with several reasons counts for each.
static std::string entryCounts(const Report &R) {
  std::map<std::string, std::set<std::pair<std::string, Location>>> Of;
  std::set<std::pair<std::string, Location>> All;
  for (const EntryRow &E : R.Entries) {
    Of[E.Kind].insert({E.Function, E.At});
    All.insert({E.Function, E.At});
  }
  std::string Out = counted(All.size(), "function", "functions") + " reached from outside";
  for (const auto &[Kind, Functions] : Of)
    Out += formatv("{0} {1:N} {2}", Kind == Of.begin()->first ? ":" : ",", Functions.size(), Kind);
  return Out;
}

void TextSummary::entries() {
  heading("Entry points");
  for (const EntryRow &E : R.Entries) {
    std::string Text = E.Function + "(): " + E.Reason;
    if (!E.Where.File.empty())
      Text += " at " + placeText(E.Where);
    paragraph(2, Ink::Plain, placeText(E.At) + ": " + Text);
  }
}

void TextSummary::figures() {
  const Coverage &C = R.Cover;
  heading("Summary");
  row("findings", findingCounts(R));
  row("checks", verdictCounts(R));
  row("units", unitCounts(C));
  unitTrouble();
  row("functions", functionCounts(C));
  remedies();
  row("calls", callCounts(C));
  if (!R.Entries.empty())
    row("entries", entryCounts(R));
  if (C.UnmodelledExternalFunctions)
    row("outside", counted(C.UnmodelledExternalFunctions, "function is called that has",
                           "functions are called that have") +
                       " neither body nor model");
  if (!C.Collisions.empty())
    row("names", counted(C.Collisions.size(), "name has", "names have") + " several definitions");
  for (const std::string &Name : ArrayRef(C.Collisions).take_front(NamedCollisions))
    paragraph(LabelEnd + 2, Ink::Faint, shortened(Name));
}

void TextSummary::gate() {
  const Gate &G = R.GateResult;
  std::string Why = G.Reason.empty() ? "." : ": " + printable(G.Reason) + ".";
  switch (G.Result) {
  case Gate::Outcome::Holds:
    OS << Color(Ink::Good, "The gate holds") << Why << '\n';
    return;
  case Gate::Outcome::FindingsFail:
    OS << Color(Ink::Error, "The gate fails") << Why << '\n';
    return;
  case Gate::Outcome::CoverageFails:
    OS << Color(Ink::Error, "The gate fails for want of coverage") << Why << '\n';
    return;
  }
}

} // namespace assay
