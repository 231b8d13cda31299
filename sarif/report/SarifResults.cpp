#include "sarif/report/SarifResults.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <set>

using namespace llvm;

namespace assay {

void SarifResults::addPlaces(const SarifSelection &Selected, SarifPlaces &Places) {
  using Part = SarifPlaces::Part;
  for (const Finding *F : Selected.Findings) {
    Places.add(F->At, Part::HoldsResult);
    for (const PathStep &Step : F->Path)
      Places.add(Step.At, Part::OnPath);
    for (const PathStep &Step : F->Related)
      Places.add(Step.At, Part::OnPath);
    for (const Fix &Each : F->Fixes)
      Places.add(Each.At, Part::OnPath);
  }
  for (const Site *S : Selected.Sites) {
    Places.add(S->At, Part::HoldsResult);
    for (const PathStep &Step : S->Rests)
      Places.add(Step.At, Part::OnPath);
  }
}

/// SARIF's word for an outcome. "review": a person has to settle what could not be proven.
static const char *kindOf(Verdict V) {
  switch (V) {
  case Verdict::Pass:
    return "pass";
  case Verdict::Fail:
    return "fail";
  case Verdict::Unproven:
    return "review";
  case Verdict::NotApplicable:
    return "notApplicable";
  }
  return "review";
}

static std::string textOr(const std::string &Text, const char *Default) {
  return Text.empty() ? Default : Text;
}

Json SarifResults::head(const std::string &Check, const char *Kind, Level Lvl,
                        const std::string &Text) const {
  Json Out = {{"ruleId", Check}};
  if (std::optional<size_t> Index = Rules.indexOf(Check))
    Out["ruleIndex"] = *Index;
  Out["kind"] = Kind;
  Out["level"] = wordFor(Lvl);
  Out["message"] = sarifText(Text);
  return Out;
}

/// The words of SARIF 3.38.8 that viewers know; ours stands beside them.
static Json kindsOf(PathStepKind K) {
  switch (K) {
  case PathStepKind::Note:
    return Json::array();
  case PathStepKind::Entry:
    return Json::array({"enter", "function"});
  case PathStepKind::Call:
    return Json::array({"call", "function"});
  case PathStepKind::Return:
    return Json::array({"return", "function"});
  case PathStepKind::Branch:
    return Json::array({"branch"});
  case PathStepKind::Value:
    return Json::array({"value"});
  case PathStepKind::Change:
    return Json::array({"caution"});
  case PathStepKind::Site:
    return Json::array({"danger"});
  }
  return Json::array();
}

/// A viewer may fold what is not essential: the ends of the path, and what went wrong between them.
static const char *importanceOf(const std::vector<PathStep> &Path, size_t I) {
  const PathStepKind K = Path[I].Kind;
  if (I == 0 || I + 1 == Path.size() || K == PathStepKind::Change || K == PathStepKind::Site)
    return "essential";
  return K == PathStepKind::Note ? "unimportant" : "important";
}

static Json flowLocation(const std::vector<PathStep> &Path, size_t I, Json Location) {
  Json Step = {{"location", std::move(Location)}};
  if (Json Kinds = kindsOf(Path[I].Kind); !Kinds.empty())
    Step["kinds"] = std::move(Kinds);
  Step["nestingLevel"] = Path[I].Depth;
  Step["importance"] = importanceOf(Path, I);
  Step["properties"]["step"] = wordFor(Path[I].Kind);
  return Step;
}

/// Both ends of a long path say more than its middle: where the value is from, and where it
/// matters.
Json SarifResults::codeFlow(const std::vector<PathStep> &Path) const {
  size_t Limit = alerts() ? Options.Limits.PathLocations : Path.size();
  size_t Cut = Path.size() - std::min(Path.size(), Limit);
  size_t Front = (Path.size() - Cut) / 2;
  Json Locations = Json::array();
  for (size_t I = 0; I < Path.size(); ++I) {
    if (Cut && I == Front)
      I += Cut;
    Locations.push_back(
        flowLocation(Path, I, Places.location(Path[I].At, Path[I].Function, Path[I].Text)));
  }
  Json Flow = {{"locations", std::move(Locations)}};
  if (Cut)
    Flow["message"] = sarifText(formatv("{0} steps in the middle are left out", Cut).str());
  return {{"threadFlows", Json::array({std::move(Flow)})}};
}

Json SarifResults::related(const std::vector<PathStep> &Steps) const {
  size_t Limit = alerts() ? Options.Limits.RelatedLocations : Steps.size();
  std::set<PathStep> Written; // the list is a set by the schema
  Json Out = Json::array();
  for (const PathStep &Step : Steps)
    if (Out.size() < Limit && Written.insert(Step).second)
      Out.push_back(Places.location(Step.At, Step.Function, Step.Text));
  return Out;
}

/// Who shows the sources again must not show these lines as they are.
static void addSecretLines(const std::vector<Location> &Secrets, Json &Out) {
  for (const Location &At : Secrets)
    Out["properties"]["secretLines"].push_back({{"file", At.File}, {"line", At.Line}});
}

/// SARIF 3.27.25: what to look at first, from 0 to 100. Half of it is how bad it is, half how sure.
static unsigned rankOf(const Finding &F) {
  constexpr unsigned Steps[] = {10, 25, 40, 50};
  const unsigned Sure = F.Precision == "very-high" ? 3
                        : F.Precision == "high"    ? 2
                        : F.Precision == "medium"  ? 1
                                                   : 0;
  return Steps[static_cast<unsigned>(F.Sev)] + Steps[Sure];
}

Json SarifResults::result(const Finding &F) const {
  // A finding that the policy shows nowhere is still a fact: SARIF has no failure without a level.
  const char *Kind = F.Lvl == Level::None ? "informational" : "fail";
  const Rule *R = Rules.find(F.Check);
  const std::string &Title = R ? R->Title : F.Check;
  Json Out = head(F.Check, Kind, F.Lvl, F.Message.empty() ? Title : F.Message);
  if (Json At = Places.location(F.At, F.Function, ""); !At.empty())
    Out["locations"] = Json::array({std::move(At)});
  if (!F.Fingerprint.empty()) {
    Out["fingerprints"]["assay/v1"] = F.Fingerprint;
    Out["partialFingerprints"]["assay/v1"] = F.Fingerprint;
  }
  if (std::string Hash = Places.lineHash(F.At); !Hash.empty())
    Out["partialFingerprints"]["primaryLocationLineHash"] = Hash;
  if (F.Path.size() > 1)
    Out["codeFlows"] = Json::array({codeFlow(F.Path)});
  if (!F.Related.empty())
    Out["relatedLocations"] = related(F.Related);
  if (Json Cure = Places.fix(F.Fixes); !Cure.empty())
    Out["fixes"] = Json::array({std::move(Cure)});
  Out["rank"] = rankOf(F);
  Out["properties"]["severity"] = wordFor(F.Sev);
  Out["properties"]["precision"] = F.Precision;
  if (!F.Reached)
    Out["properties"]["reached"] = false;
  if (!F.SiteKey.empty())
    Out["properties"]["siteKey"] = F.SiteKey;
  addSecretLines(F.Secrets, Out);
  return Out;
}

static const char *defaultReason(Verdict V) {
  switch (V) {
  case Verdict::Pass:
    return "The rule holds here.";
  case Verdict::Fail:
    return "The rule does not hold here.";
  case Verdict::Unproven:
    return "It could not be decided whether the rule holds here.";
  case Verdict::NotApplicable:
    return "The rule does not apply here.";
  }
  return "";
}

static Level levelFor(Verdict V, const Rule *R) {
  if (V != Verdict::Fail)
    return Level::None;
  return R ? R->Lvl : Level::Warning;
}

Json SarifResults::result(const Site &S) const {
  Json Out = head(S.Check, kindOf(S.Outcome), levelFor(S.Outcome, Rules.find(S.Check)),
                  textOr(S.Reason, defaultReason(S.Outcome)));
  if (Json At = Places.location(S.At, S.Function, ""); !At.empty())
    Out["locations"] = Json::array({std::move(At)});
  if (!S.Rests.empty())
    Out["relatedLocations"] = related(S.Rests);
  if (!S.Role.empty())
    Out["properties"]["role"] = S.Role;
  if (!S.Settle.empty())
    Out["properties"]["settle"] = S.Settle;
  if (!S.Row.empty())
    Out["properties"]["row"] = S.Row;
  addSecretLines(S.Secrets, Out);
  return Out;
}

static const char *defaultVerdictReason(Verdict V) {
  switch (V) {
  case Verdict::Pass:
    return "The rule holds at every place where it applies.";
  case Verdict::Fail:
    return "The rule does not hold.";
  case Verdict::Unproven:
    return "It could not be decided whether the rule holds.";
  case Verdict::NotApplicable:
    return "The program has no place where the rule applies.";
  }
  return "";
}

Json SarifResults::result(const CheckVerdict &V) const {
  return head(V.Check, kindOf(V.Outcome), levelFor(V.Outcome, Rules.find(V.Check)),
              textOr(V.Reason, defaultVerdictReason(V.Outcome)));
}

} // namespace assay
