#include "driver/cli/SourceExcerpt.h"

#include "sarif/report/SourceText.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Unicode.h"

#include <algorithm>

using namespace llvm;

namespace assay {
namespace {

constexpr unsigned TabStop = 4;
constexpr StringRef Ellipsis = "...";

/// What one character of the source becomes.
struct Cell {
  std::string Shown;
  unsigned Width = 0;
  size_t Offset = 0; ///< of its first byte
};

std::string bytesInHex(StringRef Bytes) {
  std::string Out;
  for (char Byte : Bytes)
    Out += "<" + toHex(StringRef(&Byte, 1)) + ">";
  return Out;
}

std::string shownAs(uint32_t Character, StringRef Bytes, unsigned Column) {
  if (Character == '\t')
    return std::string(TabStop - Column % TabStop, ' ');
  if (Character == UNI_REPLACEMENT_CHAR && Bytes != "\xef\xbf\xbd")
    return bytesInHex(Bytes);
  if (sys::unicode::isPrintable(static_cast<int>(Character)))
    return Bytes.str();
  return formatv("<U+{0}>", utohexstr(Character, /*LowerCase=*/false, /*Width=*/4));
}

std::vector<Cell> cellsOf(StringRef Line) {
  std::vector<Cell> Cells;
  unsigned Column = 0;
  for (StringRef Rest = Line; !Rest.empty();) {
    size_t Offset = Line.size() - Rest.size();
    uint32_t Character = takeCharacter(Rest);
    Cell C = {shownAs(Character, Line.slice(Offset, Line.size() - Rest.size()), Column), 0, Offset};
    C.Width = static_cast<unsigned>(std::max(0, sys::unicode::columnWidthUTF8(C.Shown)));
    Column += C.Width;
    Cells.push_back(std::move(C));
  }
  return Cells;
}

unsigned widthOf(ArrayRef<Cell> Cells) {
  unsigned Sum = 0;
  for (const Cell &C : Cells)
    Sum += C.Width;
  return Sum;
}

/// The cells [Begin, End) that fit into Width beside the ellipses, with `Mark` among them.
struct Window {
  size_t Begin = 0, End = 0;
};

Window windowAround(ArrayRef<Cell> Cells, size_t Mark, unsigned Width) {
  unsigned Room = Width - 2 * static_cast<unsigned>(Ellipsis.size());
  // A third of the room goes to what stands before the mark; more of it explains than what follows.
  Window W = {std::min(Mark, Cells.size()), std::min(Mark, Cells.size())};
  unsigned Used = 0;
  auto Fits = [&](size_t I, unsigned Limit) { return Used + Cells[I].Width <= Limit; };
  auto GrowLeft = [&](unsigned Limit) {
    while (W.Begin > 0 && Fits(W.Begin - 1, Limit))
      Used += Cells[--W.Begin].Width;
  };
  GrowLeft(Room / 3);
  while (W.End < Cells.size() && Fits(W.End, Room))
    Used += Cells[W.End++].Width;
  GrowLeft(Room);
  return W;
}

std::string markerFor(ArrayRef<Cell> Shown, unsigned Indent, size_t Offset, size_t Length) {
  unsigned Before = Indent, Under = 0;
  for (const Cell &C : Shown) {
    Before += C.Offset < Offset ? C.Width : 0;
    Under += C.Offset >= Offset && C.Offset < Offset + Length ? C.Width : 0;
  }
  return std::string(Before, ' ') + "^" + std::string(Under > 1 ? Under - 1 : 0, '~');
}

} // namespace

/// A line may be a megabyte of numbers; no terminal shows more than this much around the mark.
static StringRef nearMark(StringRef Line, size_t Offset) {
  constexpr size_t Reach = 1000;
  size_t Begin = Offset > Reach ? Offset - Reach : 0;
  while (Begin > 0 && (static_cast<unsigned char>(Line[Begin]) & 0xC0) == 0x80 && Begin < Offset)
    ++Begin;
  return Line.slice(Begin, Offset + Reach);
}

SourceExcerpt excerpt(StringRef WholeLine, unsigned Column, unsigned Width) {
  WholeLine = WholeLine.rtrim();
  bool HasMark = Column >= 1 && Column <= WholeLine.size();
  StringRef Line = nearMark(WholeLine, HasMark ? Column - 1 : 0);
  size_t Offset = HasMark ? static_cast<size_t>(WholeLine.data() + Column - 1 - Line.data()) : 0;
  std::vector<Cell> Cells = cellsOf(Line);
  size_t Mark = 0;
  while (HasMark && Mark + 1 < Cells.size() && Cells[Mark + 1].Offset <= Offset)
    ++Mark;

  Window W = {0, Cells.size()};
  if (Line.size() < WholeLine.size() || widthOf(Cells) > Width)
    W = windowAround(Cells, Mark, Width);
  ArrayRef<Cell> Shown = ArrayRef(Cells).slice(W.Begin, W.End - W.Begin);
  StringRef Front = W.Begin > 0 || Line.begin() != WholeLine.begin() ? Ellipsis : "";
  StringRef Back = W.End < Cells.size() || Line.end() != WholeLine.end() ? Ellipsis : "";
  SourceExcerpt Out;
  Out.Line = Front;
  for (const Cell &C : Shown)
    Out.Line += C.Shown;
  Out.Line += Back;
  if (HasMark)
    Out.Marker = markerFor(Shown, static_cast<unsigned>(Front.size()), Cells[Mark].Offset,
                           tokenAt(Line, Offset).size());
  return Out;
}

std::string printable(StringRef Text) {
  std::string Out;
  for (const Cell &C : cellsOf(Text))
    Out += Text[C.Offset] == '\t' ? std::string(" ") : C.Shown;
  return Out;
}

unsigned displayWidth(StringRef Printable) {
  return widthOf(cellsOf(Printable));
}

std::vector<std::string> wrapped(StringRef Printable, unsigned First, unsigned Rest) {
  std::vector<std::string> Lines(1);
  unsigned Used = 0;
  SmallVector<StringRef> Words;
  Printable.split(Words, ' ', -1, /*KeepEmpty=*/false);
  for (StringRef Word : Words) {
    unsigned Width = displayWidth(Word);
    unsigned Room = Lines.size() == 1 ? First : Rest;
    if (!Lines.back().empty() && Used + 1 + Width > Room) {
      Lines.emplace_back();
      Used = 0;
    }
    if (!Lines.back().empty()) {
      Lines.back() += ' ';
      ++Used;
    }
    Lines.back() += Word;
    Used += Width;
  }
  return Lines;
}

} // namespace assay
