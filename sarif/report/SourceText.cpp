#include "sarif/report/SourceText.h"

#include "sarif/report/LineHash.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/ConvertUTF.h"

#include <algorithm>

using namespace llvm;

namespace assay {

/// Ends as Clang counts lines: "\n", "\r\n" or a lone "\r".
static std::vector<size_t> lineStarts(StringRef Text) {
  std::vector<size_t> Starts = {0};
  for (size_t At = Text.find_first_of("\r\n"); At != StringRef::npos;
       At = Text.find_first_of("\r\n", Starts.back()))
    Starts.push_back(At + (Text.substr(At).starts_with("\r\n") ? 2 : 1));
  return Starts;
}

unsigned SourceText::lineCount() {
  if (Starts.empty())
    Starts = lineStarts(bytes());
  return static_cast<unsigned>(Starts.size());
}

StringRef SourceText::line(unsigned Number) {
  if (Number == 0 || Number > lineCount())
    return {};
  size_t End = Number < Starts.size() ? Starts[Number] : bytes().size();
  return bytes().slice(Starts[Number - 1], End).rtrim("\r\n");
}

StringRef SourceText::lineHash(unsigned Number) {
  if (Hashes.empty())
    Hashes = lineHashes(bytes());
  return Number && Number <= Hashes.size() ? StringRef(Hashes[Number - 1]) : StringRef();
}

namespace {

/// What may follow a first byte: how many bytes, and the range of the first of them (Unicode, table
/// 3-7).
struct Sequence {
  unsigned Following = 0;
  uint8_t Low = 0x80, High = 0xBF;
};

} // namespace

static Sequence sequenceOf(uint8_t First) {
  if (First < 0xC2 || First > 0xF4)
    return {};
  if (First < 0xE0)
    return {1};
  if (First < 0xF0)
    return {2, static_cast<uint8_t>(First == 0xE0 ? 0xA0 : 0x80),
            static_cast<uint8_t>(First == 0xED ? 0x9F : 0xBF)};
  return {3, static_cast<uint8_t>(First == 0xF0 ? 0x90 : 0x80),
          static_cast<uint8_t>(First == 0xF4 ? 0x8F : 0xBF)};
}

/// By hand: llvm's ConvertUTF8toUTF32 writes behind a target of one character when the source ends
/// early.
uint32_t takeCharacter(StringRef &Text) {
  auto First = static_cast<uint8_t>(Text.front());
  Text = Text.drop_front();
  if (First < 0x80)
    return First;
  Sequence S = sequenceOf(First);
  uint32_t Character = First & (0x3F >> S.Following);
  for (unsigned I = 0; I < S.Following; ++I) {
    uint8_t Low = I == 0 ? S.Low : 0x80, High = I == 0 ? S.High : 0xBF;
    if (Text.empty() || static_cast<uint8_t>(Text.front()) < Low ||
        static_cast<uint8_t>(Text.front()) > High)
      return UNI_REPLACEMENT_CHAR;
    Character = Character << 6 | (static_cast<uint8_t>(Text.front()) & 0x3F);
    Text = Text.drop_front();
  }
  return S.Following ? Character : UNI_REPLACEMENT_CHAR;
}

unsigned utf16Column(StringRef Line, unsigned Column) {
  unsigned Units = 1;
  for (StringRef Before = Line.take_front(Column - 1); !Before.empty();)
    Units += takeCharacter(Before) > UNI_MAX_BMP ? 2 : 1;
  return Units;
}

static bool isWord(char C) {
  return isAlnum(C) || C == '_' || static_cast<unsigned char>(C) >= 0x80;
}

StringRef tokenAt(StringRef Line, size_t Offset) {
  StringRef Rest = Line.drop_front(std::min(Offset, Line.size()));
  if (Rest.empty())
    return Rest;
  if (Rest.front() == '"' || Rest.front() == '\'') {
    for (size_t I = 1; I < Rest.size(); ++I) {
      if (Rest[I] == '\\')
        ++I;
      else if (Rest[I] == Rest.front())
        return Rest.take_front(I + 1);
    }
    return Rest.take_front(1);
  }
  return isWord(Rest.front()) ? Rest.take_while(isWord) : Rest.take_front(1);
}

std::string withoutLiterals(StringRef Text) {
  std::string Out;
  while (!Text.empty()) {
    const StringRef Token = tokenAt(Text, 0);
    const char First = Token.front();
    if (First == '"' || First == '\'') {
      // A literal that does not end here goes on to the end of the line.
      const size_t Length = Token.size() > 1 ? Token.size() : Text.size();
      Out += First + std::string(Length - 1, '*');
      if (Token.size() > 1)
        Out.back() = First;
      Text = Text.drop_front(Length);
      continue;
    }
    Out += isDigit(First) ? std::string(Token.size(), '*') : Token.str();
    Text = Text.drop_front(Token.size());
  }
  return Out;
}

SecretLines::SecretLines(const Report &R) {
  for (const Finding &F : R.Findings)
    for (const Location &At : F.Secrets)
      Lines.insert({At.File, At.Line});
  for (const Site &S : R.Sites)
    for (const Location &At : S.Secrets)
      Lines.insert({At.File, At.Line});
}

namespace {

/// Reads on over lines, to know which of them go on with a literal of the line before.
class LiteralScan {
public:
  void line(StringRef Line) {
    IsContinued = Line.ends_with("\\");
    while (!Line.empty()) {
      if (!RawEnd.empty()) {
        const size_t End = Line.find(RawEnd);
        if (End == StringRef::npos)
          return;
        Line = Line.drop_front(End + RawEnd.size());
        RawEnd.clear();
        continue;
      }
      const StringRef Token = tokenAt(Line, 0);
      Line = Line.drop_front(Token.size());
      // R, LR, u8R: the text begins behind the bracket and ends at the same word.
      if (isWord(Token.front()) && Token.ends_with("R") && Line.starts_with("\"")) {
        RawEnd = (")" + Line.drop_front().split('(').first + "\"").str();
        Line = Line.split('(').second;
      }
    }
  }

