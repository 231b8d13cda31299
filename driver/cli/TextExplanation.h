/// One finding or one judged place, whole: every step with its source, calls inside calls set in;
/// what a pass rests on; what would settle what is unproven.
///
/// It shows what a Report holds and decides nothing. Nothing of a source reaches the terminal
/// unescaped.
#ifndef ASSAY_DRIVER_CLI_TEXTEXPLANATION_H
#define ASSAY_DRIVER_CLI_TEXTEXPLANATION_H

#include "driver/cli/Terminal.h"
#include "driver/cli/TextReport.h"

namespace assay {

class TextExplanation {
public:
  TextExplanation(const Report &R, const TextOptions &Options, llvm::raw_ostream &OS)
      : OS(OS), Color(Options.Colour), Width(Options.Width ? Options.Width : 100),
        Texts(Options.Read, R.Artifacts), Secrets(R) {}

  void finding(const Finding &F);
  /// `Here`: findings that say what is wrong at the place.
  void site(const Site &S, llvm::ArrayRef<const Finding *> Here);

private:
  void heading(llvm::StringRef Text);
  void paragraph(unsigned Indent, const std::string &Text);
  void path(const std::vector<PathStep> &Path);
  void places(const std::vector<PathStep> &Steps);
  void step(unsigned Indent, const std::string &Number, const PathStep &Step);
  void source(unsigned Indent, const Location &At);
  void sourceLine(unsigned Indent, SourceText &Text, const Location &At, unsigned Column);

  llvm::raw_ostream &OS;
  Paint Color;
  unsigned Width;
  SourceTexts Texts;
  SecretLines Secrets;
};

} // namespace assay

#endif
