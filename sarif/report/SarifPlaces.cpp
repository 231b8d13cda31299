#include "sarif/report/SarifPlaces.h"

#include "analysis/model/Fixes.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

using namespace llvm;

namespace assay {

SarifPlaces::SarifPlaces(const Report &R, SourceReader Read)
    : Texts(std::move(Read), R.Artifacts), Secrets(R) {
  for (const Artifact &A : R.Artifacts)
    Artifacts.emplace(A.File, &A);
  for (const UnitCoverage &U : R.Cover.Units)
    Units.insert(U.File);
}

void SarifPlaces::add(const std::string &Name, Part P) {
  if (Name.empty())
    return;
  File &F = Files[Name];
  F.Noted |= P == Part::Noted;
  F.HoldsResult |= P == Part::HoldsResult;
  F.OnPath |= P == Part::OnPath;
}

void SarifPlaces::freeze() {
  size_t Next = 0;
  for (auto &[Name, F] : Files) {
    auto Known = Artifacts.find(Name);
    F.Known = Known == Artifacts.end() ? nullptr : Known->second;
    F.IsUnit = Units.count(Name) != 0;
    F.Index = Next++;
  }
}

Json SarifPlaces::artifactLocation(const std::string &Name) const {
  RelativeUri Uri = uriForStoredPath(Name);
  Json Out = {{"uri", Uri.Uri}, {"uriBaseId", nameOf(Uri.Base)}};
  if (auto It = Files.find(Name); It != Files.end())
    Out["index"] = It->second.Index;
  return Out;
}

/// Column of TUSummary.fbs for "further right than can be kept".
static constexpr unsigned FarRight = 65535;

/// A code host wants a line even where the file as a whole is meant.
Json SarifPlaces::wholeFile(const std::string &Name) const {
  Json Out = {{"startLine", 1}};
  if (SourceText *Text = Texts.get(Name))
    Out["endLine"] = Text->lineCount();
  return Out;
}

Json SarifPlaces::region(const Location &At) const {
  if (At.Line == 0)
    return wholeFile(At.File);
  Json Out = {{"startLine", At.Line}};
  if (At.Column == 0 || At.Column >= FarRight)
    return Out;
  SourceText *Text = Texts.get(At.File);
  StringRef Line = Text ? Text->line(At.Line) : StringRef();
  if (At.Column > Line.size()) {
    // Without the text a byte column is the best there is; in a line of ASCII it is the right one.
    Out["startColumn"] = At.Column;
    return Out;
  }
  StringRef Token = tokenAt(Line, At.Column - 1);
  Out["startColumn"] = utf16Column(Line, At.Column);
  Out["endColumn"] = utf16Column(Line, At.Column + static_cast<unsigned>(Token.size()));
  Out["snippet"] = sarifText(Secrets.masked(At, Text, Token));
  return Out;
}

static Json logicalLocation(const std::string &Function) {
  return {{"fullyQualifiedName", Function}, {"kind", "function"}};
}

Json SarifPlaces::location(const Location &At, const std::string &Function,
                           const std::string &Message) const {
  Json Out = Json::object();
  if (!At.File.empty()) {
    Out["physicalLocation"]["artifactLocation"] = artifactLocation(At.File);
    Out["physicalLocation"]["region"] = region(At);
  }
  if (!Function.empty())
    Out["logicalLocations"] = Json::array({logicalLocation(Function)});
  if (!Message.empty())
    Out["message"] = sarifText(Message);
  if (!At.Macro.empty())
    Out["properties"]["macro"] = At.Macro;
  return Out;
}

Json SarifPlaces::change(const Fix &F) const {
  SourceText *Text = Texts.get(F.At.File);
  const StringRef Line = Text ? Text->line(F.At.Line) : StringRef();
  if (F.At.Column == 0 || F.At.Column > Line.size())
    return {};
  const StringRef Token = tokenAt(Line, F.At.Column - 1);
  const std::optional<std::string> New = textOf(F, Token);
  if (!New)
    return {};
  const auto End = F.At.Column + static_cast<unsigned>(Token.size());
  const Json Deleted = {{"startLine", F.At.Line},
                        {"startColumn", utf16Column(Line, F.At.Column)},
                        {"endColumn", utf16Column(Line, End)}};
  return {{"artifactLocation", artifactLocation(F.At.File)},
          {"replacements",
           Json::array({{{"deletedRegion", Deleted}, {"insertedContent", {{"text", *New}}}}})}};
}

Json SarifPlaces::fix(const std::vector<Fix> &All) const {
  Json Changes = Json::array();
  std::string Says;
  for (const Fix &F : All) {
    Json Change = change(F);
    if (Change.empty())
      return Json::object();
    Changes.push_back(std::move(Change));
    Says += (Says.empty() ? "" : "; ") + ("write " + F.New + " instead of " + F.Old);
  }
  if (Changes.empty())
    return Json::object();
  return {{"description", sarifText(Says)}, {"artifactChanges", std::move(Changes)}};
}

std::string SarifPlaces::lineHash(const Location &At) const {
  // It has no key: a short password could be tried out against it.
  SourceText *Text = Texts.get(At.File);
  if (Secrets.has(At, Text))
    return "";
  return Text ? Text->lineHash(std::max(1u, At.Line)).str() : std::string();
}

Json SarifPlaces::artifact(const std::string &Name, const File &F) const {
  Json Location = artifactLocation(Name);
  Location.erase("index");
  Json Out = {{"location", Location}};
  Json Hashes = Json::object();
  if (SourceText *Text = Texts.get(Name)) {
    Out["length"] = Text->bytes().size();
    Hashes["sha-256"] = toHex(SHA256::hash(arrayRefFromStringRef(Text->bytes())), true);
  } else if (F.Known && F.Known->Size) {
    Out["length"] = F.Known->Size;
  }
  if (F.Known && !F.Known->Blake3Hex.empty())
    Hashes["blake3"] = F.Known->Blake3Hex;
  Json Roles = Json::array();
  if (F.IsUnit)
    Roles.push_back("analysisTarget");
  if (F.HoldsResult)
    Roles.push_back("resultFile");
  if (F.OnPath)
    Roles.push_back("tracedFile");
  if (!Roles.empty())
    Out["roles"] = std::move(Roles);
  if (!Hashes.empty())
    Out["hashes"] = Hashes;
  return Out;
}

Json SarifPlaces::artifacts() const {
  Json Out = Json::array();
  for (const auto &[Name, F] : Files) {
    Out.push_back(artifact(Name, F));
    // No place in it is written, so its lines are never asked for.
    if (!F.Noted && !F.HoldsResult && !F.OnPath)
      Texts.release(Name);
  }
  return Out;
}

Json SarifPlaces::originalUriBaseIds() const {
  std::set<UriBase> Used = {UriBase::Project};
  for (const auto &[Name, F] : Files)
    Used.insert(uriForStoredPath(Name).Base);
  Json Out = Json::object();
  for (UriBase Base : Used)
    Out[nameOf(Base)]["description"] = sarifText(descriptionOf(Base));
  return Out;
}

std::vector<std::string> SarifPlaces::changedFiles() const {
  std::vector<std::string> Changed;
  for (const auto &[Name, F] : Files)
    if (Texts.changed(Name))
      Changed.push_back(Name);
  return Changed;
}

} // namespace assay
