#include "analysis/model/Fixes.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;
using llvm::StringRef;

static std::optional<uint64_t> numberOf(StringRef Text) {
  uint64_t Number = 0;
  if (Text.empty() || !llvm::isDigit(Text.front()) || Text.getAsInteger(0, Number))
    return std::nullopt;
  return Number;
}

std::optional<std::string> assay::textOf(const Fix &F, StringRef Token) {
  if (Token == F.Old)
    return F.New;
  const std::optional<uint64_t> Old = numberOf(F.Old), New = numberOf(F.New);
  if (!Old)
    return std::nullopt;
  if (Token == "true" || Token == "false") {
    if (*Old != (Token == "true") || (New && *New > 1))
      return std::nullopt;
    return New ? (*New ? "true" : "false") : F.New;
  }
  const StringRef Digits = Token.rtrim("uUlL");
  if (numberOf(Digits) != Old)
    return std::nullopt;
  return New ? F.New + Token.drop_front(Digits.size()).str() : F.New;
}
