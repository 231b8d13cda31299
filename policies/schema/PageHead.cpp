#include "policies/schema/PageHead.h"

#include "policies/schema/Parameters.h"

namespace assay {
namespace {

using llvm::Error;

Words<Severity> severities() {
  return {{"critical", Severity::Critical},
          {"high", Severity::High},
          {"medium", Severity::Medium},
          {"low", Severity::Low}};
}

Words<std::string> precisions() {
  return {{"very-high", "very-high"}, {"high", "high"}, {"medium", "medium"}, {"low", "low"}};
}

/// Each property may be graded by itself.
template <class P> Reader<std::vector<Located<Property>>> properties(Record<P> R) {
  R.key(
       "precision", Presence::Optional,
       "how often what this property finds is right; default: the page's",
       [](P &Of) -> std::string & { return Of.Grade.Precision; }, word(precisions()))
      .key(
          "severity", Presence::Optional,
          "how bad what this property finds is; default: the page's",
          [](P &Of) -> Severity & { return Of.Grade.Sev.emplace(); }, word(severities()))
      .key(
          "chosen-by", Presence::Optional,
          "regular expression over names of settings: what is reached only where one is set is no "
          "error",
          [](P &Of) -> std::string & { return Of.Grade.ChosenBy; }, regexText());
  Reader<std::vector<Located<P>>> Rows = oneOrMore(located(R.reader()));
  return {Rows.Schema, [Read = Rows.Read](const TomlValue &V, std::vector<Located<Property>> &Out) {
            std::vector<Located<P>> Found;
            Error E = Read(V, Found);
            for (Located<P> &Row : Found)
              Out.push_back({std::move(Row.Value), Row.At});
            return E;
          }};
}

Error checkFamily(const TomlValue &V, const PageVocabulary &Names, const CheckPage &Page) {
  if (llvm::is_contained(Names.Families, Page.Family))
    return Error::success();
  return errorAt(V.find("family")->At, "family '{0}' is no row of the taxonomy{1}", Page.Family,
                 didYouMean(Page.Family, Names.Families));
}

Error checkWeaknesses(const TomlValue &V, const PageVocabulary &Names) {
  Error All = Error::success();
  for (const TomlValue &Number : V.find("cwe")->Items)
    if (!Names.Weaknesses.count(Number.Int))
      All = joinErrors(std::move(All),
                       errorAt(Number.At, "CWE-{0} is no weakness of the CWE list", Number.Int));
  return All;
}

/// One check's kinds are decided in the order in which they are written.
void orderProperties(CheckPage &Page) {
  llvm::sort(Page.Properties, [](const auto &A, const auto &B) {
    return std::tie(A.At.Line, A.At.Column) < std::tie(B.At.Line, B.At.Column);
  });
}

Error checkHead(const TomlValue &V, const PageVocabulary &Names, CheckPage &Page) {
  if (Page.Properties.empty())
    return errorAt(Page.At, "a page decides something: its head has no property ([argument], "
                            "[forbid], [build], [precede], [follow], [result], [verdict], "
                            "[exist], [flow], [literal], [comparison], [consistent], "
                            "[declared])");
  orderProperties(Page);
  Error All = joinErrors(checkFamily(V, Names, Page), checkWeaknesses(V, Names));
  return joinErrors(std::move(All), checkParameters(Page));
}

} // namespace

Record<CheckPage> pageHeadRecord(const PageVocabulary *Names) {
  return Record<CheckPage>("Head of a check's page")
      .key("title", Presence::Required, "the fault, in a few words", &CheckPage::Title,
           located(text()))
      .key("severity", Presence::Required, "how bad it is, unless a policy says otherwise",
           &CheckPage::Sev, word(severities()))
      .key("cwe", Presence::Required, "numbers of the weaknesses it is an instance of",
           &CheckPage::Cwe, listOf(as<unsigned>(integer(1, 100000))))
      .key("family", Presence::Required, "row of the taxonomy, which ties it to clauses",
           &CheckPage::Family, text())
      .key("since", Presence::Optional, "first version that has it", &CheckPage::Since,
           textLike("^[0-9]+\\.[0-9]+(\\.[0-9]+)?$", "a version such as 0.1"))
      .key("precision", Presence::Optional,
           "how often a finding is right: very-high, high (default), medium, low",
           &CheckPage::Precision, word(precisions()))
      .key("argument", Presence::Optional, "what the value behind a bind must be",
           &CheckPage::Properties, properties(argumentRecord(Names)))
      .key("forbid", Presence::Optional, "roles that may not appear", &CheckPage::Properties,
           properties(forbidRecord(Names)))
      .key("build", Presence::Optional, "what compile commands must have", &CheckPage::Properties,
           properties(buildRecord()))
      .key("precede", Presence::Optional, "what must have succeeded before", &CheckPage::Properties,
           properties(precedeRecord(Names)))
      .key("follow", Presence::Optional, "what must come afterwards", &CheckPage::Properties,
           properties(followRecord(Names)))
      .key("result", Presence::Optional, "results that must be tested", &CheckPage::Properties,
           properties(resultRecord(Names)))
      .key("verdict", Presence::Optional, "verdicts that a callback may not turn round",
           &CheckPage::Properties, properties(verdictRecord(Names)))
      .key("exist", Presence::Optional, "what the program must have", &CheckPage::Properties,
           properties(existRecord(Names)))
      .key("flow", Presence::Optional, "values that may not reach a place", &CheckPage::Properties,
           properties(flowRecord(Names)))
      .key("literal", Presence::Optional, "literals that may not be secrets",
           &CheckPage::Properties, properties(literalRecord(Names)))
      .key("comparison", Presence::Optional, "comparisons that may not decide",
           &CheckPage::Properties, properties(comparisonRecord(Names)))
      .key("consistent", Presence::Optional, "what siblings have in common", &CheckPage::Properties,
           properties(consistentRecord(Names)))
      .key("declared", Presence::Optional, "what the policy declares, and the code must equal",
           &CheckPage::Properties, properties(declaredRecord(Names)))
      .check([Names](const TomlValue &V, CheckPage &Page) { return checkHead(V, *Names, Page); });
}

} // namespace assay
