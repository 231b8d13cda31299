/// What a form holds and leaves out. That the files are valid is test/sarif/samples.test's matter.
#include "sarif/report/SarifWriter.h"

#include "test/unit/report/Samples.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"

#include "gtest/gtest.h"
#include <nlohmann/json.hpp>

using namespace assay;
using Json = nlohmann::ordered_json;

static Json runOf(const sample::Sample &S, SarifOptions Options) {
  Options.Read = sample::readerOf(S.Files);
  return Json::parse(writeSarif(S.Result, Options))["runs"][0];
}

static Json runOf(const sample::Sample &S, SarifForm Form) {
  SarifOptions Options;
  Options.Form = Form;
  return runOf(S, Options);
}

static std::vector<std::string> kindsOf(const Json &Run) {
  std::vector<std::string> Kinds;
  for (const Json &R : Run["results"])
    Kinds.push_back(R["ruleId"].get<std::string>() + " " + R["kind"].get<std::string>());
  return Kinds;
}

TEST(SarifWriter, EvidenceHoldsEveryPlaceAndEveryVerdictOnce) {
  EXPECT_EQ(kindsOf(runOf(sample::pump(), SarifForm::Evidence)),
            (std::vector<std::string>{"crypto/broken-cipher fail", "build/hardening-off fail",
                                      "tls/certificate-check-off fail",
                                      // Sites; the two failed ones are the findings above.
                                      "crypto/broken-cipher pass", "crypto/few-iterations review",
                                      "crypto/weak-random notApplicable",
                                      // A verdict that no place speaks for.
                                      "tls/old-version pass"}));
}

TEST(SarifWriter, AFailedPlaceThatNoFindingShowsIsNotLost) {
  sample::Sample S = sample::pump();
  S.Result.Findings.erase(S.Result.Findings.begin());
  Json Results = runOf(S, SarifForm::Evidence)["results"];
  auto IsLost = [](const Json &R) {
    return R["ruleId"] == "crypto/broken-cipher" && R["kind"] == "fail";
  };
  auto Lost = std::find_if(Results.begin(), Results.end(), IsLost);
  ASSERT_NE(Lost, Results.end());
  EXPECT_EQ((*Lost)["level"], "error");
}

TEST(SarifWriter, OnlyAFailureHasALevel) {
  Json Run = runOf(sample::hostile(), SarifForm::Evidence);
  for (const Json &R : Run["results"])
    EXPECT_EQ(R["kind"] == "fail", R["level"] != "none") << R.dump();
}

TEST(SarifWriter, AlertsHoldFailuresAlone) {
  Json Run = runOf(sample::hostile(), SarifForm::Alerts);
  EXPECT_EQ(Run["results"].size(), 4u);
  for (const Json &R : Run["results"]) {
    EXPECT_EQ(R["kind"], "fail");
    EXPECT_TRUE(R["locations"][0]["physicalLocation"]["region"].contains("startLine")) << R.dump();
  }
}

TEST(SarifWriter, AlertsStayWithinTheLimitsOfCodeHosts) {
  Json Run = runOf(sample::large(5300), SarifForm::Alerts);
  const Json &Results = Run["results"];
  ASSERT_EQ(Results.size(), 5000u);
  EXPECT_EQ(Results[0]["codeFlows"][0]["threadFlows"][0]["locations"].size(), 1000u);
  EXPECT_LE(Results[0]["relatedLocations"].size(), 100u);
  EXPECT_EQ(Run["tool"]["driver"]["rules"][0]["properties"]["tags"].size(), 20u);
  // 300 of the 1324 findings of severity low are cut, the last ones first; everything above stays.
  size_t Low = 0;
  for (const Json &R : Results)
    Low += R["properties"]["severity"] == "low";
  EXPECT_EQ(Low, 1324u - 300u);
  std::string Notes = Run["invocations"][0]["toolExecutionNotifications"].dump();
  EXPECT_NE(Notes.find("300 of 5300 findings are left out"), std::string::npos) << Notes;
}

