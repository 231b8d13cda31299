#include "driver/cli/DoctorCommand.h"

#include "driver/cli/CheckCommand.h"
#include "driver/cli/ProjectArguments.h"
#include "driver/cli/Trouble.h"
#include "driver/session/Diagnose.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace assay;

namespace {

constexpr size_t NamedThings = 5;

struct DoctorOptions {
  ProjectArguments Of;
  SessionOptions Session;
  size_t Sample = 3;
};

/// Writes a diagnosis down, and gathers what would help on the way.
class Doctor {
public:
  Doctor(const DoctorOptions &O, const OpenedProject &Opened, llvm::raw_ostream &OS)
      : O(O), Opened(Opened), OS(OS) {}
  int tell(const Diagnosis &D);

private:
  void database(const Diagnosis &D);
  void group(const CompilerGroup &G);
  void source(const CompilerGroup &G);
  void sample(const CompilerGroup &G);
  void advise(const CompilerGroup &G);
  void remedies(const Diagnosis &D);
  void advice();
  std::string databaseArgument() const {
    return O.Of.Where.Database.empty() ? "" : " -p " + O.Of.Where.Database;
  }

  const DoctorOptions &O;
  const OpenedProject &Opened;
  llvm::raw_ostream &OS;
  std::vector<std::string> Advice; ///< in order, each once
  bool Loses = false;              ///< something is missing that costs coverage
};

} // namespace

static void declare(CLI::App &App, DoctorOptions &O) {
  O.Of.addTo(App);
  App.add_option("--sample", O.Sample, "Units to parse of each compiler (default: 3)")
      ->check(CLI::Range(size_t(1), size_t(100000)));
}

static std::string counted(size_t N, const char *One, const char *Many) {
  return llvm::formatv("{0} {1}", N, N == 1 ? One : Many).str();
}

void Doctor::database(const Diagnosis &D) {
  OS << "Database      " << Opened.Where.Database << "\n              "
     << counted(D.Entries, "entry", "entries");
  if (D.Assembler)
    OS << ", " << D.Assembler << " of assembler";
  if (D.Link)
    OS << ", " << D.Link << " of a linker";
  if (D.Headers)
    OS << ", " << D.Headers << " of a header alone (read where sources include it)";
  if (D.Other)
    OS << ", " << D.Other << " of another language";
  if (D.FilesWithVariants)
    OS << ", " << counted(D.FilesWithVariants, "file", "files") << " with several commands";
  OS << "\nRoot          " << Opened.Where.Root << "\nPolicy        "
     << (Opened.PolicyFile.empty() ? "none; assay.toml would be one" : Opened.PolicyFile) << "\n";
  if (D.Absent.empty())
    return;
  Loses = true;
  OS << "\nNot there     " << counted(D.Absent.size(), "source", "sources") << ": ";
  for (size_t I = 0; I != std::min(D.Absent.size(), NamedThings); ++I)
    OS << (I ? ", " : "") << D.Absent[I];
  OS << (D.Absent.size() > NamedThings ? ", ...\n" : "\n");
  Advice.push_back("Sources that are not there: build once if the build makes them, else write the "
                   "database anew.");
}

void Doctor::source(const CompilerGroup &G) {
  OS << "  built in    ";
  switch (G.Use.Source) {
  case ToolchainUse::From::Asked:
    OS << "as the compiler itself says (" << counted(G.OptionSets, "set", "sets")
       << " of options)\n";
    break;
  case ToolchainUse::From::Profile:
    OS << "as saved in " << G.Use.Profile << "\n";
    break;
  case ToolchainUse::From::OtherAnswer:
    OS << "folders only, as saved for other options in " << G.Use.Profile << "\n";
    break;
  case ToolchainUse::From::Clang:
    OS << (G.Use.Trouble.empty() ? std::string("what Clang finds by itself for this target")
                                 : "nothing: " + G.Use.Trouble)
       << "\n";
    break;
  }
}

void Doctor::sample(const CompilerGroup &G) {
  OS << "  sample      " << G.Whole << " of " << G.Sampled << " parsed whole";
  if (G.Failed)
    OS << ", " << G.Failed << " failed";
  if (G.Errors)
    OS << ", " << counted(G.Errors, "error", "errors");
  OS << "\n";
  if (!G.FirstError.empty())
    OS << "  first       " << G.FirstError << "\n";
  if (G.Missing.empty())
    return;
  OS << "  not found   ";
  size_t Named = 0;
  for (const auto &[Header, Units] : G.Missing)
    if (Named++ < NamedThings)
      OS << (Named > 1 ? ", " : "") << Header;
  OS << (G.Missing.size() > NamedThings ? ", ...\n" : "\n");
}

