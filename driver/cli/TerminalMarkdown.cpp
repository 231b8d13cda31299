#include "driver/cli/TerminalMarkdown.h"

#include "llvm/Support/WithColor.h"

namespace assay {
namespace {

using llvm::raw_ostream;
using llvm::StringRef;

/// One block at a time: a paragraph or list item is gathered until it ends, then wrapped.
class Printer {
public:
  Printer(unsigned Columns, raw_ostream &OS) : Columns(Columns), OS(OS) {}

  void line(StringRef Line) {
    StringRef Trimmed = Line.trim();
    if (Trimmed.starts_with("```") || Trimmed.starts_with("~~~"))
      return fence(Trimmed);
    if (InCode)
      return code(Line);
    if (Trimmed.empty())
      return blank();
    if (Line.starts_with("#"))
      return heading(Trimmed.ltrim('#').trim());
    if (Line.starts_with("    ") && Words.empty())
      return code(Line.drop_front(4));
    if (Trimmed.starts_with("|"))
      return code(Line);
    if (Trimmed.consume_front("* ") || Trimmed.consume_front("- "))
      item();
    (Words += Words.empty() ? "" : " ") += Trimmed;
  }

  void flush() {
    if (Words.empty())
      return;
    StringRef Rest = Words;
    bool First = true;
    while (!Rest.empty()) {
      StringRef Line = takeLine(Rest, Columns - (Item ? 2 : 0));
      OS << (!Item ? "" : First ? "* " : "  ") << Line << "\n";
      First = false;
    }
    Words.clear();
    Item = false;
  }

private:
  static StringRef takeLine(StringRef &Rest, size_t Width) {
    size_t End = Rest.size();
    if (End > Width) {
      End = Rest.rfind(' ', Width + 1);
      if (End == StringRef::npos || End == 0)
        End = Rest.find(' ');
    }
    StringRef Line = Rest.take_front(std::min(End, Rest.size()));
    Rest = Rest.drop_front(Line.size()).ltrim();
    return Line;
  }

  void fence(StringRef Marker) {
    flush();
    if (InCode) {
      InCode = Marker != Fence;
      return;
    }
    InCode = true;
    Fence = Marker.take_while([&](char C) { return C == Marker[0]; }).str();
  }

  void code(StringRef Line) {
    flush();
    OS << (Line.empty() ? "" : "    ") << Line << "\n";
  }

  void blank() {
    flush();
    OS << "\n";
  }

  void heading(StringRef Name) {
    flush();
    llvm::WithColor(OS, raw_ostream::SAVEDCOLOR, /*Bold=*/true) << Name;
    OS << "\n";
  }

  void item() {
    flush();
    Item = true;
  }

  unsigned Columns;
  raw_ostream &OS;
  std::string Words, Fence;
  bool InCode = false, Item = false;
};

} // namespace

void printMarkdown(StringRef Text, unsigned Columns, raw_ostream &OS) {
  Printer P(std::max(Columns, 20u), OS);
  for (StringRef Rest = Text.trim('\n'); !Rest.empty();) {
    auto [Line, After] = Rest.split('\n');
    P.line(Line.rtrim());
    Rest = After;
  }
  P.flush();
}

} // namespace assay
