#include "analysis/solve/Lexicon.h"

#include "analysis/model/Toolchain.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

using namespace assay;
using llvm::StringRef;

std::vector<std::string> assay::nameWords(StringRef Name) {
  std::vector<std::string> Words;
  std::string Word;
  auto End = [&] {
    if (!Word.empty())
      Words.push_back(std::move(Word));
    Word.clear();
  };
  for (size_t I = 0; I != Name.size(); ++I) {
    const char C = Name[I];
    if (!llvm::isAlpha(C)) {
      End();
      continue;
    }
    const bool Upper = llvm::isUpper(C);
    const bool AfterLower = I && llvm::isLower(Name[I - 1]);
    const bool BeforeLower = I + 1 < Name.size() && llvm::isLower(Name[I + 1]);
    const bool AfterUpper = I && llvm::isUpper(Name[I - 1]);
    // HTTPServer is HTTP and Server; adminPIN is admin and PIN.
    if (Upper && (AfterLower || (AfterUpper && BeforeLower)))
      End();
    Word += llvm::toLower(C);
  }
  End();
  return Words;
}

/// "wifi_2", "WPA2", "GPIO12": what is numbered.
static bool isNumbered(StringRef Text) {
  const StringRef Front = Text.rtrim("0123456789");
  const size_t Digits = Text.size() - Front.size();
  const bool OneCase = Front.upper() == Front; // ESP32, UART1
  return !Front.empty() && llvm::none_of(Front, llvm::isDigit) && !Front.contains('-') &&
         ((Digits == 1 && Front.contains('_')) || (Digits <= 2 && OneCase));
}

bool assay::looksChosen(StringRef Text) {
  constexpr size_t ShortestNumber = 4;
  const auto Digits = static_cast<size_t>(llvm::count_if(Text, llvm::isDigit));
  const bool HasSign = llvm::any_of(Text, [](char C) {
    return llvm::isPrint(C) && !llvm::isAlnum(C) && !StringRef(" -_./:,'()").contains(C);
  });
  if (Digits == Text.size())
    return Digits >= ShortestNumber;
  return HasSign || (Digits && llvm::any_of(Text, llvm::isAlpha) && !isNumbered(Text));
}

bool assay::looksDrawn(StringRef Text) {
  constexpr size_t Shortest = 16, Digits = 3, Letters = 2;
  if (Text.size() < Shortest)
    return false;
  const auto Count = [&](auto Is) { return static_cast<size_t>(llvm::count_if(Text, Is)); };
  const bool HasJoint =
      llvm::any_of(Text, [](char C) { return StringRef(" _-./:,(){}<>%").contains(C); });
  return !HasJoint && Count(llvm::isDigit) >= Digits && Count(llvm::isLower) >= Letters &&
         Count(llvm::isUpper) >= Letters;
}

bool assay::isHeading(StringRef Text) {
  return !Text.empty() && llvm::isUpper(Text.front()) && llvm::all_of(Text, llvm::isAlpha) &&
         llvm::any_of(Text, llvm::isLower);
}

bool assay::isShownWord(StringRef Text) {
  const auto IsBeyond = [](char C) { return static_cast<unsigned char>(C) >= 0x80; };
  const auto *Start = reinterpret_cast<const llvm::UTF8 *>(Text.bytes_begin());
  return llvm::any_of(Text, IsBeyond) && llvm::isLegalUTF8String(&Start, Text.bytes_end()) &&
         llvm::all_of(Text, [&](char C) {
           return IsBeyond(C) || llvm::isAlpha(C) || StringRef(" -.:!?").contains(C);
         });
}

static std::string digitsOf(StringRef Text) {
  std::string Digits;
  llvm::copy_if(Text, std::back_inserter(Digits), llvm::isDigit);
  return Digits;
}

bool assay::repeatsName(StringRef Text, StringRef Name) {
  const std::vector<std::string> Words = nameWords(Text), All = nameWords(Name);
  return Words.size() > 1 && Words.size() <= All.size() &&
         StringRef(digitsOf(Name)).contains(digitsOf(Text)) &&
         std::equal(Words.rbegin(), Words.rend(), All.rbegin());
}

bool Lexicon::Sequence::isIn(llvm::ArrayRef<std::string> Name) const {
  for (size_t End = Words.size(); End <= Name.size(); ++End)
    if (endsIn(Name.take_front(End)))
      return true;
  return false;
}