  bool isInside() const { return !RawEnd.empty(); }
  /// Would that line be another piece of the literal?
  bool goesOn(StringRef Next) const {
    return isInside() || IsContinued || Next.ltrim().ltrim("LuU8").starts_with("\"");
  }

private:
  std::string RawEnd; ///< what ends the raw literal that is open
  bool IsContinued = false;
};

} // namespace

SecretLines::Extent SecretLines::extent(const Location &At, SourceText *Text) const {
  constexpr unsigned Longest = 400; // lines of a literal
  auto It = Lines.upper_bound({At.File, At.Line});
  if (It == Lines.begin())
    return Extent::None;
  const auto &[File, From] = *--It;
  if (File != At.File || (From != At.Line && (!Text || At.Line - From > Longest)))
    return Extent::None;
  LiteralScan Scan;
  for (unsigned Line = From; Line != At.Line; ++Line) {
    Scan.line(Text->line(Line));
    if (!Scan.goesOn(Text->line(Line + 1)))
      return Extent::None;
  }
  return Scan.isInside() ? Extent::Whole : Extent::Literals;
}

std::string SecretLines::masked(const Location &At, SourceText *Text, StringRef Part) const {
  switch (extent(At, Text)) {
  case Extent::None:
    return Part.str();
  case Extent::Literals:
    return withoutLiterals(Part);
  case Extent::Whole:
    return std::string(Part.size(), '*');
  }
  return "";
}

SourceTexts::SourceTexts(SourceReader TheRead, const std::vector<Artifact> &Artifacts)
    : Read(std::move(TheRead)) {
  for (const Artifact &A : Artifacts)
    if (!A.Blake3Hex.empty())
      Digests[A.File] = A.Blake3Hex;
}

static std::string blake3Hex(StringRef Bytes) {
  return toHex(BLAKE3::hash(arrayRefFromStringRef(Bytes)), /*LowerCase=*/true);
}

SourceText *SourceTexts::get(const std::string &File) {
  auto [It, New] = Known.try_emplace(File);
  Entry &E = It->second;
  if (!New || !Read || File.empty())
    return E.Text.get();
  std::unique_ptr<MemoryBuffer> Bytes = Read(File);
  if (!Bytes)
    return nullptr;
  auto Digest = Digests.find(File);
  E.Changed = Digest != Digests.end() && blake3Hex(Bytes->getBuffer()) != Digest->second;
  if (!E.Changed)
    E.Text = std::make_unique<SourceText>(std::move(Bytes));
  return E.Text.get();
}

void SourceTexts::release(const std::string &File) {
  if (auto It = Known.find(File); It != Known.end())
    It->second.Text.reset();
}

bool SourceTexts::changed(const std::string &File) const {
  auto It = Known.find(File);
  return It != Known.end() && It->second.Changed;
}

} // namespace assay
