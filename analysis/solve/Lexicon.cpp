#include "analysis/solve/Lexicon.h"

#include "analysis/model/Toolchain.h"

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
  const auto Count = [&](auto Is) { return static_cast<size_t>(llvm::count_if(Text, Is)); };
  const bool HasJoint =
      llvm::any_of(Text, [](char C) { return StringRef(" _-./:,(){}<>%").contains(C); });
  return Text.size() >= Shortest && !HasJoint && Count(llvm::isDigit) >= Digits &&
         Count(llvm::isLower) >= Letters && Count(llvm::isUpper) >= Letters;
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
  return Words.size() <= Name.size() && llvm::equal(Words, Name.take_back(Words.size()), starOf);
}

Lexicon::Lexicon(const Vocabulary &Words) {
  auto Sequences = [](const std::vector<std::string> &Texts) {
    std::vector<Sequence> Out;
    for (const std::string &Text : Texts) {
      llvm::SmallVector<StringRef> Parts;
      StringRef(Text).split(Parts, ' ');
      Out.emplace_back();
      for (StringRef Part : Parts)
        Out.back().Words.push_back(Part.str());
    }
    return Out;
  };
  for (const NameClass &N : Words.Names)
    Names.push_back(
        {*N.Class, Sequences(N.Words), Sequences(N.Ends), Sequences(N.Not), Sequences(N.Of)});
  for (const NameRow &Row : Names) {
    noteWords(Row.Words);
    noteWords(Row.Ends);
  }
  for (const TextShape &S : Words.Shapes) {
    Shapes.push_back({&S, Pattern(S.Pattern), Pattern(S.Not), {}});
    for (const std::string &Part : S.Has)
      Shapes.back().Has.push_back(StringRef(Part).lower());
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

void Lexicon::noteWords(llvm::ArrayRef<Sequence> From) {
  for (const Sequence &S : From)
    for (const std::string &Word : S.Words)
      if (AskedFor.insert(Word).second && StringRef(Word).contains('*'))
        Stars.push_back(Word);
}

bool Lexicon::isAskedFor(StringRef Word) const {
  return AskedFor.contains(Word) || matchesStar(Stars, Word);
}

bool Lexicon::NameRow::has(llvm::ArrayRef<std::string> Name) const {
  auto Holds = [&](const Sequence &S) { return S.isIn(Name); };
  auto IsLast = [&](const Sequence &S) { return S.endsIn(Name); };
  return (llvm::any_of(Words, Holds) || llvm::any_of(Ends, IsLast)) && llvm::none_of(Not, Holds);
}

std::vector<bool> Lexicon::classesOf(StringRef Name) const {
  const std::vector<std::string> Parts = nameWords(Name);
  std::vector<bool> Of(Names.size());
  // Most names have no word of any class.
  if (llvm::any_of(Parts, [&](const std::string &Word) { return isAskedFor(Word); }))
    for (size_t I = 0; I != Names.size(); ++I)
      Of[I] = Names[I].Of.empty() && Names[I].has(Parts);
  return Of;
}

bool Lexicon::isNamedIn(StringRef Function, StringRef Param,
                        llvm::ArrayRef<std::string> Classes) const {
  const bool IsAsked = llvm::any_of(Names, [&](const NameRow &Row) {
    return !Row.Of.empty() && llvm::is_contained(Classes, Row.Class);
  });
  if (!IsAsked || Param.empty())
    return false;
  auto [It, New] = KnownIn.try_emplace((Function + "(" + Param).str());
  if (New) {
    const std::vector<std::string> Parts = nameWords(Param), Outer = nameWords(Function);
    for (const NameRow &Row : Names)
      It->second.push_back(llvm::any_of(Row.Of, [&](const Sequence &S) { return S.isIn(Outer); }) &&
                           Row.has(Parts));
  }
  for (size_t I = 0; I != Names.size(); ++I)
    if (It->second[I] && llvm::is_contained(Classes, Names[I].Class))
      return true;
  return false;
}

bool Lexicon::isNamed(StringRef Name, llvm::ArrayRef<std::string> Classes) const {
  constexpr size_t LongestName = 120;
  if (Name.empty() || Name.size() > LongestName)
    return false;
  auto [It, New] = Known.try_emplace(Name);
  if (New)
    It->second = classesOf(Name);
  for (size_t I = 0; I != Names.size(); ++I)
    if (It->second[I] && llvm::is_contained(Classes, Names[I].Class))
      return true;
  return false;
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

const TextShape *Lexicon::shapeOf(StringRef Text, llvm::ArrayRef<std::string> Asked) const {
  const std::string Lower = Text.lower(); // once for all parts: most texts have none of them
  for (const ShapeRow &S : Shapes) {
    if (!llvm::is_contained(Asked, *S.Row->Is))
      continue;
    if (!S.Row->Bytes.empty()) {
      if (begins(Text, S.Row->Bytes))
        return S.Row;
      continue;
    }
    auto HasPart = [&](const std::string &Part) { return StringRef(Lower).contains(Part); };
    if (llvm::any_of(S.Has, HasPart) && (S.Row->Pattern.empty() || S.Wanted.match(Text)) &&
        (S.Row->Not.empty() || !S.Not.match(Text)))
      return S.Row;
  }
  return nullptr;
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
