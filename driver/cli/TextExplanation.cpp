#include "driver/cli/TextExplanation.h"

#include "driver/cli/SourceExcerpt.h"
#include "driver/cli/TextFindings.h"
#include "driver/cli/TextSummary.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace assay {

/// Calls inside calls are set in by this much, so deep; beyond that a line has no room left.
static constexpr unsigned PerCall = 3, DeepestShown = 8;
static constexpr unsigned Margin = 8, NarrowestSource = 40;
static constexpr unsigned LinesAround = 1;

void TextExplanation::heading(StringRef Text) {
  OS << '\n' << Color(Ink::Strong, Text) << '\n';
}

void TextExplanation::paragraph(unsigned Indent, const std::string &Text) {
  for (const std::string &Line : wrapped(printable(Text), Width - Indent, Width - Indent))
    OS.indent(Indent) << Line << '\n';
}

void TextExplanation::sourceLine(unsigned Indent, SourceText &Text, const Location &At,
                                 unsigned Column) {
  const unsigned Room =
      Width > Indent + Margin + NarrowestSource ? Width - Indent - Margin : NarrowestSource;
  std::string Line = Secrets.masked(At, &Text, Text.line(At.Line));
  const bool IsAround = Column == 0;
  if (IsAround && Secrets.touches(At.File))
    Line = withoutLiterals(Line);
  SourceExcerpt E = excerpt(Line, Column, Room);
  OS.indent(Indent) << Color(Ink::Faint, formatv("{0,5} | ", At.Line).str())
                    << (Column ? E.Line : Color(Ink::Faint, E.Line)) << '\n';
  if (!E.Marker.empty())
    OS.indent(Indent) << Color(Ink::Faint, "      | ") << E.Marker.substr(0, E.Marker.find('^'))
                      << Color(Ink::Caret, StringRef(E.Marker).ltrim()) << '\n';
}

void TextExplanation::source(unsigned Indent, const Location &At) {
  SourceText *Text = At.Line ? Texts.get(At.File) : nullptr;
  if (!Text || At.Line > Text->lineCount()) {
    if (Texts.changed(At.File))
      OS.indent(Indent) << Color(Ink::Faint, "(the file has changed since; not shown)") << '\n';
    return;
  }
  const unsigned From = At.Line > LinesAround ? At.Line - LinesAround : 1;
  for (unsigned L = From; L <= std::min(Text->lineCount(), At.Line + LinesAround); ++L)
    if (L == At.Line || !Text->line(L).trim().empty())
      sourceLine(Indent, *Text, {At.File, L, 0, ""}, L == At.Line ? std::max(1u, At.Column) : 0);
}

void TextExplanation::step(unsigned Indent, const std::string &Number, const PathStep &Step) {
  const std::string Place = placeText(Step.At);
  const std::string Head = Number + (Place.empty() ? "" : Place + ": ");
  std::string Text = stepText(Step);
  Ink How = Step.Kind == PathStepKind::Change || Step.Kind == PathStepKind::Site ? Ink::Warning
                                                                                 : Ink::Plain;
  unsigned Used = Indent + displayWidth(Head);
  std::vector<std::string> Lines =
      wrapped(printable(Text), Used + 20 < Width ? Width - Used : 20, Width - Indent - 4);
  OS.indent(Indent) << Color(Ink::Strong, Head);
  for (size_t L = 0; L != Lines.size(); ++L)
    OS.indent(L ? Indent + 4 : 0) << Color(How, Lines[L]) << '\n';
  source(Indent, Step.At);
}

void TextExplanation::path(const std::vector<PathStep> &Path) {
  const std::string *Function = nullptr;
  for (size_t I = 0; I != Path.size(); ++I) {
    const PathStep &S = Path[I];
    const unsigned Indent = 2 + PerCall * std::min(S.Depth, DeepestShown);
    if (!Function || *Function != S.Function)
      OS.indent(Indent) << Color(Ink::Faint, S.Function.empty() ? std::string("at file scope")
                                                                : "in " + printable(S.Function))
                        << '\n';
    Function = &S.Function;
    step(Indent + 2, formatv("({0}) ", I + 1), S);
  }
}

void TextExplanation::places(const std::vector<PathStep> &Steps) {
  for (const PathStep &S : Steps)
    step(2, "", S);
}

static std::string whereText(const Location &At, const std::string &Function) {
  return placeText(At) + (Function.empty() ? "" : ", in " + printable(Function));
}

void TextExplanation::finding(const Finding &F) {
  const Level Shown = F.Lvl == Level::None ? Level::Note : F.Lvl;
  OS << Color(Shown == Level::Error     ? Ink::Error
              : Shown == Level::Warning ? Ink::Warning
                                        : Ink::Note,
              wordFor(Shown))
     << ": " << printable(F.Check) << ", severity " << wordFor(F.Sev) << ", precision "
     << printable(F.Precision) << '\n';
  paragraph(2, F.Message);
  OS << "  " << Color(Ink::Strong, whereText(F.At, F.Function)) << '\n';
  if (!F.Fingerprint.empty())
    OS << Color(Ink::Faint, "  fingerprint " + printable(F.Fingerprint)) << '\n';
  if (!F.Path.empty()) {
    heading("How it comes to this");
    path(F.Path);
  }
  if (!F.Related.empty()) {
    heading("See also");
    places(F.Related);
  }
  OS << "\nWhy it matters and what to do: assay explain " << printable(F.Check) << '\n';
}

static const char *leadFor(Verdict V) {
  switch (V) {
  case Verdict::Pass:
    return "What it rests on";
  case Verdict::Fail:
    return "See also";
  case Verdict::Unproven:
    return "Where knowledge ends";
  case Verdict::NotApplicable:
    return "See also";
  }
  return "See also";
}

void TextExplanation::site(const Site &S, ArrayRef<const Finding *> Here) {
  OS << Color(inkFor(S.Outcome), wordFor(S.Outcome)) << ": " << printable(S.Check);
  if (!S.Role.empty())
    OS << Color(Ink::Faint, " (" + printable(S.Role) + ")");
  OS << '\n';
  if (!S.Reason.empty())
    paragraph(2, S.Reason);
  OS << "  " << Color(Ink::Strong, whereText(S.At, S.Function)) << '\n';
  source(2, S.At);
  if (!S.Rests.empty()) {
    heading(leadFor(S.Outcome));
    places(S.Rests);
  }
  if (!S.Settle.empty()) {
    heading("What would settle it");
    paragraph(2, S.Settle);
  }
  if (!S.Row.empty()) {
    OS << '\n';
    for (StringRef Rest = S.Row; !Rest.empty();) {
      auto [Line, After] = Rest.split('\n');
      OS << "    " << printable(Line) << '\n';
      Rest = After;
    }
  }
  for (const Finding *F : Here)
    OS << "\nThe way that leads there: assay explain " << F->Fingerprint << '\n';
}

} // namespace assay
