#include "driver/cli/ToolchainCommand.h"

#include "analysis/model/AtomicFile.h"
#include "driver/cli/CheckCommand.h"
#include "driver/cli/ProgressLine.h"
#include "driver/cli/ProjectArguments.h"
#include "driver/cli/Trouble.h"
#include "driver/session/SaveToolchain.h"
#include "policies/schema/ToolchainFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace assay;

namespace {

struct SaveOptions {
  ProjectArguments Of;
  SessionOptions Session;
  std::string Output;
  bool NoHeaders = false;
};

void declareSave(CLI::App &App, SaveOptions &O) {
  O.Of.addTo(App);
  App.add_option("-o,--output", O.Output, "File to write (- for standard output)")
      ->type_name("FILE")
      ->required();
  App.add_option("-j,--jobs", O.Session.Jobs, "Workers (default: one per core)")
      ->check(CLI::Range(1u, 1024u));
  App.add_flag("--no-headers", O.NoHeaders,
               "Leave out the headers: the file then needs the compiler's library on the machine");
}

int save(SaveOptions &O, const char *Argv0) {
  O.Of.Where.KeepStore = false;
  auto Opened = O.Of.open(Argv0);
  if (!Opened)
    return trouble(Opened.takeError());
  Opened->Rules.Toolchain.Profiles.clear(); // what is saved comes from the compilers alone
  ProgressLine Line(true);
  O.Session.OnUnit = [&](size_t Done, size_t Total, const std::string &File) {
    Line.show(Done, Total, File);
  };
  auto Saved = saveToolchain(Opened->Where, Opened->Rules, O.Session, !O.NoHeaders);
  Line.clear();
  if (!Saved)
    return trouble(Saved.takeError());
  for (const Note &N : Saved->Notes)
    llvm::errs() << "assay: warning: " << N.Text << "\n";
  if (llvm::Error E = writeFileAtomically(O.Output, toolchainProfileText(Saved->Profile)))
    return trouble(std::move(E));
  llvm::errs() << "assay: saved " << Saved->Profile.Answers.size() << " answer(s) and "
               << Saved->Profile.Headers.size() << " header(s) for " << Saved->Answered << " of "
               << Saved->Units << " units\n";
  return ExitHolds;
}

int show(const std::vector<std::string> &Files) {
  for (const std::string &File : Files) {
    PolicyTexts Texts;
    auto Profile = loadToolchainProfile(Texts, File);
    if (!Profile)
      return trouble(Profile.takeError());
    llvm::outs() << File << ": " << Profile->Answers.size() << " answer(s), "
                 << Profile->Headers.size() << " header(s)\n";
    for (const CompilerAnswer &A : Profile->Answers) {
      llvm::outs() << "\n"
                   << A.Driver << " (" << A.Language << ") " << llvm::join(A.Options, " ")
                   << "\n  version   " << A.Version << "\n  target    " << A.Target
                   << "\n  asked at  " << A.Path << "\n  macros    " << A.Macros.size() << "\n";
      for (const std::string &Folder : A.Includes)
        llvm::outs() << "  includes  " << Folder << "\n";
    }
  }
  return ExitHolds;
}

} // namespace

void assay::addToolchainCommand(CLI::App &App, const char *Argv0, int &Exit) {
  CLI::App *Command = App.add_subcommand(
      "toolchain", "Save what cross compilers have built in, for machines that lack them");
  Command->require_subcommand(1);
  CLI::App *Save = Command->add_subcommand("save", "Ask the compilers of a database");
  auto O = std::make_shared<SaveOptions>();
  declareSave(*Save, *O);
  Save->callback([O, Argv0, &Exit] { Exit = save(*O, Argv0); });
  CLI::App *Show = Command->add_subcommand("show", "Print what a saved file holds");
  auto Files = std::make_shared<std::vector<std::string>>();
  Show->add_option("FILE", *Files, "Toolchain profile")->required();
  Show->callback([Files, &Exit] { Exit = show(*Files); });
}
