#include "policies/schema/Parameters.h"

#include "policies/schema/NearestWord.h"
#include "policies/schema/PolicyError.h"

namespace assay {

using llvm::Error;

static std::string parameterName(const ArgumentProperty &P, const std::string &Limit) {
  if (!P.Parameter.empty())
    return P.Parameter;
  return Limit == "value" ? P.Bind : Limit;
}

/// Calls Each(name, limit, place of the property) for every limit of a page, const or not.
template <class Page, class F> static void eachLimit(Page &P, F Each) {
  for (auto &L : P.Properties) {
    if (auto *Argument = std::get_if<ArgumentProperty>(&L.Value))
      for (auto *All : {&Argument->Min, &Argument->Max})
        for (auto &[Limit, Value] : *All)
          Each(parameterName(*Argument, Limit), Value, L.At);
    if (auto *Siblings = std::get_if<ConsistentProperty>(&L.Value)) {
      Each("least", Siblings->Least, L.At);
      Each("percent", Siblings->Percent, L.At);
    }
  }
}

std::map<std::string, int64_t> parametersOf(const CheckPage &Page) {
  std::map<std::string, int64_t> All;
  eachLimit(Page, [&](const std::string &Name, int64_t Value, const SourcePosition &) {
    All.try_emplace(Name, Value);
  });
  return All;
}

Error checkParameters(const CheckPage &Page) {
  std::map<std::string, int64_t> First = parametersOf(Page);
  Error All = Error::success();
  eachLimit(Page, [&](const std::string &Name, int64_t Value, const SourcePosition &At) {
    if (First.at(Name) != Value)
      All = joinErrors(std::move(All),
                       errorAt(At,
                               "this page has two limits named '{0}', {1} and {2}: give one of "
                               "them a 'parameter' of its own",
                               Name, First.at(Name), Value));
  });
  return All;
}

Error setParameter(CheckPage &Page, const std::string &Name, const Located<int64_t> &Value) {
  std::vector<std::string> Known;
  for (const auto &[Limit, Default] : parametersOf(Page))
    Known.push_back(Limit);
  if (Known.empty())
    return errorAt(Value.At, "check '{0}' has no parameters, so no '{1}'", Page.Id, Name);
  bool Found = false;
  eachLimit(Page, [&](const std::string &Limit, int64_t &Place, const SourcePosition &) {
    if (Limit != Name)
      return;
    Place = *Value;
    Found = true;
  });
  if (!Found)
    return errorAt(Value.At, "check '{0}' has no parameter '{1}'{2}", Page.Id, Name,
                   didYouMean(Name, Known));
  return Error::success();
}

} // namespace assay
