#include "sarif/report/SarifNotifications.h"

#include "sarif/report/SarifCoverage.h"

#include "llvm/Support/Chrono.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace assay {
namespace {

enum class Kind : uint8_t { UnitFailed, UnitWithErrors, NoUnit, Collision, Changed, LeftOut, Note };

struct Descriptor {
  const char *Id;
  const char *Text;
  const char *Help; ///< what the reader can do
};

constexpr Descriptor Descriptors[] = {
    {"unit-failed", "A unit of the compile database could not be analysed at all.",
     "Nothing was judged in it. Make it compile with the command of the database, or take it out."},
    {"unit-with-errors", "A unit was analysed although the compiler reported errors in it.",
     "Functions that were lost were not judged. The first error is usually the cause of the rest."},
    {"no-unit", "The compile database names no unit, so nothing was judged.",
     "Make the database again with the build, and look at what it holds."},
    {"name-collision", "Two definitions have one name; both were kept as candidates.",
     "Where they are parts of different programs, give each program a database of its own."},
    {"source-changed", "A source file is not any more what was analysed.",
     "Places in it may be off. Run the analysis again on a tree that stands still."},
    {"results-left-out", "Findings are missing in this form.",
     "The evidence form has all of them."},
    {"note", "Something that the reader must know and that is no finding.",
     "The message says what it is."},
};

class Notifications {
public:
  explicit Notifications(const SarifPlaces &Places) : Places(Places) {}
  Json Out = Json::array();

  void add(Kind K, Level Lvl, const std::string &Text, const Location &At = {}) {
    auto Index = static_cast<size_t>(K);
    Json Entry = {{"descriptor", {{"id", Descriptors[Index].Id}, {"index", Index}}},
                  {"level", wordFor(Lvl)},
                  {"message", sarifText(Text)}};
    if (!At.File.empty())
      Entry["locations"] = Json::array({Places.location(At, "", "")});
    Out.push_back(std::move(Entry));
  }

private:
  const SarifPlaces &Places;
};

} // namespace

Json notificationDescriptors() {
  Json Out = Json::array();
  for (const Descriptor &D : Descriptors)
    Out.push_back({{"id", D.Id},
                   {"shortDescription", sarifText(D.Text)},
                   {"fullDescription", sarifText(D.Text)},
                   {"help", sarifText(D.Help)}});
  return Out;
}

static Location placeOf(const UnitCoverage &U) {
  return U.DetailAt.File.empty() ? Location{U.File, 0, 0, ""} : U.DetailAt;
}

void addNotificationPlaces(const Report &R, SarifPlaces &Places) {
  for (const UnitCoverage &U : R.Cover.Units)
    if (U.Outcome != UnitCoverage::State::Whole)
      Places.add(placeOf(U), SarifPlaces::Part::Noted);
  for (const Note &N : R.Notes)
    if (N.InSarif)
      Places.add(N.At, SarifPlaces::Part::Noted);
}

static std::string afterColon(const std::string &Text) {
  return Text.empty() ? "" : ": " + Text;
}

static void addUnit(Notifications &To, const UnitCoverage &U) {
  if (U.Outcome == UnitCoverage::State::Whole)
    return;
  if (U.Outcome != UnitCoverage::State::WithErrors) {
    To.add(Kind::UnitFailed, Level::Error,
           formatv("{0}: {1}{2}", U.File, wordFor(U.Outcome), afterColon(U.Detail)), placeOf(U));
    return;
  }
  To.add(Kind::UnitWithErrors, U.LostFunctions ? Level::Warning : Level::Note,
         formatv("{0}: {1} error(s), {2} of {3} functions lost{4}", U.File, U.Errors,
                 U.LostFunctions, U.Functions + U.LostFunctions, afterColon(U.Detail)),
         placeOf(U));
}

static Json notifications(const Report &R, const SarifPlaces &Places, size_t LeftOut) {
  Notifications To(Places);
  if (R.Cover.Units.empty())
    To.add(Kind::NoUnit, Level::Error, "no unit was analysed");
  for (const UnitCoverage &U : R.Cover.Units)
    addUnit(To, U);
  for (const std::string &Name : R.Cover.Collisions)
    To.add(Kind::Collision, Level::Note, Name);
  for (const std::string &File : Places.changedFiles())
    To.add(Kind::Changed, Level::Warning,
           File + " has changed since it was analysed; its text is not quoted", {File, 0, 0, ""});
  if (LeftOut)
    To.add(Kind::LeftOut, Level::Warning,
           formatv("{0} of {1} findings are left out of this file: those without a place in the "
                   "source, then the least severe",
                   LeftOut, R.Findings.size()));
  for (const Note &N : R.Notes)
    if (N.InSarif)
      To.add(Kind::Note, N.Lvl, N.Text, N.At);
  return std::move(To.Out);
}

/// False when what is reported cannot stand for the program.
static bool succeeded(const Report &R) {
  auto Analysed =
      R.Cover.count(UnitCoverage::State::Whole) + R.Cover.count(UnitCoverage::State::WithErrors);
  return Analysed > 0 && R.GateResult.Result != Gate::Outcome::CoverageFails;
}

static std::string utcTime(int64_t EpochSeconds) {
  return formatv("{0:%Y-%m-%dT%H:%M:%SZ}",
                 sys::UtcTime<std::chrono::seconds>(std::chrono::seconds(EpochSeconds)));
}

Json invocation(const Report &R, const SarifOptions &Options, const SarifPlaces &Places,
                size_t LeftOut) {
  Json Out = {{"executionSuccessful", succeeded(R)}};
  if (Options.EpochSeconds)
    Out["endTimeUtc"] = utcTime(*Options.EpochSeconds);
  if (Options.ExitCode)
    Out["exitCode"] = *Options.ExitCode;
  Out["toolExecutionNotifications"] = notifications(R, Places, LeftOut);
  Json &Properties = Out["properties"];
  if (!R.Profile.empty())
    Properties["profile"] = R.Profile;
  Properties["coverage"] = coverageOf(R.Cover, Options.Form == SarifForm::Evidence);
  Properties["entryPoints"] = entryPointsOf(R, Options.Form == SarifForm::Evidence);
  Properties["verdicts"] = verdictsOf(R);
  Properties["gate"] = gateOf(R.GateResult);
  return Out;
}

} // namespace assay
