#include "driver/cli/TextFindings.h"

#include "analysis/model/FindingText.h"
#include "analysis/model/Fixes.h"
#include "driver/cli/SourceExcerpt.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace assay {

/// A line of a pipe is as long as it is; a source line is cut all the same.
static constexpr unsigned SourceWidth = 100;
static constexpr unsigned Gutter = 8; ///< "12345 | "
static constexpr size_t PathSteps = 16, RelatedPlaces = 5;

static Ink inkOf(Level L) {
  switch (L) {
  case Level::Error:
    return Ink::Error;
  case Level::Warning:
    return Ink::Warning;
  case Level::Note:
  case Level::None:
    return Ink::Note;
  }
  return Ink::Note;
}

static const char *wordOf(Level L) {
  return wordFor(L == Level::None ? Level::Note : L);
}

/// Column 65535 stands for "further right than can be kept".
static bool hasColumn(const Location &At) {
  return At.Line && At.Column && At.Column < 65535;
}

std::string placeText(const Location &At) {
  std::string Out = printable(At.File);
  if (!At.File.empty() && At.Line)
    Out += formatv(":{0}", At.Line);
  if (!At.File.empty() && hasColumn(At))
    Out += formatv(":{0}", At.Column);
  return Out;
}

void TextFindings::step(const Location &At, const std::string &Text) {
  headline(At, Ink::Note, "note", Text, "", /*IsStep=*/true);
}

void TextFindings::headline(const Location &At, Ink I, StringRef Word, const std::string &Text,
                            const std::string &Check, bool IsStep) {
  // A step without a place belongs to the lines above it; anything else without one is about the
  // run.
  std::string Place = placeText(At);
  if (Place.empty() && !IsStep)
    Place = "assay";
  if (!Place.empty())
    Place += ": ";
  std::string Kind = Word.str() + ": ";
  std::string Message = printable(Text);
  std::string Tail = Check.empty() ? "" : " [" + printable(Check) + "]";
  OS << Color(IsStep ? Ink::Plain : Ink::Strong, Place) << Color(I, Kind);
  Ink TextInk = I == Ink::Note ? Ink::Plain : Ink::Strong;
  if (Options.Width == 0) {
    OS << Color(TextInk, Message) << Color(Ink::Faint, Tail) << '\n';
    return;
  }
  constexpr unsigned Indent = 4;
  unsigned Before = displayWidth(Place + Kind);
  unsigned First = Before + 20 < Options.Width ? Options.Width - Before : 20;
  std::vector<std::string> Lines = wrapped(Message + Tail, First, Options.Width - Indent);
  for (size_t L = 0; L < Lines.size(); ++L) {
    StringRef Line = Lines[L];
    // The check's id is the last word, so it is whole on the last line.
    bool HasTail = L + 1 == Lines.size() && !Tail.empty();
    StringRef Id = HasTail ? StringRef(Tail).drop_front() : StringRef();
    if (HasTail && !Line.consume_back(Id))
      Id = "";
    OS << (L ? std::string(Indent, ' ') : "") << Color(TextInk, Line) << Color(Ink::Faint, Id)
       << '\n';
  }
}

void TextFindings::source(const Location &At) {
  Location Place = At;
  Place.Macro.clear();
  if (Place == LastShown || At.Line == 0)
    return;
  SourceText *Text = Texts.get(At.File);
  if (!Text || At.Line > Text->lineCount())
    return;
  LastShown = Place;
  unsigned Width = (Options.Width ? Options.Width : SourceWidth) - Gutter;
  const std::string Line = Secrets.masked(At, Text, Text->line(At.Line));
  SourceExcerpt E = excerpt(Line, hasColumn(At) ? At.Column : 0, Width);
  OS << Color(Ink::Faint, formatv("{0,5} | ", At.Line).str()) << E.Line << '\n';
  if (!E.Marker.empty())
    OS << Color(Ink::Faint, "      | ") << E.Marker.substr(0, E.Marker.find('^'))
       << Color(Ink::Caret, StringRef(E.Marker).ltrim()) << '\n';
}

std::string stepText(const PathStep &Step) {
  const std::string &Macro = Step.At.Macro;
  if (Macro.empty() || StringRef(Step.Text).contains(Macro))
    return Step.Text;
  return Step.Text + " (macro " + Macro + ")";
}

/// A path of the site alone says what the headline says.
static bool repeatsHeadline(const Finding &F) {
  return F.Path.size() == 1 && F.Path[0].At == F.At &&
         (F.Path[0].Text.empty() || StringRef(F.Message).contains(F.Path[0].Text));
}

void TextFindings::path(const Finding &F) {
  if (repeatsHeadline(F))
    return;
  size_t Count = F.Path.size();
  size_t Cut = Count > PathSteps ? Count - PathSteps : 0;
  for (size_t I = 0; I < Count; ++I) {
    if (Cut && I == PathSteps / 2) {
      step({}, formatv("({0}-{1}) left out here; the SARIF report has every step", I + 1, I + Cut));
      I += Cut;
    }
    const PathStep &Step = F.Path[I];
    step(Step.At, formatv("({0}) {1}", I + 1, stepText(Step)));
    if (Step.At != F.At)
      source(Step.At);
  }
}

void TextFindings::related(const Finding &F) {
  for (const PathStep &Step : ArrayRef(F.Related).take_front(RelatedPlaces)) {
    step(Step.At, stepText(Step));
    source(Step.At);
  }
  if (F.Related.size() > RelatedPlaces)
    step({}, formatv("... and {0:N} more places", F.Related.size() - RelatedPlaces));
}

/// Only what stands in the source as it was analysed.
void TextFindings::fixes(const Finding &F) {
  for (const Fix &Each : F.Fixes) {
    SourceText *Text = Texts.get(Each.At.File);
    const StringRef Line = Text ? Text->line(Each.At.Line) : StringRef();
    if (Each.At.Column == 0 || Each.At.Column > Line.size())
      continue;
    const StringRef Token = tokenAt(Line, Each.At.Column - 1);
    if (const std::optional<std::string> New = textOf(Each, Token))
      step(Each.At, formatv("fix: write {0} instead of {1}", *New, Token));
  }
}

void TextFindings::finding(const Finding &F) {
  headline(F.At, inkOf(F.Lvl), wordOf(F.Lvl), messageOf(F), F.Check, /*IsStep=*/false);
  if (Options.Quiet)
    return;
  LastShown = {};
  source(F.At);
  path(F);
  related(F);
  fixes(F);
  OS << '\n';
}

void TextFindings::notes() {
  std::vector<Note> Notes = R.Notes;
  for (const Artifact &A : R.Artifacts)
    if (Texts.changed(A.File))
      Notes.push_back({Level::Warning,
                       "has changed since it was analysed; its text is not shown",
                       {A.File, 0, 0, ""},
                       false});
  bool Any = false;
  for (const Note &N : Notes)
    if (!Options.Quiet || N.Lvl >= Level::Warning) {
      headline(N.At, inkOf(N.Lvl), wordOf(N.Lvl), N.Text, "", /*IsStep=*/false);
      Any = true;
    }
  if (Any && !Options.Quiet)
    OS << '\n';
}

void TextFindings::write() {
  for (const Finding &F : R.Findings)
    finding(F);
  notes();
}

} // namespace assay
