#include "sarif/report/SarifRules.h"

#include "sarif/report/SarifNotifications.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Regex.h"

#include <algorithm>

using namespace llvm;

namespace assay {

static constexpr const char *Cwe = "CWE";

SarifRules::SarifRules(const Report &TheReport, const SarifOptions &TheOptions)
    : R(TheReport), Options(TheOptions) {
  for (size_t I = 0; I < R.Rules.size(); ++I) {
    Indices.emplace(R.Rules[I].Id, I);
    for (unsigned Id : R.Rules[I].Cwe)
      Taxonomies[Cwe].Titles.try_emplace(utostr(Id));
    for (const Rule::Clause &C : R.Rules[I].Clauses) {
      std::string &Title = Taxonomies[C.Standard].Titles[C.Id];
      if (Title.empty())
        Title = C.Title;
    }
  }
  size_t Next = 0;
  for (auto &[Name, T] : Taxonomies)
    T.Index = Next++;
}

std::optional<size_t> SarifRules::indexOf(const std::string &Check) const {
  auto It = Indices.find(Check);
  return It == Indices.end() ? std::nullopt : std::optional(It->second);
}

const Rule *SarifRules::find(const std::string &Check) const {
  std::optional<size_t> Index = indexOf(Check);
  return Index ? &R.Rules[*Index] : nullptr;
}

/// crypto/ecb-mode -> CryptoEcbMode
static std::string pascalCase(StringRef Id) {
  std::string Out;
  bool Upper = true;
  for (char C : Id) {
    if (isAlnum(C))
      Out += Upper ? toUpper(C) : C;
    Upper = !isAlnum(C);
  }
  return Out;
}

/// Code hosts sort alerts by this number: above 9 critical, 7 high, 4 medium.
static const char *securitySeverity(Severity S) {
  switch (S) {
  case Severity::Critical:
    return "9.5";
  case Severity::High:
    return "8.0";
  case Severity::Medium:
    return "5.5";
  case Severity::Low:
    return "3.0";
  }
  return "5.5";
}

static const char *problemSeverity(Level L) {
  return L == Level::Error ? "error" : L == Level::Warning ? "warning" : "recommendation";
}

/// SARIF's lists of this kind are sets.
static void addOnce(Json &List, Json Element) {
  if (std::find(List.begin(), List.end(), Element) == List.end())
    List.push_back(std::move(Element));
}

static Json tagsOf(const Rule &R, size_t Limit) {
  Json Tags = {"security"};
  if (!R.Family.empty())
    addOnce(Tags, R.Family);
  for (unsigned Id : R.Cwe)
    addOnce(Tags, formatv("external/cwe/cwe-{0,0+3}", Id).str());
  if (Tags.size() > Limit)
    Tags.erase(Tags.begin() + static_cast<std::ptrdiff_t>(Limit), Tags.end());
  return Tags;
}

/// Cut at a character, never inside one.
static std::string shortened(StringRef Text, size_t Characters) {
  StringRef Rest = Text;
  for (size_t N = 0; !Rest.empty(); ++N) {
    if (N + 3 == Characters) {
      StringRef Tail = Rest;
      for (size_t Left = 0; Left < 3 && !Tail.empty(); ++Left)
        takeCharacter(Tail);
      return Tail.empty() ? Text.str() : Text.drop_back(Rest.size()).str() + "...";
    }
    takeCharacter(Rest);
  }
  return Text.str();
}

Json SarifRules::target(const std::string &Standard, const std::string &Id) const {
  const Taxonomy &T = Taxonomies.at(Standard);
  auto Index = std::distance(T.Titles.begin(), T.Titles.find(Id));
  Json Component = {{"name", Standard}, {"index", T.Index}};
  Json Target = {{"id", Id}, {"index", Index}, {"toolComponent", Component}};
  return {{"target", Target}, {"kinds", Json::array({"relevant"})}};
}

Json SarifRules::relationships(const Rule &R) const {
  Json Out = Json::array();
  for (unsigned Id : R.Cwe)
    addOnce(Out, target(Cwe, utostr(Id)));
  for (const Rule::Clause &C : R.Clauses) {
    Json Link = target(C.Standard, C.Id);
    if (!C.Basis.empty())
      Link["properties"]["basis"] = C.Basis;
    if (!C.Confidence.empty())
      Link["properties"]["confidence"] = C.Confidence;
    addOnce(Out, std::move(Link));
  }
  return Out;
}

Json SarifRules::rule(const Rule &R) const {
  bool Alerts = Options.Form == SarifForm::Alerts;
  auto Described = [&](const std::string &Text) {
    return sarifText(Alerts ? shortened(Text, Options.Limits.DescriptionCharacters) : Text);
  };
  const std::string &Title = R.Title.empty() ? R.Id : R.Title;
  const std::string &Help = R.HelpMarkdown.empty() ? Title : R.HelpMarkdown;
  Json Out = {{"id", R.Id}, {"name", pascalCase(R.Id)}};
  Out["shortDescription"] = Described(Title);
  Out["fullDescription"] = Described(R.ShortHelp.empty() ? Title : R.ShortHelp);
  Out["help"] = {{"text", Help}, {"markdown", Help}};
  Out["defaultConfiguration"] = {{"level", wordFor(R.Lvl)}};
  if (Json Related = relationships(R); !Related.empty())
    Out["relationships"] = Related;
  Json &Properties = Out["properties"];
  Properties["tags"] = tagsOf(R, Alerts ? Options.Limits.TagsPerRule : SIZE_MAX);
  Properties["precision"] = R.Precision;
  Properties["problem.severity"] = problemSeverity(R.Lvl);
  Properties["security-severity"] = securitySeverity(R.Sev);
  if (!R.Since.empty())
    Properties["since"] = R.Since;
  return Out;
}

Json SarifRules::driver() const {
  Json Out = {{"name", "Assay"}};
  if (!R.ToolVersion.empty())
    Out["version"] = R.ToolVersion;
  if (Regex("^[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?$").match(R.ToolVersion))
    Out["semanticVersion"] = R.ToolVersion;
  Out["shortDescription"] =
      sarifText("Decides security-lifecycle rules over the whole program of a device.");
  Out["rules"] = Json::array();
  for (const Rule &Each : R.Rules)
    Out["rules"].push_back(rule(Each));
  Out["notifications"] = notificationDescriptors();
  for (const auto &[Name, T] : Taxonomies)
    Out["supportedTaxonomies"].push_back({{"name", Name}, {"index", T.Index}});
  return Out;
}

static Json taxon(const std::string &Standard, const std::string &Id, const std::string &Title) {
  Json Out = {{"id", Id}};
  if (!Title.empty())
    Out["shortDescription"] = sarifText(Title);
  if (Standard == Cwe) {
    Out["name"] = "CWE-" + Id;
    Out["helpUri"] = "https://cwe.mitre.org/data/definitions/" + Id + ".html";
  }
  return Out;
}

Json SarifRules::taxonomies() const {
  Json Out = Json::array();
  for (const auto &[Name, T] : Taxonomies) {
    Json Component = {{"name", Name}};
    if (Name == Cwe) {
      Component["organization"] = "MITRE";
      Component["informationUri"] = "https://cwe.mitre.org/";
    }
    Component["shortDescription"] = sarifText(
        Name == Cwe ? "Common Weakness Enumeration" : "Clauses of " + Name + " that rules support");
    Component["isComprehensive"] = false;
    Component["taxa"] = Json::array();
    for (const auto &[Id, Title] : T.Titles)
      Component["taxa"].push_back(taxon(Name, Id, Title));
    Out.push_back(std::move(Component));
  }
  return Out;
}

} // namespace assay
