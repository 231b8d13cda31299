#include "sarif/report/SarifReader.h"

#include "sarif/report/SarifJson.h"
#include "sarif/report/SarifUri.h"

#include <optional>

using namespace llvm;

namespace assay {

/// The member, or null; the log may be anybody's, so nothing about its shape is taken for granted.
static const Json &member(const Json &In, const char *Key) {
  static const Json Nothing;
  if (!In.is_object())
    return Nothing;
  auto It = In.find(Key);
  return It == In.end() ? Nothing : *It;
}

static std::string textIn(const Json &In, const char *Key) {
  const Json &Found = member(In, Key);
  return Found.is_string() ? Found.get<std::string>() : std::string();
}

static unsigned numberIn(const Json &In, const char *Key) {
  const Json &Found = member(In, Key);
  return Found.is_number_unsigned() ? Found.get<unsigned>() : 0;
}

static const Json &first(const Json &List) {
  static const Json Nothing;
  return List.is_array() && !List.empty() ? List.front() : Nothing;
}

static Location placeIn(const Json &Place) {
  const Json &Physical = member(Place, "physicalLocation");
  const Json &Artifact = member(Physical, "artifactLocation");
  const Json &Region = member(Physical, "region");
  Location At;
  if (std::string Uri = textIn(Artifact, "uri"); !Uri.empty())
    At.File = storedPathOf(textIn(Artifact, "uriBaseId"), Uri);
  At.Line = numberIn(Region, "startLine");
  At.Column = numberIn(Region, "startColumn");
  At.Macro = textIn(member(Place, "properties"), "macro");
  return At;
}

static std::string functionIn(const Json &Place) {
  return textIn(first(member(Place, "logicalLocations")), "fullyQualifiedName");
}

static PathStep stepIn(const Json &Place) {
  return {placeIn(Place), functionIn(Place), textIn(member(Place, "message"), "text")};
}

static std::vector<PathStep> pathIn(const Json &Result) {
  std::vector<PathStep> Path;
  const Json &Flow = first(member(first(member(Result, "codeFlows")), "threadFlows"));
  const Json &Steps = member(Flow, "locations");
  if (!Steps.is_array())
    return Path;
  for (const Json &Each : Steps) {
    Path.push_back(stepIn(member(Each, "location")));
    Path.back().Depth = numberIn(Each, "nestingLevel");
    Path.back().Kind = pathStepKindOf(textIn(member(Each, "properties"), "step"));
  }
  return Path;
}

static std::vector<PathStep> relatedIn(const Json &Result) {
  std::vector<PathStep> Steps;
  if (const Json &List = member(Result, "relatedLocations"); List.is_array())
    for (const Json &Each : List)
      Steps.push_back(stepIn(Each));
  return Steps;
}

template <class E> static E named(const std::string &Word, ArrayRef<E> All, E Default) {
  for (E Each : All)
    if (Word == wordFor(Each))
      return Each;
  return Default;
}

static std::optional<Verdict> outcomeOf(const std::string &Kind) {
  if (Kind == "pass")
    return Verdict::Pass;
  if (Kind == "fail")
    return Verdict::Fail;
  if (Kind == "review")
    return Verdict::Unproven;
  if (Kind == "notApplicable")
    return Verdict::NotApplicable;
  return std::nullopt;
}

static std::vector<Location> secretsIn(const Json &Properties) {
  std::vector<Location> Secrets;
  if (const Json &Lines = member(Properties, "secretLines"); Lines.is_array())
    for (const Json &Each : Lines)
      Secrets.push_back({textIn(Each, "file"), numberIn(Each, "line"), 0, ""});
  return Secrets;
}

static Finding findingIn(const Json &Result, const Json &Place) {
  Finding F;
  F.Check = textIn(Result, "ruleId");
  F.Message = textIn(member(Result, "message"), "text");
  F.Lvl = named<Level>(textIn(Result, "level"), {Level::Note, Level::Warning, Level::Error},
                       Level::None);
  F.At = placeIn(Place);
  F.Function = functionIn(Place);
  F.Path = pathIn(Result);
  F.Related = relatedIn(Result);
  F.Fingerprint = textIn(member(Result, "fingerprints"), "assay/v1");
  const Json &Properties = member(Result, "properties");
  F.Sev = named<Severity>(textIn(Properties, "severity"),
                          {Severity::Low, Severity::Medium, Severity::High, Severity::Critical},
                          Severity::Medium);
  if (std::string Word = textIn(Properties, "precision"); !Word.empty())
    F.Precision = std::move(Word);
  F.Reached = !member(Properties, "reached").is_boolean() || member(Properties, "reached");
  F.SiteKey = textIn(Properties, "siteKey");
  F.Secrets = secretsIn(Properties);
  return F;
}

static Site siteIn(const Json &Result, const Json &Place, Verdict Outcome) {
  const Json &Properties = member(Result, "properties");
  return {textIn(Result, "ruleId"),
          textIn(Properties, "role"),
          placeIn(Place),
          functionIn(Place),
          Outcome,
          textIn(member(Result, "message"), "text"),
          relatedIn(Result),
          textIn(Properties, "settle"),
          textIn(Properties, "row"),
          secretsIn(Properties)};
}

/// A failed place that a finding shows is not written a second time.
static Site siteOf(const Finding &F) {
  const bool Elsewhere = !F.Path.empty();
  return {F.Check,
          "",
          Elsewhere ? F.Path.back().At : F.At,
          Elsewhere ? F.Path.back().Function : F.Function,
          Verdict::Fail,
          F.Message};
}

static void addArtifacts(const Json &Run, Report &R) {
  const Json &List = member(Run, "artifacts");
  if (!List.is_array())
    return;
  for (const Json &Each : List) {
    const Json &At = member(Each, "location");
    R.Artifacts.push_back({storedPathOf(textIn(At, "uriBaseId"), textIn(At, "uri")),
                           textIn(member(Each, "hashes"), "blake3"), numberIn(Each, "length")});
  }
}

Expected<Report> readSarif(StringRef Text, const std::string &Name) {
  const Json Log = Json::parse(Text, nullptr, /*allow_exceptions=*/false);
  const Json &Run = first(member(Log, "runs"));
  const Json &Results = member(Run, "results");
  if (!Results.is_array())
    return createStringError(Name + ": no SARIF log: expected runs[0].results");
  const std::string Tool = textIn(member(member(Run, "tool"), "driver"), "name");
  if (Tool != "Assay")
    return createStringError(Name + ": a log of '" + Tool + "', expected one that assay wrote");
  Report R;
  R.ToolVersion = textIn(member(member(Run, "tool"), "driver"), "version");
  addArtifacts(Run, R);
  for (const Json &Each : Results) {
    const Json &Place = first(member(Each, "locations"));
    std::optional<Verdict> Outcome = outcomeOf(textIn(Each, "kind"));
    if (!member(Each, "fingerprints").is_null()) {
      R.Findings.push_back(findingIn(Each, Place));
      R.Sites.push_back(siteOf(R.Findings.back()));
    } else if (Outcome && Place.is_object())
      R.Sites.push_back(siteIn(Each, Place, *Outcome));
  }
  return R;
}

} // namespace assay
