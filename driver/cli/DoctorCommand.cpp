#include "driver/cli/DoctorCommand.h"

#include "driver/cli/CheckCommand.h"
#include "driver/cli/ToolchainArguments.h"
#include "driver/cli/Trouble.h"
#include "driver/session/Diagnose.h"
#include "driver/session/FindProject.h"
#include "policies/schema/Loader.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace assay;

namespace {

constexpr size_t NamedThings = 5;

struct DoctorOptions {
  ProjectRequest Where;
  PolicySources Policy;
  SessionOptions Session;
  size_t Sample = 3;
};

/// Writes a diagnosis down, and gathers what would help on the way.
class Doctor {
public:
  Doctor(const DoctorOptions &O, const FoundProject &Found, llvm::raw_ostream &OS)
      : O(O), Found(Found), OS(OS) {}
  int tell(const Diagnosis &D);

private:
  void database(const Diagnosis &D);
  void group(const CompilerGroup &G);
  void source(const CompilerGroup &G);
  void sample(const CompilerGroup &G);
  void advise(const CompilerGroup &G);
  void advice();
  std::string databaseArgument() const {
    return O.Where.Database.empty() ? "" : " -p " + O.Where.Database;
  }

  const DoctorOptions &O;
  const FoundProject &Found;
  llvm::raw_ostream &OS;
  std::vector<std::string> Advice; ///< in order, each once
  bool Loses = false;              ///< something is missing that costs coverage
};

} // namespace

static void declare(CLI::App &App, DoctorOptions &O) {
  App.add_option("-p,--database", O.Where.Database,
                 "compile_commands.json, or the folder that holds it")
      ->type_name("DIR");
  App.add_option("--root", O.Where.Root, "The project's root")->type_name("DIR");
  App.add_option("--policy", O.Where.PolicyFile,
                 "The project's policy (default: assay.toml of the root)")
      ->type_name("FILE");
  App.add_option("--sample", O.Sample, "Units to parse of each compiler (default: 3)")
      ->check(CLI::Range(size_t(1), size_t(100000)));
  addToolchainOptions(App, O.Policy);
}

static std::string counted(size_t N, const char *One, const char *Many) {
  return llvm::formatv("{0} {1}", N, N == 1 ? One : Many).str();
}

void Doctor::database(const Diagnosis &D) {
  OS << "Database      " << Found.Where.Database << "\n              "
     << counted(D.Entries, "entry", "entries");
  if (D.Assembler)
    OS << ", " << D.Assembler << " of assembler";
  if (D.Link)
    OS << ", " << D.Link << " of a linker";
  if (D.FilesWithVariants)
    OS << ", " << counted(D.FilesWithVariants, "file", "files") << " with several commands";
  OS << "\nRoot          " << Found.Where.Root << "\nPolicy        "
     << (Found.PolicyFile.empty() ? "none; assay.toml would be one" : Found.PolicyFile) << "\n";
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
  } else if (!G.Missing.empty()) {
    Add("Headers that are not found: build once if the build makes them (" +
        G.Missing.begin()->first + ", ...), else see whether the command names their folder.");
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
  advice();
  return Loses ? ExitCoverage : ExitHolds;
}

static int runDoctor(DoctorOptions &O, const char *Argv0) {
  O.Where.KeepStore = false;
  auto Found = findProject(O.Where);
  if (!Found)
    return trouble(Found.takeError());
  O.Policy.DataDir = dataFolder(Argv0);
  O.Policy.ProjectFile = Found->PolicyFile;
  auto Rules = loadPolicy(O.Policy);
  if (!Rules)
    return trouble(Rules.takeError());
  auto D = diagnose(Found->Where, *Rules, O.Session, O.Sample);
  if (!D)
    return trouble(D.takeError());
  return Doctor(O, *Found, llvm::outs()).tell(*D);
}

void assay::addDoctorCommand(CLI::App &App, const char *Argv0, int &Exit) {
  CLI::App *Command = App.add_subcommand(
      "doctor", "Say what Assay makes of a compile database, and what would help");
  auto O = std::make_shared<DoctorOptions>();
  declare(*Command, *O);
  Command->callback([O, Argv0, &Exit] { Exit = runDoctor(*O, Argv0); });
}