bool Lexicon::Sequence::endsIn(llvm::ArrayRef<std::string> Name) const {
  if (Words.size() > Name.size())
    return false;
  const auto Last = Name.take_back(Words.size());
  return HasStar ? llvm::equal(Words, Last, starOf) : llvm::equal(Words, Last);
}

Lexicon::LetterSet Lexicon::lettersOf(StringRef Text) {
  LetterSet Letters;
  for (const unsigned char C : Text)
    Letters.set(C & 127);
  return Letters;
}

Lexicon::Lexicon(const Vocabulary &Words) {
  auto Sequences = [](const std::vector<std::string> &Texts) {
    std::vector<Sequence> Out;
    for (const std::string &Text : Texts) {
      llvm::SmallVector<StringRef> Parts;
      StringRef(Text).split(Parts, ' ');
      Out.emplace_back().HasStar = StringRef(Text).contains('*');
      for (StringRef Part : Parts)
        Out.back().Words.push_back(Part.str());
    }
    return Out;
  };
  for (const NameClass &N : Words.Names)
    Names.push_back(
        {*N.Class, Sequences(N.Words), Sequences(N.Ends), Sequences(N.Not), Sequences(N.Of)});
  for (const auto &[I, Row] : llvm::enumerate(Names)) {
    noteWords(Row.Words, static_cast<unsigned>(I));
    noteWords(Row.Ends, static_cast<unsigned>(I));
    if (!Row.Of.empty())
      Inner.push_back(static_cast<unsigned>(I));
  }
  for (const TextShape &S : Words.Shapes) {
    Shapes.push_back({&S, Pattern(S.Pattern), Pattern(S.Not), {}});
    for (const std::string &Text : S.Has)
      Shapes.back().Has.push_back({StringRef(Text).lower(), lettersOf(StringRef(Text).lower())});
  }
  for (const PlainText &P : Words.Plain) {
    Plain.emplace_back().Placeholder = P.Placeholder;
    for (const std::string &Text : P.Patterns)
      Plain.back().Patterns.emplace_back(Text);
    for (const std::string &Text : P.Words)
      Plain.back().Words[StringRef(Text).lower()] = true;
  }
  for (const TextList &L : Words.Lists)
    for (const std::string &Text : L.Texts)
      Lists[*L.Is][StringRef(Text).lower()] = true;
}

void Lexicon::noteWords(llvm::ArrayRef<Sequence> From, unsigned Row) {
  for (const Sequence &S : From)
    for (const std::string &Word : S.Words) {
      const auto [It, New] = AskedFor.try_emplace(Word);
      It->second.push_back(Row);
      if (const size_t At = Word.find('*'); New && At != std::string::npos)
        Stars.push_back({Word, Word.substr(0, At), Word.substr(At + 1)});
    }
}

llvm::ArrayRef<unsigned> Lexicon::rowsAskingFor(StringRef Word) const {
  auto [Known, New] = KnownWords.try_emplace(Word);
  if (!New)
    return Known->second;
  const auto Note = [&](StringRef Of) {
    if (const auto It = AskedFor.find(Of); It != AskedFor.end())
      Known->second.append(It->second.begin(), It->second.end());
  };
  Note(Word);
  for (const auto &[Star, Front, Back] : Stars)
    if ((Front.empty() || Front.front() == Word.front()) &&
        Word.size() >= Front.size() + Back.size() && Word.starts_with(Front) &&
        Word.ends_with(Back))
      Note(Star);
  return Known->second;
}

bool Lexicon::NameRow::has(llvm::ArrayRef<std::string> Name) const {
  auto Holds = [&](const Sequence &S) { return S.isIn(Name); };
  auto IsLast = [&](const Sequence &S) { return S.endsIn(Name); };
  return (llvm::any_of(Words, Holds) || llvm::any_of(Ends, IsLast)) && llvm::none_of(Not, Holds);
}

std::vector<unsigned> Lexicon::rowsNaming(StringRef Name) const {
  const std::vector<std::string> Parts = nameWords(Name);
  std::vector<bool> Asking(Names.size());
  for (const std::string &Word : Parts)
    for (const unsigned Row : rowsAskingFor(Word))
      Asking[Row] = true;
  std::vector<unsigned> Rows;
  for (unsigned I = 0; I != Names.size(); ++I)
    if (Asking[I] && Names[I].Of.empty() && Names[I].has(Parts))
      Rows.push_back(I);
  return Rows;
}

