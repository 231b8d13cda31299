#include "policies/schema/Pattern.h"

#include <regex.h>

using namespace assay;

static constexpr unsigned MostKept = 100'000;

struct Pattern::Program {
  explicit Program(const std::string &Text)
      : Status(Text.empty() ? REG_BADPAT
                            : regcomp(&Code, Text.c_str(), REG_EXTENDED | REG_ICASE | REG_NOSUB)) {}
  Program(const Program &) = delete;
  ~Program() {
    if (!Status)
      regfree(&Code);
  }

  bool match(llvm::StringRef In) const {
    regmatch_t Range;
    Range.rm_so = 0;
    Range.rm_eo = static_cast<regoff_t>(In.size());
    const char *Begin = In.data() ? In.data() : "";
    return !Status && !regexec(&Code, Begin, 0, &Range, REG_STARTEND);
  }

  regex_t Code;
  int Status;
};

std::optional<std::string> Pattern::faultOf(const std::string &Text) {
  const Program P(Text);
  if (!P.Status)
    return std::nullopt;
  char Why[256];
  regerror(P.Status, nullptr, Why, sizeof(Why));
  return Why;
}

bool Pattern::match(llvm::StringRef In) const {
  if (Known.size() == MostKept)
    Known.clear();
  const auto [Answer, New] = Known.try_emplace(In, false);
  if (!New)
    return Answer->second;
  if (!Compiled)
    Compiled = std::make_shared<const Program>(Text);
  return Answer->second = Compiled->match(In);
}
