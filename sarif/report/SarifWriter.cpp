#include "sarif/report/SarifWriter.h"

#include "sarif/report/SarifNotifications.h"
#include "sarif/report/SarifResults.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"

using namespace llvm;

namespace assay {
namespace {

/// The outer shape of the file, written as it comes: a program with a million sites must not stand
/// in memory as a tree. One line per element of a long array, so that two files can be compared by
/// line.
class LogText {
public:
  LogText()
      : Out("{\n\"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
            "sarif-schema-2.1.0.json\",\n\"version\": \"2.1.0\",\n\"runs\": [{\n") {}

  std::string finish() {
    Out += "\n}]\n}\n";
    return std::move(Out);
  }
  void member(StringRef Name, const std::string &Value) {
    begin(Name);
    Out += Value;
  }
  void member(StringRef Name, const Json &Value) { member(Name, sarifDump(Value)); }
  void beginArray(StringRef Name) {
    begin(Name);
    Out += '[';
    FirstElement = true;
  }
  void element(const Json &Value) {
    Out += FirstElement ? "\n" : ",\n";
    Out += sarifDump(Value);
    FirstElement = false;
  }
  void endArray() { Out += FirstElement ? "]" : "\n]"; }

private:
  std::string Out;
  bool FirstMember = true;
  bool FirstElement = true;

  void begin(StringRef Name) {
    if (!FirstMember)
      Out += ",\n";
    FirstMember = false;
    Out += "\"" + Name.str() + "\": ";
  }
};

} // namespace

static Json provenance(const SourceRevision &From) {
  std::optional<std::string> Uri = publicUri(From.RepositoryUri);
  if (!Uri)
    return Json::array();
  Json Out = {{"repositoryUri", *Uri}};
  if (!From.Revision.empty())
    Out["revisionId"] = From.Revision;
  if (!From.Branch.empty())
    Out["branch"] = From.Branch;
  Out["mappedTo"] = {{"uriBaseId", nameOf(UriBase::Project)}};
  return Json::array({std::move(Out)});
}

static void writeResults(LogText &Log, const SarifSelection &Selected,
                         const SarifResults &Results) {
  Log.beginArray("results");
  for (const Finding *F : Selected.Findings)
    Log.element(Results.result(*F));
  for (const Site *S : Selected.Sites)
    Log.element(Results.result(*S));
  for (const CheckVerdict *V : Selected.Verdicts)
    Log.element(Results.result(*V));
  Log.endArray();
}

/// A member that would be empty is left out; consumers treat absent and empty alike, people do not.
static void writeUnlessEmpty(LogText &Log, StringRef Name, const Json &Elements) {
  if (Elements.empty())
    return;
  Log.beginArray(Name);
  for (const Json &Each : Elements)
    Log.element(Each);
  Log.endArray();
}

static std::string writeLog(const Report &R, const SarifOptions &Options, size_t MaxResults) {
  SarifSelection Selected = selectResults(R, Options.Form, MaxResults);
  SarifPlaces Places(R, Options.Read);
  SarifResults::addPlaces(Selected, Places);
  addNotificationPlaces(R, Places);
  if (Options.Form == SarifForm::Evidence)
    for (const Artifact &A : R.Artifacts)
      Places.add(A.File, SarifPlaces::Part::Read);
  Places.freeze();
  SarifRules Rules(R, Options);

  LogText Log;
  Log.member("tool", Json{{"driver", Rules.driver()}});
  writeUnlessEmpty(Log, "taxonomies", Rules.taxonomies());
  // Artifacts before the invocation: reading a file is what shows that it has changed.
  writeUnlessEmpty(Log, "artifacts", Places.artifacts());
  Log.member("invocations", Json::array({invocation(R, Options, Places, Selected.LeftOut)}));
  if (Options.Provenance)
    writeUnlessEmpty(Log, "versionControlProvenance", provenance(*Options.Provenance));
  Log.member("originalUriBaseIds", Places.originalUriBaseIds());
  Log.member("columnKind", Json("utf16CodeUnits"));
  Log.member("newlineSequences", Json::array({"\r\n", "\n", "\r"}));
  writeResults(Log, Selected, SarifResults(Rules, Places, Options));
  return Log.finish();
}

/// Size after gzip; the plain size where that is small enough already, or cannot be known.
static size_t uploadSize(const std::string &Text, size_t Limit) {
  if (Text.size() <= Limit || !compression::zlib::isAvailable())
    return Text.size();
  SmallVector<uint8_t, 0> Compressed;
  compression::zlib::compress(arrayRefFromStringRef(Text), Compressed);
  return Compressed.size() + 12; // gzip's frame is that much larger than zlib's
}

std::string writeSarif(const Report &R, const SarifOptions &Options) {
  if (Options.Form == SarifForm::Evidence)
    return writeLog(R, Options, SIZE_MAX);
  size_t Results = std::min(Options.Limits.Results, R.Findings.size());
  std::string Text = writeLog(R, Options, Results);
  while (Results &&
         uploadSize(Text, Options.Limits.CompressedBytes) > Options.Limits.CompressedBytes) {
    Results -= std::max<size_t>(1, Results / 4);
    Text = writeLog(R, Options, Results);
  }
  return Text;
}

} // namespace assay
