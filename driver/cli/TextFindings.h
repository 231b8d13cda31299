/// Findings and notes of the terminal report: headline, source line, the steps of the path.
#ifndef ASSAY_DRIVER_CLI_TEXTFINDINGS_H
#define ASSAY_DRIVER_CLI_TEXTFINDINGS_H

#include "driver/cli/Terminal.h"
#include "driver/cli/TextReport.h"

namespace assay {

/// "file:12:3", as far as it is known; empty when there is no place. Printable.
std::string placeText(const Location &At);
/// What a step says, with the macro that wrote it.
std::string stepText(const PathStep &Step);

class TextFindings {
public:
  TextFindings(const Report &R, const TextOptions &Options, llvm::raw_ostream &OS)
      : R(R), Options(Options), OS(OS), Color(Options.Colour), Texts(Options.Read, R.Artifacts),
        Secrets(R) {}

  void write();

private:
  void finding(const Finding &F);
  void path(const Finding &F);
  void related(const Finding &F);
  void fixes(const Finding &F);
  void notes();
  void headline(const Location &At, Ink I, llvm::StringRef Word, const std::string &Text,
                const std::string &Check, bool IsStep);
  void step(const Location &At, const std::string &Text);
  /// Nothing when it stands just above already.
  void source(const Location &At);

  const Report &R;
  const TextOptions &Options;
  llvm::raw_ostream &OS;
  Paint Color;
  SourceTexts Texts;
  SecretLines Secrets;
  Location LastShown;
};

} // namespace assay

#endif