void Doctor::group(const CompilerGroup &G) {
  const CompilerFamily *Family = G.Use.Call.Family;
  OS << "\n"
     << G.Use.Call.Driver << "\n  units       " << G.Units << " of "
     << (G.Use.Language == "c" ? "C" : "C++") << "\n  family      "
     << (G.Use.Call.FamilyKnown ? Family->Title : "unknown; read like GCC") << "\n  target      "
     << (G.Target.empty() ? "?" : G.Target);
  if (G.Use.Call.Target && G.Use.Call.Target->Layout)
    OS << " (a stand-in with its sizes: Clang lacks it)";
  else if (hasUnknownTarget(G.Use.Call))
    OS << " (this machine: the target in the name is unknown)";
  OS << "\n  program     " << (G.Use.Program.empty() ? "not on this machine" : G.Use.Program)
     << "\n";
  source(G);
  sample(G);
  advise(G);
}

/// What would help; nothing where the sample parsed whole.
void Doctor::advise(const CompilerGroup &G) {
  if (G.Whole == G.Sampled && G.Use.Source != ToolchainUse::From::OtherAnswer)
    return;
  Loses = true;
  const auto Add = [&](std::string Text) {
    if (!llvm::is_contained(Advice, Text))
      Advice.push_back(std::move(Text));
  };
  const std::string Driver = driverName(G.Use.Call.Driver).str();
  const bool Unasked =
      G.Use.Source == ToolchainUse::From::Clang || G.Use.Source == ToolchainUse::From::OtherAnswer;
  if (Unasked && G.Use.Call.Family && G.Use.Call.Family->Queryable && !G.Use.MayAsk) {
    const std::string Glob = G.Use.Program.empty() ? "/**/" + Driver : G.Use.Program;
    Add((G.Use.Program.empty() ? "On a machine that has " + Driver + ": "
                               : "Ask " + Driver + " what it has built in: ") +
        "assay toolchain save" + databaseArgument() + " --query-driver='" + Glob +
        "' -o toolchain.toml\n     and in assay.toml: [toolchain] profile = \"toolchain.toml\"");
  } else if (Unasked && G.Use.Call.Family && !G.Use.Call.Family->Queryable) {
    Add("Name the include folders of " + Driver +
        " in a toolchain profile written by hand: docs/cross-compilers.md, \"By hand\"");
  }
}

/// As after a run, for the sample: what costs most first.
void Doctor::remedies(const Diagnosis &D) {
  for (const Remedy &R : llvm::ArrayRef(D.Remedies).take_front(NamedThings)) {
    std::string Text = R.Headers.front();
    if (R.Headers.size() > 1)
      Text += llvm::formatv(" and {0} more", R.Headers.size() - 1);
    Advice.push_back(Text + " (" + counted(R.Functions, "function", "functions") + " of " +
                     counted(R.Units, "sampled unit", "sampled units") + " damaged): " + R.Advice);
  }
}

void Doctor::advice() {
  if (Advice.empty()) {
    OS << (Loses ? "\n" : "\nNothing is missing.\n");
    return;
  }
  OS << "\nWhat would help\n";
  for (size_t I = 0; I != Advice.size(); ++I)
    OS << "  " << I + 1 << ". " << Advice[I] << "\n";
}

int Doctor::tell(const Diagnosis &D) {
  database(D);
  for (const CompilerGroup &G : D.Groups)
    group(G);
  if (!D.Notes.empty())
    OS << "\n";
  for (const Note &N : D.Notes)
    OS << "note: " << N.Text << "\n";
  if (D.Groups.empty()) {
    Loses = true;
    OS << "\nNo entry compiles C or C++.\n";
  }
  remedies(D);
  advice();
  return Loses ? ExitCoverage : ExitHolds;
}

static int runDoctor(DoctorOptions &O, const char *Argv0) {
  O.Of.Where.KeepStore = false;
  auto Opened = O.Of.open(Argv0);
  if (!Opened)
    return trouble(Opened.takeError());
  auto D = diagnose(Opened->Where, Opened->Rules, O.Session, O.Sample);
  if (!D)
    return trouble(D.takeError());
  return Doctor(O, *Opened, llvm::outs()).tell(*D);
}

void assay::addDoctorCommand(CLI::App &App, const char *Argv0, int &Exit) {
  CLI::App *Command = App.add_subcommand(
      "doctor", "Say what Assay makes of a compile database, and what would help");
  auto O = std::make_shared<DoctorOptions>();
  declare(*Command, *O);
  Command->callback([O, Argv0, &Exit] { Exit = runDoctor(*O, Argv0); });
}