bool Lexicon::areOf(llvm::ArrayRef<unsigned> Rows, llvm::ArrayRef<std::string> Classes) const {
  return llvm::any_of(Rows,
                      [&](unsigned Row) { return llvm::is_contained(Classes, Names[Row].Class); });
}

bool Lexicon::isNamedIn(StringRef Function, StringRef Param,
                        llvm::ArrayRef<std::string> Classes) const {
  if (Param.empty() || !areOf(Inner, Classes))
    return false;
  llvm::SmallString<128> Key(Function);
  auto [It, New] = KnownIn.try_emplace((Key += "(") += Param);
  if (New) {
    const std::vector<std::string> Parts = nameWords(Param), Outer = nameWords(Function);
    const auto IsOuter = [&](const Sequence &S) { return S.isIn(Outer); };
    for (const unsigned Row : Inner)
      if (llvm::any_of(Names[Row].Of, IsOuter) && Names[Row].has(Parts))
        It->second.push_back(Row);
  }
  return areOf(It->second, Classes);
}

bool Lexicon::isNamed(StringRef Name, llvm::ArrayRef<std::string> Classes) const {
  constexpr size_t LongestName = 120;
  if (Name.empty() || Name.size() > LongestName)
    return false;
  auto [It, New] = Known.try_emplace(Name);
  if (New)
    It->second = rowsNaming(Name);
  return areOf(It->second, Classes);
}

/// Has the array these first bytes, and something behind them? Who reads a format has its first
/// bytes alone.
static bool begins(StringRef Text, StringRef Digits) {
  constexpr size_t LeastBehind = 16;
  if (Text.size() < Digits.size() / 2 + LeastBehind)
    return false;
  for (size_t I = 0; I != Digits.size(); ++I) {
    const unsigned Byte = static_cast<unsigned char>(Text[I / 2]);
    const unsigned Half = I % 2 ? Byte & 15 : Byte >> 4;
    if (Digits[I] != '?' && llvm::hexDigitValue(Digits[I]) != Half)
      return false;
  }
  return true;
}

bool Lexicon::ShapeRow::has(StringRef Text, StringRef Lower, const LetterSet &Letters) const {
  if (!Row->Bytes.empty())
    return begins(Text, Row->Bytes);
  const auto HasPart = [&](const Part &P) {
    return (P.Letters & ~Letters).none() && Lower.contains(P.Text);
  };
  return llvm::any_of(Has, HasPart) && (Row->Pattern.empty() || Wanted.match(Text)) &&
         (Row->Not.empty() || !Not.match(Text));
}

std::vector<const TextShape *> Lexicon::shapesOf(StringRef Text) const {
  std::vector<const TextShape *> All;
  const std::string Lower = Text.lower();
  const LetterSet Letters = lettersOf(Lower);
  for (const ShapeRow &S : Shapes)
    if (S.has(Text, Lower, Letters))
      All.push_back(S.Row);
  return All;
}

const TextShape *Lexicon::shapeOf(StringRef Text, llvm::ArrayRef<std::string> Asked) const {
  const auto [It, New] = KnownShapes.try_emplace(Text);
  if (New)
    It->second = shapesOf(Text);
  const auto Wanted = llvm::find_if(
      It->second, [&](const TextShape *S) { return llvm::is_contained(Asked, *S->Is); });
  return Wanted == It->second.end() ? nullptr : *Wanted;
}

bool Lexicon::PlainRow::has(StringRef Text) const {
  return Words.count(Text.lower()) ||
         llvm::any_of(Patterns, [&](const Pattern &R) { return R.match(Text); });
}

bool Lexicon::isPlain(StringRef Text) const {
  return llvm::any_of(Plain, [&](const PlainRow &Row) { return Row.has(Text); });
}

bool Lexicon::isPlaceholder(StringRef Text) const {
  return llvm::any_of(Plain, [&](const PlainRow &Row) { return Row.Placeholder && Row.has(Text); });
}

bool Lexicon::isListed(StringRef Text, StringRef List) const {
  auto It = Lists.find(List);
  return It != Lists.end() && It->second.count(Text.lower());
}
