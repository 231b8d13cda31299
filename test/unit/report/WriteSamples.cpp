/// Writes the samples as files where ASSAY_SAMPLES names a folder, for test/sarif/samples.test.
#include "analysis/model/AtomicFile.h"
#include "driver/cli/TextReport.h"
#include "sarif/report/SarifWriter.h"
#include "test/unit/report/Samples.h"

#include "gtest/gtest.h"

#include <cstdlib>

using namespace assay;

static void write(const sample::Sample &S, SarifForm Form, const std::string &Suffix) {
  SarifOptions Options;
  Options.Form = Form;
  Options.Read = sample::readerOf(S.Files);
  Options.Provenance = {"https://user:secret@git.example.org/pump.git", "0123abc", "main"};
  Options.EpochSeconds = 1700000000;
  Options.ExitCode = 1;
  // Small enough that `large` goes over each, and that a validator in Python gets through.
  Options.Limits.Results = 200;
  Options.Limits.PathLocations = 100;
  Options.Limits.RelatedLocations = 50;
  std::string Path = std::string(std::getenv("ASSAY_SAMPLES")) + "/" + S.Name + Suffix;
  llvm::Error Failed = writeFileAtomically(Path, writeSarif(S.Result, Options));
  EXPECT_FALSE(Failed) << Path;
}

static void writeTerminal(const sample::Sample &S, unsigned Width, bool Color, bool Quiet,
                          const std::string &Suffix) {
  TextOptions Options;
  Options.Read = sample::readerOf(S.Files);
  Options.Width = Width;
  Options.Colour = Color;
  Options.Quiet = Quiet;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printText(S.Result, Options, OS);
  std::string Path = std::string(std::getenv("ASSAY_SAMPLES")) + "/" + S.Name + Suffix;
  EXPECT_FALSE(bool(writeFileAtomically(Path, OS.str()))) << Path;
}

TEST(WriteSamples, AsFiles) {
  if (!std::getenv("ASSAY_SAMPLES"))
    GTEST_SKIP() << "ASSAY_SAMPLES names no folder";
  for (const sample::Sample &S : sample::all()) {
    write(S, SarifForm::Evidence, ".evidence.sarif");
    write(S, SarifForm::Alerts, ".alerts.sarif");
    writeTerminal(S, 0, false, false, ".pipe.txt");
    writeTerminal(S, 80, true, false, ".color.txt");
    writeTerminal(S, 80, false, false, ".80.txt");
    writeTerminal(S, 0, false, true, ".quiet.txt");
  }
}
