// What several literals are together: lists of names or labels, functions that give things names -
// who holds many texts of one form holds no secret - and the words of a command.
#include "analysis/solve/LiteralTable.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

bool LiteralTable::isListOfNames(const LiteralSpot &S) {
  constexpr size_t FewPairs = 6; // three keys with their values
  if (S.Row == NoId || !rows()[S.Row].IsList || llvm::StringRef(S.Key).starts_with("-"))
    return false;
  const std::vector<uint32_t> &All = Rows[S.Row].Spots;
  auto IsName = [&](uint32_t Spot) {
    return llvm::all_of(Spots[Spot].Text, [](char C) {
      return llvm::isLower(C) || llvm::isDigit(C) || C == '_' || C == '-';
    });
  };
  // A name or two of a long list may be written otherwise.
  const auto Names = static_cast<size_t>(llvm::count_if(All, IsName));
  const bool ArePairs = All.size() < FewPairs && All.size() % 2 == 0;
  return !ArePairs && All.size() >= 3 && Names * 10 >= All.size() * 9;
}

bool LiteralTable::isListOfLabels(const LiteralSpot &S) {
  if (S.Row == NoId || !rows()[S.Row].IsList)
    return false;
  const std::vector<uint32_t> &All = Rows[S.Row].Spots;
  auto IsSentence = [&](uint32_t Spot) { return llvm::StringRef(Spots[Spot].Text).contains(' '); };
  const auto Sentences = static_cast<size_t>(llvm::count_if(All, IsSentence));
  return All.size() >= 3 && Sentences * 3 >= All.size();
}

/// "Kennwort", "Abbrechen", "Netz waehlen": what a screen shows begins with a capital letter and
/// has neither digits nor signs.
static bool isLabel(llvm::StringRef Text) {
  const auto IsLetter = [](char C) {
    return llvm::isAlpha(C) || static_cast<unsigned char>(C) >= 0x80 || C == ' ' || C == '-';
  };
  const bool IsCapital = !Text.empty() && (llvm::isUpper(Text.front()) ||
                                           static_cast<unsigned char>(Text.front()) >= 0x80);
  return IsCapital && llvm::all_of(Text.rtrim(".:!?"), IsLetter);
}

bool LiteralTable::isInTableOfLabels(const LiteralSpot &S) {
  constexpr size_t Several = 2;
  if (S.Row == NoId || rows()[S.Row].Table.empty())
    return false;
  size_t Labels = 0;
  for (const LiteralRow &Row : Rows) {
    if (Row.Table != Rows[S.Row].Table || Row.Spots.size() != 2 ||
        Spots[Row.Spots[1]].At.Body != S.At.Body)
      continue;
    if (!isLabel(Spots[Row.Spots[1]].Text))
      return false;
    ++Labels;
  }
  return Labels >= Several;
}

bool LiteralTable::namesOtherRow(const LiteralSpot &S) {
  return S.Row != NoId && !rows()[S.Row].Table.empty() &&
         llvm::any_of(Rows, [&](const LiteralRow &Row) {
           return &Row != &Rows[S.Row] && Row.Table == Rows[S.Row].Table && !Row.Spots.empty() &&
                  Spots[Row.Spots.front()].At.Body == S.At.Body &&
                  Spots[Row.Spots.front()].Text == S.Text;
         });
}

bool LiteralTable::isOfNamingFunction(const LiteralSpot &S) {
  constexpr size_t Several = 3;
  (void)spots();
  auto It = Returned.find(S.At.Body);
  return It != Returned.end() && It->second.size() >= Several && It->second.count(S.Text);
}

std::optional<LiteralSpot> assay::commandOf(llvm::ArrayRef<LiteralSpot> Spots,
                                            llvm::ArrayRef<uint32_t> Words) {
  LiteralSpot Whole;
  bool HasOption = false;
  for (uint32_t Spot : Words) {
    const LiteralSpot &Word = Spots[Spot];
    HasOption |= llvm::StringRef(Word.Text).starts_with("-");
    Whole.Text += (Whole.Text.empty() ? "" : " ") + Word.Text;
    Whole.Parts.push_back(Word.Const);
  }
  if (!HasOption || Words.size() < 2)
    return std::nullopt;
  Whole.At = Spots[Words.front()].At;
  Whole.Const = Whole.Parts.front();
  return Whole;
}
