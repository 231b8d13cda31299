#include "analysis/solve/FormatText.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;

FormatText::FormatText(llvm::StringRef Format) : Whole(Format) {
  constexpr llvm::StringLiteral Flags = "-+ #0123456789.'hlLqjzt";
  size_t From = 0, At = 0;
  while ((At = Format.find('%', At)) != llvm::StringRef::npos) {
    if (Format.substr(At).starts_with("%%")) {
      At += 2;
      continue;
    }
    const size_t End = Format.find_first_not_of(Flags, At + 1);
    if (End == llvm::StringRef::npos || Format[End] == '*')
      return;
    Before.push_back(Format.slice(From, At));
    Rest = From = At = End + 1;
  }
}

llvm::StringRef FormatText::keyOf(size_t Nth) const {
  if (Nth >= Before.size())
    return "";
  // A line of its own: what stood on the one before has nothing to do with it.
  llvm::StringRef Text = Before[Nth];
  Text = Text.substr(Text.find_last_of("\r\n") + 1).rtrim(" =:'\"(<");
  const size_t Start = Text.find_last_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                             "0123456789_.-");
  return Text.substr(Start + 1); // npos + 1 is 0
}

size_t FormatText::endOf(size_t Nth) const {
  return Nth + 1 != Before.size() ? static_cast<size_t>(Before[Nth + 1].begin() - Whole.begin())
                                  : Rest;
}

bool FormatText::isAddress(size_t Nth) const {
  if (Nth >= Before.size() || Whole[endOf(Nth) - 1] != 'p')
    return false;
  const llvm::StringRef Behind = Whole.substr(endOf(Nth));
  return Behind.empty() || !llvm::isAlnum(Behind.front());
}

std::string FormatText::filled(llvm::function_ref<std::string(size_t)> ValueOf) const {
  std::string Out;
  size_t Done = 0; // letters of Whole
  for (size_t Nth = 0; Nth != Before.size(); ++Nth) {
    const size_t At = static_cast<size_t>(Before[Nth].end() - Whole.begin());
    const size_t End = endOf(Nth);
    const std::string Value = Whole[End - 1] == 's' ? ValueOf(Nth) : "";
    Out += Whole.slice(Done, At);
    Out += Value.empty() ? Whole.slice(At, End).str() : Value;
    Done = End;
  }
  return Out + Whole.substr(Done).str();
}