TEST(SarifWriter, EvidenceHasNoLimit) {
  Json Run = runOf(sample::large(5300), SarifForm::Evidence);
  size_t Failures = 0;
  for (const Json &R : Run["results"])
    Failures += R["kind"] == "fail";
  EXPECT_GE(Failures, 5300u);
  EXPECT_EQ(Run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"].size(), 5300u);
}

TEST(SarifWriter, AlertsAreCutToTheSizeOfAnUpload) {
  if (!llvm::compression::zlib::isAvailable())
    GTEST_SKIP();
  sample::Sample S = sample::large(2000);
  SarifOptions Options;
  Options.Form = SarifForm::Alerts;
  Options.Limits.CompressedBytes = 20'000;
  std::string Text = writeSarif(S.Result, Options);
  llvm::SmallVector<uint8_t, 0> Compressed;
  llvm::compression::zlib::compress(llvm::arrayRefFromStringRef(Text), Compressed);
  EXPECT_LT(Compressed.size(), 20'000u);
  EXPECT_GT(Json::parse(Text)["runs"][0]["results"].size(), 0u);
  EXPECT_NE(Text.find("findings are left out"), std::string::npos);
}

TEST(SarifWriter, ColumnsAreConvertedWhereTheSourceIsThere) {
  sample::Sample S = sample::pump();
  Finding F = S.Result.Findings[2];
  F.At = {"pump/telemetry.c", 4, 30, ""}; // "das" behind "prüft": a column less in UTF-16
  S.Result.Findings = {F};
  Json Region =
      runOf(S, SarifForm::Alerts)["results"][0]["locations"][0]["physicalLocation"]["region"];
  EXPECT_EQ(Region["startColumn"], 29);
  EXPECT_EQ(Region["snippet"]["text"], "das");
  S.Files.clear();
  Region = runOf(S, SarifForm::Alerts)["results"][0]["locations"][0]["physicalLocation"]["region"];
  EXPECT_EQ(Region, (Json{{"startLine", 4}, {"startColumn", 30}}));
}

TEST(SarifWriter, AChangedFileIsNamedAndNotQuoted) {
  sample::Sample S = sample::pump();
  S.Files["pump/telemetry.c"] = "// another text\n" + S.Files["pump/telemetry.c"];
  std::string Run = runOf(S, SarifForm::Alerts).dump();
  EXPECT_NE(Run.find("pump/telemetry.c has changed since it was analysed"), std::string::npos);
  EXPECT_EQ(Run.find("SSL_CTX_set_verify\"}"), std::string::npos);
}

TEST(SarifWriter, AnEmptyRunDoesNotSucceed) {
  Json Invocation = runOf(sample::empty(), SarifForm::Evidence)["invocations"][0];
  EXPECT_EQ(Invocation["executionSuccessful"], false);
  EXPECT_EQ(Invocation["toolExecutionNotifications"][0]["descriptor"]["id"], "no-unit");
  EXPECT_FALSE(Invocation.contains("endTimeUtc"));
  EXPECT_FALSE(Invocation.contains("exitCode"));
  EXPECT_EQ(runOf(sample::pump(), SarifForm::Evidence)["invocations"][0]["executionSuccessful"],
            true);
}

TEST(SarifWriter, WarmAndColdRunsAreTheSame) {
  sample::Sample Cold = sample::pump(), Warm = sample::pump();
  for (UnitCoverage &U : Warm.Result.Cover.Units)
    U.FromStore = !U.FromStore;
  Warm.Result.Notes.erase(Warm.Result.Notes.begin() + 1); // InSarif = false
  EXPECT_EQ(runOf(Cold, SarifForm::Evidence).dump(), runOf(Warm, SarifForm::Evidence).dump());
}

TEST(SarifWriter, ProvenanceWithoutAnAddressIsLeftOut) {
  SarifOptions Options;
  Options.Provenance = {"/srv/git/pump.git", "0123abc", ""};
  EXPECT_FALSE(runOf(sample::pump(), Options).contains("versionControlProvenance"));
  Options.Provenance->RepositoryUri = "git@git.example.org:pump.git";
  Json From = runOf(sample::pump(), Options)["versionControlProvenance"][0];
  EXPECT_EQ(From["repositoryUri"], "ssh://git.example.org/pump.git");
  EXPECT_FALSE(From.contains("branch"));
}
